"""What is asked of whom, and how an answer is read back: faults that people met, kept from coming back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation import goals, interview
from bot.conversation.events import Asker
from bot.conversation.library import Library, load_library
from bot.conversation.screens import noc, question, results
from bot.conversation.session import NocChoice, Session
from bot.conversation.spoken import spoken
from bot.conversation.turn import Turn
from rules.profile import Profile

TODAY = date(2026, 11, 23)
PHYSICIANS = "workforce_priority_physicians"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def turn_of(
    library: Library, language: str = "en", told: dict[str, object] | None = None, **session: object
) -> Turn:
    made = Session(
        id="ab12", language=language, consent="given", profile=Profile.parse(told or {}), **session
    )  # type: ignore[arg-type]
    return Turn(made, Asker(1, language), TODAY, library)


@pytest.mark.parametrize("goal", ["ontario", "federal", "eoi"])
def test_nobody_without_an_offer_is_asked_how_long_they_hold_it(library: Library, goal: str) -> None:
    without = turn_of(library, told={"has_job_offer": False, "noc": "21231"}, goal=goal)
    assert "months_in_position" not in goals.open_fields(without.session, TODAY)


def test_somebody_with_an_offer_is_asked_how_long_they_hold_it(library: Library) -> None:
    told = {"has_job_offer": True, "noc": "21231"}
    assert "months_in_position" in goals.open_fields(
        turn_of(library, told=told, goal="ontario").session, TODAY
    )


def test_the_physicians_pathway_is_first_only_for_a_physician(library: Library) -> None:
    streams = goals.STREAMS["ontario"]
    unknown = results.ranked(turn_of(library, told={"has_job_offer": False}), streams)
    physician = results.ranked(turn_of(library, told={"has_job_offer": False, "noc": "31102"}), streams)
    assert unknown[-1].stream == PHYSICIANS
    assert physician[0].stream == PHYSICIANS


def test_an_unknown_occupation_spares_the_questions_for_physicians_until_it_is_known(
    library: Library,
) -> None:
    asked = turn_of(library, told={"has_job_offer": False}, goal="ontario", asking="noc")
    skipped = interview.skip(asked).session
    assert {"noc", "ohip_billing", "cpso_certificate"} <= set(skipped.declined)
    given = interview.keep(skipped, "noc", "31102")
    assert "ohip_billing" in goals.open_fields(given, TODAY)


@pytest.mark.parametrize(("language", "told"), [("en", "NOC code: 21231"), ("fr", "Code CNP\u00a0: 21231")])
def test_an_answer_is_read_back_as_the_language_writes_it(language: str, told: str) -> None:
    assert spoken("noc", "21231", language) == told  # type: ignore[arg-type]


def test_a_long_title_is_cut_between_words(library: Library) -> None:
    codes = NocChoice(codes=("00012", "21231"))
    long, short = question.noc_buttons(turn_of(library, asking="noc", noc=codes))
    assert long.label.endswith("…") and len(long.label) <= 60
    assert " ".join(long.label.rstrip("…").split()) in f"00012 {library.noc['00012'].title.en}"
    assert short.label == "21231 Software engineers and designers"


def test_a_code_that_does_not_exist_brings_its_nearest(library: Library) -> None:
    (said,) = noc.unknown_code(turn_of(library), "21239").replies
    assert [button.label for row in said.keyboard for button in row][:3] == [
        "About 21234", "About 21233", "About 21232",
    ]  # fmt: skip


def test_no_certainty_is_claimed_where_no_duty_was_compared(library: Library) -> None:
    (said,) = noc.match(turn_of(library), "data scientist").replies
    assert "no duty could be compared" in said.text
    assert "How sure" not in said.text and "Covered" not in said.text


def test_abuse_gets_no_occupation(library: Library) -> None:
    (said,) = noc.match(turn_of(library), "This bot is useless garbage!!!").replies
    assert "tell me what you were looking for" in said.text
