"""Every rule on one sheet: what it says, from when to when, where it was read, how sure it is.

The sheet is made by walking the rule data itself, so that nothing in force can be missing from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from rules.rulebook import Citation, Cited, all_rules, documents
from rules.texts import Bilingual, Language, texts
from rules.wages import editions

_HALF_A_YEAR = timedelta(days=183)
_SILENT = ("texts/", "values/", "sources", "noc_codes")
_META = frozenset(
    {"source", "url", "as_of", "confidence", "since", "until", "review", "note", "contradicts", "id", "label"}
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the sheet. `where` is the file, `name` the path inside it, `value` its content as text.

    `review` is the day after which somebody should read the source again.
    """

    where: str
    name: str
    value: str
    since: date | None
    until: date | None
    citation: Citation | None
    review: date | None
    note: Bilingual | None = None

    def stale(self, on: date) -> bool:
        return self.review is not None and self.review < on


@dataclass(frozen=True, slots=True)
class _Context:
    """What an entry inherits from those around it."""

    where: str
    path: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    citation: Citation | None = None
    review: date | None = None
    note: Bilingual | None = None


def facts(lang: Language = "en") -> tuple[Fact, ...]:
    """Every fact of `rules/data`, in the order of the files. Raises DataError for a source not listed."""
    found = [
        fact
        for name, content in sorted(documents("").items())
        if not name.startswith(_SILENT)
        for fact in _walk(content, _Context(name), lang)
        if fact.citation  # what has no source of its own only points to another entry
    ]
    return (*_values(lang), *found, *_wages())


def stale(on: date) -> tuple[Fact, ...]:
    """The facts whose review day has passed."""
    return tuple(fact for fact in facts() if fact.stale(on))


def _walk(entry: Any, around: _Context, lang: Language) -> Iterator[Fact]:
    if isinstance(entry, Mapping):
        yield from _walk_mapping(entry, around, lang)
    elif isinstance(entry, Sequence) and not isinstance(entry, str) and _nested(entry):
        for number, item in enumerate(entry, start=1):
            yield from _walk(item, _below(around, _name_of(item, number, lang)), lang)
    else:
        yield _fact(around, _say(entry, lang))


def _walk_mapping(entry: Mapping[str, Any], around: _Context, lang: Language) -> Iterator[Fact]:
    here = _narrowed(entry, around)
    if _is_text(entry):
        yield _fact(here, _say(entry, lang))
        return
    flat = {key: value for key, value in entry.items() if key not in _META and _is_flat(value)}
    if flat or here.note:
        yield _fact(here, _pairs(flat, lang))
    for key, value in entry.items():
        if key not in _META and key not in flat:
            yield from _walk(value, _below(here, _factor_name(here.where, key, lang)), lang)
    for text in entry.get("contradicts") or ():
        yield _fact(_below(here, "≠"), _say(text, lang))


def _narrowed(entry: Mapping[str, Any], around: _Context) -> _Context:
    """The context inside an entry: its own source and dates where it names them."""
    here = replace(
        around,
        since=_day(entry, "since") or around.since,
        until=_day(entry, "until") or around.until,
        review=_day(entry, "review") or around.review,
    )
    if isinstance(entry.get("source"), str):
        cited = {key: entry.get(key) for key in ("source", "url", "as_of", "confidence")}
        citation = Cited.model_validate(cited).citation
        review = _day(entry, "review") or citation.as_of + _HALF_A_YEAR
        here = replace(here, citation=citation, review=review)
    if isinstance(entry.get("note"), Mapping):
        here = replace(here, note=Bilingual.model_validate(entry["note"]))
    return here


def _day(entry: Mapping[str, Any], name: str) -> date | None:
    given = entry.get(name)
    return date.fromisoformat(given) if isinstance(given, str) else None


def _below(context: _Context, name: str) -> _Context:
    # a note belongs to the entry that carries it, not to everything inside
    return replace(context, path=(*context.path, name), note=None)


def _fact(context: _Context, value: str) -> Fact:
    return Fact(
        where=context.where,
        name=" › ".join(context.path),
        value=value,
        since=context.since,
        until=context.until,
        citation=context.citation,
        review=_review(context),
        note=context.note,
    )


def _review(context: _Context) -> date | None:
    """What ended before it was read will not change any more and needs no second look."""
    over = context.until and context.citation and context.until < context.citation.as_of
    return None if over else context.review


def _is_text(entry: Mapping[str, Any]) -> bool:
    return set(entry) == {"en", "fr"}


def _is_flat(value: Any) -> bool:
    if isinstance(value, Mapping):
        return _is_text(value) or not any(isinstance(item, (Mapping, list)) for item in value.values())
    if isinstance(value, list):
        return len(value) <= 40 and not any(isinstance(item, (Mapping, list)) for item in value)
    return True


def _nested(entry: Sequence[Any]) -> bool:
    return any(isinstance(item, Mapping) for item in entry)


def _name_of(item: Any, number: int, lang: Language) -> str:
    """What an item of a list is called: a criterion by its label, the rest by id, name or number."""
    if not isinstance(item, Mapping):
        return str(number)
    label = texts().get(f"criterion.{item.get('text') or item.get('id')}.label")
    return label.text(lang) if label else str(item.get("id") or item.get("name") or number)


def _factor_name(where: str, key: str, lang: Language) -> str:
    """The factors of a grid by the label the reader of a score sees."""
    label = texts().get(f"{where.removeprefix('grids/')[:3]}.{key}") if where.startswith("grids/") else None
    return f"{label.text(lang)} ({key})" if label else str(key)


def _say(value: Any, lang: Language) -> str:
    if isinstance(value, Mapping):
        return str(value[lang]) if _is_text(value) else _pairs(value, lang)
    if isinstance(value, list):
        if any(isinstance(item, list) for item in value):
            return "; ".join(" / ".join(_say(part, lang) for part in row) for row in value)
        return ", ".join(_say(item, lang) for item in value)
    return "–" if value is None else str(value)


def _pairs(entry: Mapping[str, Any], lang: Language) -> str:
    if set(entry) == {"value"}:
        return _say(entry["value"], lang)
    return "; ".join(f"{key}: {_say(value, lang)}" for key, value in entry.items())


def _values(lang: Language) -> Iterator[Fact]:
    """One line per named value and stretch of time, under the value's own words."""
    for key, rule in all_rules().items():
        for dated in rule.values:
            context = _Context(
                where="values",
                path=(rule.label.text(lang), key),
                since=dated.since,
                until=dated.until,
                citation=dated.citation,
                review=dated.review or dated.citation.as_of + _HALF_A_YEAR,
                note=dated.note,
            )
            unit = f" {rule.unit}" if rule.unit and dated.value is not None else ""
            yield _fact(context, _say(dated.value, lang) + unit)
        for other in rule.contradicts:
            yield _fact(_Context("values", (rule.label.text(lang), key, "≠")), other.text(lang))


def _wages() -> Iterator[Fact]:
    """One line per occupation: dollars an hour, low and median, for the province and each region held."""
    for edition in editions():
        citation = Cited(source=edition.source, as_of=edition.published).citation
        review = edition.published + timedelta(days=365)
        for noc, regions in sorted(edition.rows.items()):
            held = (
                f"{region} {_dollars(wage.low)} / {_dollars(wage.median)}" for region, wage in regions.items()
            )
            yield Fact(
                where=f"wages/{edition.year}",
                name=noc,
                value="; ".join(held),
                since=edition.published,
                until=None,
                citation=citation,
                review=review,
            )


def _dollars(amount: float | None) -> str:
    return "–" if amount is None else f"{amount:.2f}"
