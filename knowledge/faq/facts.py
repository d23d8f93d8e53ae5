"""What an answer's template may ask the rules on a day: values, grids, criteria, the state of a stream."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.draws.draw import Draw
from knowledge.draws.record import history
from rules import language
from rules.errors import DataError, NotInForce
from rules.rulebook import Citation, Cited, Dated, all_rules, document, in_force, sources
from rules.stream_rules import CriterionRule, StateRow, StreamRule, stream_rules
from rules.texts import Bilingual, Reason

STREAMS: Mapping[str, str] = {
    "owp": "workforce_priority_teer_0_3",
    "owp45": "workforce_priority_teer_4_5",
    "doctors": "workforce_priority_physicians",
    "hcp": "human_capital_priorities",
    "french": "french_speaking_skilled_worker",
    "trades": "skilled_trades",
    "worker": "foreign_worker",
    "student": "international_student",
    "demand": "in_demand_skills",
    "masters": "masters_graduate",
    "phd": "phd_graduate",
    "entrepreneur": "entrepreneur",
}
"""How templates call the streams."""

GRIDS: Mapping[str, str] = {"crs": "crs", "points67": "fsw", "eoi": "eoi_g3", "eoi_old": "eoi_g2"}
"""How templates call the scoring grids."""

OWN = "own"
"""The proof of what the bot says about itself: no page stands behind it."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Facts:
    """The rules as they stand on `on`. Every lookup raises NotInForce where nothing is held for that day."""

    on: date
    draws: Sequence[Draw] = field(default_factory=history)

    def rule(self, name: str) -> Any:
        """A value by its name, and a part of it by a dotted path: `owp.language.floor`, `crs.maximum.total`.

        Streams and grids go by the names above, `tests` are the language tests, everything else is a value of the
        rulebook. Days come back as dates.
        """
        head, _, rest = name.partition(".")
        if head in STREAMS:
            return self._of_criterion(head, rest)
        if head in GRIDS:
            return _walk(self._grid(head), rest, name)
        if head == "tests":
            return _walk(document("language"), rest, name)
        return self._value(name)

    def was(self, name: str) -> Any:
        """The last value of that name held by the day, in force or not: what the closed streams asked for."""
        known, rest = _rule_in(name)
        begun = [one for one in all_rules()[known].values if one.since is None or one.since <= self.on]
        if not begun:
            raise self._nothing(all_rules()[known].label)
        return _walk(begun[-1].value, rest, name)

    def in_year(self, name: str, year: int) -> Any:
        """The value in force in the middle of a year, None where none is held."""
        try:
            return Facts(date(year, 7, 1), self.draws).rule(name)
        except NotInForce:
            return None

    def scores(self, test: str, level: int) -> dict[str, float | None]:
        """The lowest score of a language test that reaches a level, by ability."""
        abilities: tuple[language.Ability, ...] = ("speaking", "listening", "reading", "writing")
        return {ability: language.needed(test, ability, level) for ability in abilities}

    def newest(self, program: str, stream: str | None = None, target: str | None = None) -> Draw:
        """The last draw by the day, of a program, a stream, a target. Raises NotInForce where there is none."""
        found = self.rounds(program, stream, target)
        if not found:
            raise self._nothing(stream or program)
        return found[0]

    def rounds(self, program: str, stream: str | None = None, target: str | None = None) -> Sequence[Draw]:
        """The draws by the day, the newest first."""
        return [
            draw
            for draw in self.draws
            if draw.program == program
            and draw.date <= self.on
            and stream in (None, draw.stream)
            and (target is None or target in draw.targets)
        ]

    def state(self, stream: str) -> StateRow:
        """What the stream is on the day: `.state`, `.registration_open`, `.since`."""
        row = _stream(stream).state_on(self.on)
        if row is None:
            raise self._nothing(_stream(stream).name)
        return row

    def since(self, stream: str, state: str) -> date | None:
        """The first day the stream was ever in that state, None if it never was by the day asked about."""
        rows = [row.since for row in _stream(stream).states if row.state == state and row.since]
        return min((day for day in rows if day <= self.on), default=None)

    def registers(self, stream: str) -> date | None:
        """The day registration opened, None while it has not."""
        rows = [row.since for row in _stream(stream).states if row.registration_open and row.since]
        return min((day for day in rows if day <= self.on), default=None)

    def citation(self, name: str) -> Citation:
        """The proof of a source key, a value, a grid or a criterion, by the names templates use."""
        if name == OWN:
            return Citation(url="", key=OWN, title="Trillium", as_of=self.on, confidence="official")
        if name in sources():
            return Cited(source=name).citation
        head, _, rest = name.partition(".")
        if head == "draw":
            return self._draw_citation(*rest.split("."))
        if head in STREAMS:
            return self._criterion(head, rest).citation if rest else self.state(head).citation
        if head in GRIDS:
            return Cited.model_validate({"source": self._grid(head)["source"]}).citation
        return in_force(_rule_in(name)[0], self.on).citation

    def _draw_citation(self, program: str, stream: str | None = None, target: str | None = None) -> Citation:
        draw = self.newest(program, stream or None, target)
        read = draw.as_of or draw.date
        return Citation(url=draw.source, key="", title=draw.name, as_of=read, confidence=draw.confidence)

    def _value(self, name: str) -> Any:
        known, rest = _rule_in(name)
        return _walk(in_force(known, self.on).value, rest, name)

    def _of_criterion(self, stream: str, path: str) -> Any:
        criterion, _, rest = path.partition(".")
        return _walk(self._criterion(stream, criterion).test, rest, f"{stream}.{path}")

    def _criterion(self, stream: str, name: str) -> CriterionRule:
        rule = _stream(stream)
        named = [one for one in rule.criteria if one.id == name]
        if not named:
            raise DataError(f"streams/{rule.id}", f"no criterion is called {name!r}")
        for one in named:
            if one.in_force(self.on):
                return one
        raise self._nothing(rule.name)

    def _grid(self, name: str) -> Mapping[str, Any]:
        content: Mapping[str, Any] = document(f"grids/{GRIDS[name]}")
        first = content.get("earliest_day") or content.get("since")
        if first and self.on < date.fromisoformat(first):
            raise self._nothing(_label(content, name))
        return content

    def newer_reported(self) -> bool:
        """Whether a change of the federal grid is reported for the day, without its text being known."""
        reported = document("grids/crs")["reported"]
        return Dated.model_validate({key: reported[key] for key in ("since", "source")}).in_force(self.on)

    def _nothing(self, what: Bilingual | str) -> NotInForce:
        return NotInForce("on", Reason("error.not_in_force", {"what": what, "on": self.on}))


def _stream(name: str) -> StreamRule:
    return stream_rules()[STREAMS[name]]


def _label(content: Mapping[str, Any], name: str) -> Bilingual | str:
    return Bilingual.model_validate(content["label"]) if "label" in content else name


def _rule_in(name: str) -> tuple[str, str]:
    """The longest name of the rulebook at the start, and the path behind it."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        known = ".".join(parts[:length])
        if known in all_rules():
            return known, ".".join(parts[length:])
    raise DataError("values", f"no value is called {name!r}")


def _walk(found: Any, path: str, name: str) -> Any:
    for step in path.split(".") if path else ():
        found = _part(found, step, name)
    if isinstance(found, str) and _ISO_DAY.fullmatch(found):
        return date.fromisoformat(found)
    return found


def _part(found: Any, step: str, name: str) -> Any:
    try:
        if isinstance(found, Mapping):
            return found[step]
        if isinstance(found, Sequence) and not isinstance(found, str):
            return found[int(step)]
        return getattr(found, step)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise DataError(name, f"there is no {step!r} in it") from error
