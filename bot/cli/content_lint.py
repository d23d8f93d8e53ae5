"""Faults of the content outside the rules: templates and labels uneven in their languages, broken articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta

from rules.errors import DataError
from rules.lint import Problem, gaps
from rules.texts import LANGUAGES, Language


def problems() -> tuple[Problem, ...]:
    """Every fault of templates, labels, unit groups and questions."""
    return (*_templates(), *_labels(), *_broken())


def _templates() -> Iterator[Problem]:
    """A reply exists in both languages and wants the same values in both."""
    from knowledge.content import render

    wants = {lang: _wanted(render.HERE / lang, lang) for lang in LANGUAGES}
    for name in sorted({*wants["en"], *wants["fr"]}):
        if name not in wants["en"] or name not in wants["fr"]:
            missing = "en" if name not in wants["en"] else "fr"
            yield Problem(f"content/{missing}/{name}", "this template exists in one language only")
            continue
        en, fr = wants["en"][name], wants["fr"][name]
        for problem in (en, fr):
            if isinstance(problem, str):
                yield Problem(f"content/{name}", problem)
        if not isinstance(en, str) and not isinstance(fr, str) and en != fr:
            uneven = ", ".join(sorted(en ^ fr))
            yield Problem(f"content/{name}", f"used in one language only: {uneven}")


def _wanted(folder: Path, lang: Language) -> dict[str, frozenset[str] | str]:
    """Template name to the variables it wants, or to what is wrong with its syntax."""
    from knowledge.content.render import environment

    reader = environment(lang)
    found: dict[str, frozenset[str] | str] = {}
    for path in folder.glob("*.j2"):
        try:
            tree = reader.parse(path.read_text(encoding="utf-8"))
            found[path.name] = frozenset(meta.find_undeclared_variables(tree)) - reader.globals.keys()
        except TemplateSyntaxError as error:
            found[path.name] = f"line {error.lineno}: {error.message}"
    return found


def _labels() -> Iterator[Problem]:
    from knowledge.content import render

    for key, texts in render.labels().items():
        if set(texts) != set(LANGUAGES) or not all(str(text).strip() for text in texts.values()):
            yield Problem(f"labels:{key}", "a language is missing or empty")
        elif gaps(texts["en"]) != gaps(texts["fr"]):
            yield Problem(f"labels:{key}", "the languages fill in different values")


def _broken() -> Iterator[Problem]:
    """Content that cannot be loaded at all."""
    from knowledge.articles.claims import claims
    from knowledge.directory.directory import directory
    from knowledge.documents.checklist import documents
    from knowledge.faq.index import load_faq
    from knowledge.letters.skeleton import letter
    from knowledge.noc import catalogue
    from knowledge.provinces.card import card

    tools = (claims, directory, documents, letter, card)
    loaders: tuple[Callable[[], object], ...] = (catalogue.load, load_faq, *tools)
    for load in loaders:
        try:
            load()
        except (catalogue.BrokenContent, DataError) as error:
            yield Problem(getattr(error, "where", load.__module__), str(error))
