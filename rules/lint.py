"""What is wrong with the rule data, said to its authors: broken entries, missing sources, uneven languages."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules import crs_grid, education, eoi_grid, fsw, language_tables, places, rulebook, stream_rules, wages
from rules.errors import DataError
from rules.texts import texts

_LOADERS: tuple[Callable[[], object], ...] = (
    rulebook.sources,
    rulebook.all_rules,
    crs_grid.grid,
    fsw.grid,
    eoi_grid.grids,
    language_tables.tables,
    education.ladders,
    places.index,
    wages.editions,
    stream_rules.stream_rules,
    texts,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault: the file and entry, and what is wrong with it."""

    where: str
    what: str


def problems(on: date) -> tuple[Problem, ...]:
    """Every fault of the rule data as of a day; none means that it can be released."""
    broken = tuple(_broken())
    return broken or (*_uneven_texts(), *_sources(), *_dates(on))


def _broken() -> Iterator[Problem]:
    for load in _LOADERS:
        try:
            load()
        except DataError as error:
            yield Problem(error.where, error.problem)


def _uneven_texts() -> Iterator[Problem]:
    """Both languages must say something, and fill in the same values."""
    for code, text in texts().items():
        if not text.en.strip() or not text.fr.strip():
            yield Problem(f"texts:{code}", "one language is empty")
        elif gaps(text.en) != gaps(text.fr):
            yield Problem(
                f"texts:{code}", f"en fills {sorted(gaps(text.en))}, fr fills {sorted(gaps(text.fr))}"
            )


def gaps(template: str) -> frozenset[str]:
    """The names a template wants filled in."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def _sources() -> Iterator[Problem]:
    for where, entry in _entries():
        key = entry.get("source")
        if isinstance(key, str) and key not in rulebook.sources():
            yield Problem(where, f"the source {key!r} is not in sources.yaml")
    for key, source in rulebook.sources().items():
        if not source.url.startswith("https://"):
            yield Problem(f"sources:{key}", f"{source.url!r} is not a secure address")


def _dates(on: date) -> Iterator[Problem]:
    for where, entry in _entries():
        since, until, as_of = (_day(entry.get(name)) for name in ("since", "until", "as_of"))
        if since and until and until < since:
            yield Problem(where, f"it ends on {until}, before it begins on {since}")
        if as_of and as_of > on:
            yield Problem(where, f"it was read on {as_of}, which is still to come")


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, content in rulebook.documents("").items():
        if not name.startswith("texts/"):
            yield from _inside(name, content)


def _inside(where: str, entry: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(entry, Mapping):
        yield where, entry
        for key, value in entry.items():
            yield from _inside(f"{where}:{key}", value)
    elif isinstance(entry, list):
        for number, value in enumerate(entry):
            yield from _inside(f"{where}:{number}", value)
