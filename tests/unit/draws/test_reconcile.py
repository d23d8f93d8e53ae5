"""A page that changed: what is new, what is a correction, and what is only another order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.draws.draw import Draw
from knowledge.draws.parsing import ontario
from knowledge.draws.reconcile import reconcile, what_changed
from tests.unit.draws.pages import INVITATIONS

TODAY = date(2026, 11, 23)
HELD = ontario.parse_invitations(INVITATIONS.encode(), TODAY).draws


def test_the_same_page_changes_nothing() -> None:
    assert reconcile(HELD, HELD).same == len(HELD)


def test_another_order_changes_nothing() -> None:
    changes = reconcile(HELD, tuple(reversed(HELD)))
    assert (changes.same, changes.new, changes.revised, changes.gone) == (len(HELD), (), (), ())


def test_an_emptied_page_forgets_nothing_and_finds_nothing() -> None:
    changes = reconcile(HELD, ())
    assert (changes.new, changes.revised, changes.gone) == ((), (), ())


def test_a_row_that_left_is_reported_and_not_forgotten() -> None:
    assert reconcile(HELD, HELD[1:]).gone == HELD[:1]


def test_a_corrected_count_is_a_revision_of_the_same_draw() -> None:
    corrected = (replace(HELD[0], size=1_319), *HELD[1:])
    ((old, new),) = reconcile(HELD, corrected).revised
    assert new.key == old.key and what_changed(old, new) == {"size"}


def test_a_corrected_date_keeps_the_identity() -> None:
    corrected = (*HELD[:3], replace(HELD[3], date=date(2026, 9, 9)), *HELD[4:])
    ((old, new),) = reconcile(HELD, corrected).revised
    assert new.key == old.key and new.date == date(2026, 9, 9)
    again = reconcile((*HELD[:3], new, *HELD[4:]), corrected)
    assert again.same == len(HELD)


def test_a_new_row_of_the_same_day_gets_an_ordinal_of_its_own() -> None:
    added = Draw("ontario", "foreign_worker", date(2026, 4, 23), "1", 99, 50, region="gta", targets=())
    changes = reconcile(HELD, (added, *HELD))
    assert [draw.ordinal for draw in changes.new] == ["3"]
    assert changes.same == len(HELD)


def test_a_federal_round_is_its_number_whatever_else_changes() -> None:
    held = Draw("federal", "cec", date(2026, 9, 15), "443", 2_000, 519, name="Canadian Experience Class")
    seen = replace(held, name="CEC", size=2_001, date=date(2026, 9, 14))
    ((old, new),) = reconcile([held], [seen]).revised
    assert new.key == "federal:443" and what_changed(old, new) == {"size", "date"}


def test_two_rounds_with_a_letter_are_two() -> None:
    pair = [Draw("federal", "pnp", date(2018, 5, 30), ordinal, 200, 500) for ordinal in ("91a", "91b")]
    assert len(reconcile([], pair).new) == 2
