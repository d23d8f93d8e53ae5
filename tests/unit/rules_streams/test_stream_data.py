"""The stream data itself: no gap between states, every sentence in both languages, every field known."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from rules.fields import FIELDS
from rules.programs import announced, categories, preferences, programs
from rules.stream_rules import ORDER, first_day, stream_rules
from rules.streams import open_streams
from rules.texts import texts


@pytest.mark.parametrize("stream", ORDER)
def test_the_states_follow_each_other_without_gap_or_overlap(stream: str) -> None:
    rows = stream_rules()[stream].states
    assert rows[0].since == first_day()
    for earlier, later in pairwise(rows):
        assert earlier.until is not None
        assert later.since == earlier.until + timedelta(days=1)
    assert rows[-1].until is None


@pytest.mark.parametrize("stream", ORDER)
def test_every_criterion_has_its_sentences_and_reads_known_fields(stream: str) -> None:
    for rule in stream_rules()[stream].criteria:
        words = f"criterion.{rule.text or rule.id}"
        for outcome in ("label", "unknown"):
            assert f"{words}.{outcome}" in texts(), words
        assert rule.test.reads <= set(FIELDS)
        assert rule.citation.url.startswith("https://")
        assert rule.since is not None


@pytest.mark.parametrize("stream", ORDER)
def test_a_criterion_stands_once_on_a_day(stream: str) -> None:
    rule = stream_rules()[stream]
    for day in (date(2023, 5, 9), date(2025, 6, 30), date(2025, 7, 1), date(2026, 9, 1)):
        ids = [criterion.id for criterion in rule.criteria if criterion.in_force(day)]
        assert len(ids) == len(set(ids))


def test_no_sentence_of_a_criterion_is_without_a_use() -> None:
    families = {
        f"criterion.{rule.text or rule.id}" for each in stream_rules().values() for rule in each.criteria
    }
    families |= {"criterion.secondary", "criterion.unverified"}
    told = [code for code in texts() if code.startswith("criterion.")]
    assert [code for code in told if code not in families and code.rpartition(".")[0] not in families] == []


def test_the_in_demand_list_has_nine_codes_anywhere_and_47_outside() -> None:
    occupation = next(rule for rule in stream_rules()["in_demand_skills"].criteria if rule.id == "occupation")
    test = occupation.test
    assert test.kind == "occupation"
    assert (len(test.anywhere), len(test.outside_gta)) == (9, 47)


def test_what_is_only_announced_is_told_as_that() -> None:
    day = date(2026, 9, 1)
    assert [program.id for program in announced(day)] == [
        "priority_healthcare",
        "entrepreneur_new",
        "exceptional_talent",
    ]
    assert announced(date(2025, 12, 1)) == ()
    assert [program.id for program in preferences(day)] == ["redi"]
    assert {"stem", "french"} <= {program.id for program in categories(day)}
    assert "No criteria" in programs().announced[0].text.en


def test_the_streams_open_on_a_day() -> None:
    assert "foreign_worker" in open_streams(date(2026, 5, 29))
    assert open_streams(date(2026, 5, 30)) == (
        "federal_skilled_worker",
        "canadian_experience_class",
        "federal_skilled_trades",
    )
    assert open_streams(date(2026, 6, 26))[0] == "workforce_priority_teer_0_3"
