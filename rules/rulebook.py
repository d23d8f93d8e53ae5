"""What the law says on a day: dated values, each with its source, its as-of date and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from rules.compiled import load_folder
from rules.errors import DataError, NotInForce
from rules.texts import Bilingual, Language, Reason

DATA = Path(__file__).parent / "data"

Confidence = Literal["official", "official-derived", "secondary", "unverified"]
FIRM: frozenset[Confidence] = frozenset({"official", "official-derived"})


M = TypeVar("M", bound=BaseModel)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """Where a fact was read: the page or file in both languages, its address, and the date of the copy."""

    title: str
    title_fr: str
    url: str
    as_of: date
    confidence: Confidence


class Citation(_Frozen):
    """The proof of one value: the page to open, the source's key, the day it was true as read, how sure."""

    url: str
    key: str
    title: str
    as_of: date
    confidence: Confidence
    title_fr: str | None = None

    def titled(self, lang: Language) -> str:
        """The title in a language; a page known by one name only keeps it."""
        return self.title_fr if lang == "fr" and self.title_fr else self.title

    @property
    def firm(self) -> bool:
        """False where the value rests on a secondary or unverified source and the reader must be told."""
        return self.confidence in FIRM


class Cited(_Frozen):
    """The part of a data entry that names its source; url, as_of and confidence default to the source's."""

    source: str
    url: str | None = None
    as_of: date | None = None
    confidence: Confidence | None = None

    @property
    def citation(self) -> Citation:
        source = sources().get(self.source)
        if source is None:
            raise DataError("sources", f"no source has the key {self.source!r}")
        return Citation(
            url=self.url or source.url,
            key=self.source,
            title=source.title,
            title_fr=source.title_fr,
            as_of=self.as_of or source.as_of,
            confidence=self.confidence or source.confidence,
        )


class Dated(Cited):
    """Something in force from `since` to `until`, both included; None is an open end.

    `review` is the day after which somebody should read the page again (default: half a year after as_of).
    """

    since: date | None = None
    until: date | None = None
    review: date | None = None
    note: Bilingual | None = None

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class DatedValue(Dated):
    value: Any


class Rule(_Frozen):
    """A named value and its history. `contradicts` keeps what other sources say, unsmoothed."""

    label: Bilingual
    unit: str | None = None
    values: tuple[DatedValue, ...]
    contradicts: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """The answer to `in_force`: the value, its dates, its proof and what to say with it."""

    name: str
    value: Any
    unit: str | None
    since: date | None
    until: date | None
    citation: Citation
    note: Bilingual | None


@cache
def _content() -> Mapping[str, Any]:
    return load_folder(DATA, "rulebook")


def document(name: str) -> Any:
    """One file of `data/` by its path without suffix, as plain data (dates as ISO text)."""
    try:
        return _content()[name]
    except KeyError:
        raise DataError(name, "no such file in rules/data") from None


def documents(prefix: str) -> Mapping[str, Any]:
    """Every file of `data/` whose path starts so."""
    return {name: content for name, content in _content().items() if name.startswith(prefix)}


@cache
def sources() -> Mapping[str, Source]:
    return {key: Source.model_validate(entry) for key, entry in document("sources").items()}


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every named value of `data/values/*.yaml`. Raises DataError with the file and the entry at fault."""
    found: dict[str, Rule] = {}
    for name, content in documents("values/").items():
        for key, entry in content.items():
            if key in found:
                raise DataError(f"{name}:{key}", "this value stands in two files")
            found[key] = _rule(f"{name}:{key}", entry)
    return found


def _rule(where: str, entry: object) -> Rule:
    rule = validated(Rule, entry, where)
    for earlier, later in zip(rule.values, rule.values[1:], strict=False):
        if earlier.until is None or later.since is None or earlier.until >= later.since:
            raise DataError(where, "the values must follow each other in time without overlap")
    return rule


def in_force(name: str, on: date) -> Value:
    """The value of that name on that day. Raises NotInForce where none held, DataError for a name unknown."""
    rule = all_rules().get(name)
    if rule is None:
        raise DataError("values", f"no value is called {name!r}")
    for dated in rule.values:
        if dated.in_force(on):
            return Value(name, dated.value, rule.unit, dated.since, dated.until, dated.citation, dated.note)
    raise NotInForce("on", Reason("error.not_in_force", {"what": rule.label, "on": on}))


def validated(model: type[M], entry: object, where: str) -> M:
    """An entry as its model; a fault names the file, the entry and the field."""
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{where}.{place}", first["msg"]) from error
