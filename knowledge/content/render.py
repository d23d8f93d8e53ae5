"""How a reply gets its words: Jinja2 templates in two languages, with dates, money and numbers as people write them.

Templates stand in `en/` and `fr/` under the same names and give Telegram HTML. Whatever a template is given is
escaped; what it does not get is an error, not an empty gap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
LOCALES: Mapping[str, str] = {"en": "en_CA", "fr": "fr_CA"}
WHOLE_DOLLARS: Mapping[str, str] = {"en": "¤#,##0", "fr": "#,##0\u00a0¤"}
BEFORE_MARK = re.compile(r" ([:»%$])")
NEVER_SPACED = re.compile(r"[ \u00a0]([;?!])")
AFTER_GUILLEMET = re.compile(r"« ")
HERE = Path(__file__).parent


class MissingLabel(KeyError):
    """A label that no `labels*.yaml` holds, or not in this language."""


def render(name: str, language: Language, /, **data: object) -> str:
    """The reply `name` in `language` as Telegram HTML.

    Raises jinja2.TemplateNotFound for an unknown name and jinja2.UndefinedError for a value not given.
    """
    made = environment(language).get_template(f"{name}.html.j2").render(data).strip()
    return french_spaces(made) if language == "fr" else made


def french_spaces(text: str) -> str:
    """Spaces as Canadian French writes them: none before ; ? !, one that does not break beside : « » % $."""
    text = NEVER_SPACED.sub(r"\1", text)
    return AFTER_GUILLEMET.sub("«\u00a0", BEFORE_MARK.sub("\u00a0\\1", text))


def label(key: str, language: Language, /, **data: object) -> str:
    """The short text `key` of a button or heading, plain text, with `{name}` places filled in."""
    try:
        text = labels()[key][language]
    except KeyError:
        raise MissingLabel(f"label {key!r} has no text in {language!r}; add it to a labels file") from None
    filled = text.format(**data) if data else text
    return NEVER_SPACED.sub(r"\1", filled) if language == "fr" else filled


def long_date(day: date, language: Language) -> str:
    """26 June 2026 in English, 26 juin 2026 in French."""
    return format_date(day, "d MMMM y", locale=LOCALES[language])


def money(amount: float, language: Language) -> str:
    """Canadian dollars as the language writes them: $85,000 or 85 000 $; cents only where there are some."""
    whole = float(amount).is_integer()
    pattern = WHOLE_DOLLARS[language] if whole else None
    return format_currency(amount, "CAD", pattern, locale=LOCALES[language], currency_digits=not whole)


def number(value: float, language: Language) -> str:
    """14,119 in English, 14 119 in French."""
    return format_decimal(value, locale=LOCALES[language])


def link(text: str, url: str) -> Markup:
    """A link in Telegram HTML; both parts escaped."""
    return Markup('<a href="{}">{}</a>').format(url, text)


@lru_cache(maxsize=len(LANGUAGES))
def environment(language: Language) -> Environment:
    """The templates of one language, with the filters bound to it."""
    made = Environment(
        loader=FileSystemLoader([HERE / language, HERE / "shared"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["date"] = lambda day: long_date(as_date(day), language)
    made.filters["money"] = lambda amount: money(amount, language)
    made.filters["number"] = lambda value: number(value, language)
    made.filters["plural"] = lambda count, one, many: plural(count, one, many, language)
    made.globals["label"] = lambda key, **data: label(key, language, **data)
    made.globals["link"] = link
    made.globals["language"] = language
    return made


def plural(count: float, one: str, many: str, language: Language) -> str:
    """`one` or `many` for `count`; French counts zero and anything under two as one."""
    single = abs(count) < 2 if language == "fr" else count == 1
    return one if single else many


def as_date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def plain(text: str) -> str:
    """`text` escaped for a place that takes HTML."""
    return str(escape(text))


@lru_cache(maxsize=1)
def labels() -> Mapping[str, Mapping[str, str]]:
    """All short texts: key -> language -> text, from every `labels*.yaml`. Raises ValueError for a key given twice."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(HERE.glob("labels*.yaml")):
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
        if twice := found.keys() & loaded.keys():
            raise ValueError(f"{path.name}: {min(twice)!r} stands in another labels file too")
        found |= loaded
    return found
