"""What one entry holds: the question, the ways people ask it, the answer in both languages, its proof."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from knowledge.content.render import french_spaces
from rules.compiled import load_folder
from rules.errors import DataError
from rules.rulebook import validated
from rules.texts import Bilingual, Language

ENTRIES = Path(__file__).parent / "entries"
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{3,40}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _lines(given: object) -> object:
    """A text block is one way of asking a line, so that authors need no quotes."""
    return (
        tuple(line.strip() for line in given.splitlines() if line.strip())
        if isinstance(given, str)
        else given
    )


Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]


class Ways(_Frozen):
    """The ways people ask a question, as they type them: short, informal, with their usual slips."""

    en: Lines
    fr: Lines

    @property
    def all(self) -> tuple[str, ...]:
        return self.en + self.fr

    def of(self, lang: Language) -> tuple[str, ...]:
        return self.fr if lang == "fr" else self.en


class Entry(_Frozen):
    """One question and its answer.

    `covers` are the numbers of the fact base's questions it answers. `cite` names the proofs in
    the order of weight: keys of the sources, or names that `Facts.citation` knows. `url` is the page to open where it
    is not the first proof's. `starter` is its place among the questions offered first. The answers are Jinja2.
    """

    slug: Slug
    title: Bilingual
    covers: tuple[int, ...] = ()
    cite: Annotated[tuple[str, ...], Field(min_length=1)]
    url: str | None = None
    related: tuple[Slug, ...] = ()
    starter: int | None = None
    ways: Ways
    answer: Bilingual

    def named(self, lang: Language) -> str:
        """The title as it is shown."""
        return french_spaces(self.title.fr) if lang == "fr" else self.title.en


@cache
def read_entries() -> Mapping[str, Entry]:
    """Every entry by its slug. Raises DataError with the file and the entry at fault."""
    found: dict[str, Entry] = {}
    for name, content in load_folder(ENTRIES, "faq").items():
        for slug, fields in content.items():
            if slug in found:
                raise DataError(f"{name}:{slug}", "this entry stands in two files")
            found[slug] = validated(Entry, {"slug": slug, **fields}, f"{name}:{slug}")
    return found
