"""The province card: pages of facts side by side, each with its source, its date and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge.content.render import money
from knowledge.provinces import ontario
from knowledge.reading import read
from rules.rulebook import Confidence
from rules.texts import Bilingual, Language

PROVINCES = ("ontario", "british_columbia", "alberta")
FACTS = Path(__file__).parent / "facts.yaml"


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Facts):
    """Where a fact was read, and when."""

    title: Bilingual
    url: str
    as_of: date
    confidence: Confidence


class Cell(Bilingual):
    """One fact of one province; `source` is a key of the card's sources."""

    source: str


class Row(_Facts):
    label: Bilingual
    ontario: Cell
    british_columbia: Cell
    alberta: Cell

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.ontario, self.british_columbia, self.alberta)


class Page(_Facts):
    id: str
    title: Bilingual
    rows: tuple[Row, ...]


class Other(_Facts):
    """A province in one line."""

    name: Bilingual
    line: Bilingual
    source: str


class Card(_Facts):
    """Everything on the card. `seen_until` is the day of the newest round that was read."""

    seen_until: date
    sources: Mapping[str, Source]
    pages: tuple[Page, ...]
    fairly: tuple[Bilingual, ...]
    others: tuple[Other, ...]

    def page(self, page_id: str) -> Page:
        """The page of that id, the first one where there is none."""
        return next((page for page in self.pages if page.id == page_id), self.pages[0])


@dataclass(frozen=True, slots=True)
class Line:
    """A row ready to be shown: its label and (text, number of its source) for each province."""

    label: str
    cells: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A page ready to be shown in one language; `sources` in the order of their numbers, from 1."""

    title: str
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]


@cache
def card() -> Card:
    """The card as written. Raises DataError for a fact without a source or a language."""
    return read(FACTS, Card)


def spread(page_id: str, language: Language, today: date) -> Spread:
    """A page in one language, Ontario's figures taken from the rules in force `today`."""
    page = card().page(page_id)
    values = spoken(ontario.figures(today), language)
    keys = tuple(dict.fromkeys(cell.source for row in page.rows for cell in row.cells))
    lines = tuple(
        Line(
            row.label.text(language),
            tuple((cell.text(language).format(**values), keys.index(cell.source) + 1) for cell in row.cells),
        )
        for row in page.rows
    )
    return Spread(page.title.text(language), lines, tuple(card().sources[key] for key in keys))


def spoken(figures: Mapping[str, ontario.Figure], language: Language) -> dict[str, str]:
    """The figures as the language writes them."""
    return {
        name: money(figure.value, language) if figure.dollars else str(figure.value)
        for name, figure in figures.items()
    }
