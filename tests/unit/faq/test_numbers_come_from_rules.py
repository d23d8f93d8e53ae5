"""No number of the law is typed into an answer: numbers, dates and states come from the rules and draws."""

from __future__ import annotations

import copy
import re
from datetime import date

import pytest
from jinja2 import Environment, nodes

from knowledge.faq import answering, facts
from knowledge.faq.entry import read_entries
from rules import rulebook, stream_rules
from rules.texts import LANGUAGES

ENTRIES = read_entries()
TODAY = date(2026, 11, 23)
NAMES = re.compile(
    r"(TEER|FÉER) \d(-\d)?"  # a category is called so
    r"|\b\d{5}\b"  # a unit group is called by its code
    r"|\b(NOC|CNP) 20\d\d\b"  # an edition of the classification
    r"|\bT4\b"  # a tax slip
)
LARGEST_INDEX = 5


def typed(text: str) -> list[str]:
    """The numbers that stand in the text of a template and are no names."""
    return re.findall(r"\d[\d,.\s]*", NAMES.sub("", text))


def texts_of(template: str) -> list[str]:
    """The text between expressions."""
    return [piece for _, kind, piece in Environment().lex(template) if kind == "data"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", ENTRIES)
def test_no_number_is_typed(slug, lang):
    entry = ENTRIES[slug]
    template = entry.answer.text(lang)
    assert [number for text in texts_of(template) for number in typed(text)] == []
    assert typed(entry.title.text(lang)) == []
    numbers = [node.value for node in Environment().parse(template).find_all(nodes.Const)]
    assert [n for n in numbers if isinstance(n, (int, float)) and abs(n) > LARGEST_INDEX] == []


def test_a_typed_number_would_be_found():
    assert typed("CLB 6 in all, under TEER 0-3 and NOC 2021, as 21231") == ["6 "]


def rendered(slug: str, lang: str = "en", day: date = TODAY) -> str:
    return str(answering.answer(ENTRIES[slug], lang, day, None).html)


def changed_document(monkeypatch, name: str, change) -> None:
    """The content of one rule file as it would be after an edit."""
    content = dict(rulebook._content())
    content[name] = copy.deepcopy(content[name])
    change(content[name])
    monkeypatch.setattr(rulebook, "_content", lambda: content)
    for cached in (rulebook.all_rules, stream_rules.stream_rules):
        cached.cache_clear()


@pytest.fixture(autouse=True)
def fresh_rules():
    yield
    for cached in (rulebook.all_rules, stream_rules.stream_rules):
        cached.cache_clear()


def test_a_changed_language_floor_changes_the_answer(monkeypatch):
    assert "CLB 6 in each" in rendered("language-level")

    def raise_floor(stream):
        next(c for c in stream["criteria"] if c.get("id") == "language")["test"]["floor"] = 7

    changed_document(monkeypatch, "streams/workforce_priority_teer_0_3", raise_floor)
    assert "CLB 7 in each" in rendered("language-level")
    assert "NCLC 7 dans chacune" in rendered("language-level", "fr")


def test_a_changed_allocation_changes_the_answer(monkeypatch):
    assert "14,119" in rendered("nominations-this-year")
    assert "14 119" in rendered("nominations-this-year", "fr").replace("\xa0", " ").replace("\u202f", " ")
    changed_document(
        monkeypatch, "values/program", lambda all_: all_["allocation"]["values"][-1].update(value=15000)
    )
    assert "15,000" in rendered("nominations-this-year")


def test_a_changed_deadline_changes_the_answer(monkeypatch):
    def shorten(values):
        values["deadline.applicant_application"]["values"][-1]["value"] = 21

    assert "you within 17" in rendered("deadlines")
    changed_document(monkeypatch, "values/deadlines", shorten)
    assert "you within 21" in rendered("deadlines")


def test_a_changed_region_point_changes_the_answer(monkeypatch):
    def add(grid):
        grid["factors"]["job_region"]["choices"]["toronto"] = 3

    assert "A job in Toronto gets 0" in rendered("toronto-points")
    changed_document(monkeypatch, "grids/eoi_g3", add)
    assert "A job in Toronto gets 3" in rendered("toronto-points")


def test_a_changed_state_changes_the_answer(monkeypatch):
    def reopen(stream):
        stream["states"] = [*stream["states"][:-1], {**stream["states"][-1], "state": "suspended"}]

    assert rendered("tech-draw").startswith("No.")
    changed_document(monkeypatch, "streams/human_capital_priorities", reopen)
    assert "is suspended" in rendered("tech-draw")


def test_a_new_draw_changes_the_answer():
    from dataclasses import replace

    from knowledge.draws.record import history

    entry = ENTRIES["crs-cutoff-now"]
    latest = next(draw for draw in history() if draw.stream == "cec")
    newer = replace(latest, date=date(2026, 11, 20), score_min=533)
    html = answering.answer(entry, "en", TODAY, None, (newer, *history())).html
    assert "Canadian Experience Class 533 on 20 November 2026" in html


def test_the_first_workforce_draw_changes_the_answer():
    from knowledge.draws.draw import Draw

    entry = ENTRIES["owp-drawn-yet"]
    first = Draw("ontario", "workforce_priority", date(2026, 11, 18), size=900, score_min=88)
    html = answering.answer(entry, "en", TODAY, None, (first, *facts.history())).html
    assert html.startswith(
        "Yes. The last one known here was on 18 November 2026, with 900 invitations from 88"
    )
    before = answering.answer(entry, "en", date(2026, 11, 1), None, (first, *facts.history())).html
    assert before.startswith("No round was published")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 5), "announced and is not in force"),
        (date(2026, 6, 10), "nothing takes new registrations"),
        (date(2026, 7, 10), "Registration has not opened yet"),
        (date(2026, 8, 4), "Registration has been open since 4 August 2026"),
    ],
)
def test_what_is_open_follows_the_day(day, said):
    assert said in rendered("what-is-open", day=day)
