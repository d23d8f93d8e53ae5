"""The search finds what people mean, in their own words, and says when a question belongs elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.faq_report import Score, read
from knowledge.faq import words
from knowledge.faq.entry import read_entries
from knowledge.faq.index import load_faq
from knowledge.faq.spelling import Speller

CASES = Path(__file__).parents[2] / "cases"
SHARED = Path(__file__).parents[4] / "shared" / "eval" / "faq_questions.jsonl"
FAQ = load_faq()


def check(score: Score) -> None:
    assert score.first >= 0.85
    assert score.third >= 0.95
    assert score.refused <= 0.05
    assert score.recognised >= 0.90


def test_labelled_questions_meet_the_targets():
    rows = read(FAQ, CASES / "faq_questions.jsonl")
    assert len(rows) >= 200
    check(Score.of(rows))


def test_questions_kept_aside_meet_the_targets():
    check(Score.of(read(FAQ, CASES / "faq_kept_aside.jsonl")))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared question set is not beside this project")
def test_questions_of_others_meet_the_targets():
    check(Score.of(read(FAQ, SHARED)))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("is ther still a tehc draw in ontaroi", "tech-draw"),
        ("Y a-t-il encore des rondes TECHNO ?", "tech-draw"),
        ("mon employer doit avoir LMIA ?", "lmia"),
        ("IELTS ACADEMIC???", "language-tests"),
        ("<b>refund</b> & fees?", "fees"),
    ],
)
def test_slips_shouting_and_mixed_languages(text, slug):
    assert FAQ.search(text).entries[0] == slug


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how do i claim asylum", "other_program"),
        ("parrainer ma femme", "other_program"),
        ("should i go to federal court against the refusal", "legal_advice"),
        ("hello how are you", "chit_chat"),
        ("you stupid bot", "abuse"),
    ],
)
def test_what_belongs_elsewhere_is_named(text, kind):
    result = FAQ.search(text)
    assert not result.answered
    assert result.entries == ()
    assert result.out_of_scope == kind


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "🙂🙂", "a" * 5000, "\u202e\u0645\u0631\u062d\u0628\u0627", "1", "\x00"]
)
def test_nothing_to_go_by_is_not_answered(text):
    result = FAQ.search(text)
    assert not result.answered
    assert result.entries == ()


def test_every_title_finds_its_own_entry():
    wrong = [
        (slug, lang)
        for slug in FAQ.slugs
        for lang in ("en", "fr")
        if slug not in FAQ.search(FAQ.title(slug, lang)).entries[:1]
    ]
    assert wrong == []


def test_the_numbered_questions_are_all_covered():
    covered = {number for entry in read_entries().values() for number in entry.covers}
    assert covered == set(range(1, 57))
    assert len(read_entries()) >= 90


def test_no_labelled_question_is_indexed():
    indexed = {words.plain(way) for entry in read_entries().values() for way in entry.ways.all}
    files = [
        CASES / "faq_questions.jsonl",
        CASES / "faq_kept_aside.jsonl",
        *([SHARED] if SHARED.exists() else []),
    ]
    asked = {words.plain(row.text) for file in files for row in read(FAQ, file) if row.wanted}
    assert asked & indexed == set()


def test_eight_questions_are_offered_first():
    starters = FAQ.starters("fr")
    assert len(starters) == 8
    assert starters[0] == ("what-is-open", FAQ.title("what-is-open", "fr"))


def test_the_speller_mends_one_slip_and_two_in_long_words():
    speller = Speller(["employer", "nomination", "wage", "offer", "job"])
    assert speller.mended(["employr", "nomintaoin", "wgae", "offre", "zebra", "jbo"]) == [
        "employer",
        "nomination",
        "wage",
        "offer",
        "zebra",
        "jbo",
    ]


def test_concepts_are_found_in_both_languages():
    assert {"cutoff", "draw"} <= words.concepts_in(
        words.plain("Quel est le seuil de la dernière ronde ?").split()
    )
    assert {"offer", "wage"} <= words.concepts_in(
        words.plain("job offer at $40 an hour, what salary").split()
    )
