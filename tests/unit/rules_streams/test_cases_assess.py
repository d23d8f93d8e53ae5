"""Whole people against the streams, as told in tests/cases/assess_*.yaml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules.errors import RuleError
from rules.profile import Profile
from rules.stream_rules import ORDER
from rules.streams import VERDICTS, StreamAssessment, assess, assess_stream

CASES = Path(__file__).parents[2] / "cases"
PEOPLE: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "assess_people.yaml").read_text("utf-8"))[
    "people"
]
EXPECTATIONS = {
    "states", "verdict", "verdicts", "criteria", "asks", "asks_some", "asks_not", "notes", "notes_not",
    "said", "refused",
}  # fmt: skip
ABILITIES = ("speaking", "listening", "reading", "writing")


def every_case() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("assess_*.yaml")):
        told = yaml.safe_load(path.read_text("utf-8"))
        shared = {name: told[name] for name in ("stream", "day") if name in told}
        found += [pytest.param({**shared, **case}, id=case["name"]) for case in told.get("cases", ())]
    return found


def person_of(case: dict[str, Any]) -> Profile:
    told = {**PEOPLE[case["person"]], **case.get("with", {})}
    for name in case.get("without", ()):
        told.pop(name, None)
    for language in ("english", "french"):
        if isinstance(told.get(language), int):
            told[language] = dict.fromkeys(ABILITIES, told[language])
    return Profile.parse(told)


@pytest.mark.parametrize("case", every_case())
def test_a_person_gets_what_the_law_says(case: dict[str, Any]) -> None:
    assert EXPECTATIONS & case.keys(), "a case must expect something"
    on = case["day"]
    if "refused" in case:
        with pytest.raises(RuleError) as refused:
            assess(person_of(case), on)
        assert refused.value.field == case["refused"]
        return
    found = {one.stream: one for one in assess(person_of(case), on)}
    _check_streams(case, found)
    if "stream" in case:
        _check_one(case, found[case["stream"]], on)


def _check_streams(case: dict[str, Any], found: dict[str, StreamAssessment]) -> None:
    for stream, (state, registration) in case.get("states", {}).items():
        assert (found[stream].state, found[stream].registration_open) == (state, registration)
    for stream, verdict in case.get("verdicts", {}).items():
        assert VERDICTS[found[stream].verdict] == verdict, stream
    for stream, notes in case.get("notes", {}).items():
        assert set(notes) <= {note.id for note in found[stream].notes}
    for stream, notes in case.get("notes_not", {}).items():
        assert not set(notes) & {note.id for note in found[stream].notes}
    if isinstance(case.get("asks"), dict):
        for stream, asks in case["asks"].items():
            assert list(found[stream].asks) == asks


def _check_one(case: dict[str, Any], stream: StreamAssessment, on: date) -> None:
    results = {result.id: result for result in stream.criteria}
    for criterion, verdict in case.get("criteria", {}).items():
        reason = results[criterion].reason.text("en")
        assert VERDICTS[results[criterion].verdict] == verdict, f"{criterion}: {reason}"
    open_ones = [result.id for result in stream.criteria if VERDICTS[result.verdict] != "meets"]
    if "verdict" in case:
        assert VERDICTS[stream.verdict] == case["verdict"], open_ones
    for criterion, words in case.get("said", {}).items():
        assert words in results[criterion].reason.text("en")
    # a closed stream asks only somebody who wants it
    asks = set(assess_stream(stream.stream, person_of(case), on).asks)
    if isinstance(case.get("asks"), list):
        assert asks == set(case["asks"])
    assert set(case.get("asks_some", ())) <= asks
    assert not set(case.get("asks_not", ())) & asks


def test_the_cases_are_many_and_name_every_stream() -> None:
    cases = [parameter.values[0] for parameter in every_case()]
    named = {name for case in cases for key in ("states", "verdicts") for name in case.get(key, ())}
    named |= {case["stream"] for case in cases if "stream" in case}
    assert len(cases) >= 150
    assert named == set(ORDER)
    assert len({case["name"] for case in cases}) == len(cases)
