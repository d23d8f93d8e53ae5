"""The life of a delivery and of an alert: only what the table knows can happen."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import pytest

from bot.alerts.states import ALERT, DELIVERY, OPEN, IllegalMove, check, sources

STORE = Path(__file__).resolve().parents[3] / "bot"


@pytest.mark.parametrize("table", [DELIVERY, ALERT], ids=["delivery", "alert"])
def test_every_state_that_can_be_reached_is_in_the_table(table: dict[str, frozenset[str]]) -> None:
    assert {state for following in table.values() for state in following} <= set(table)


@pytest.mark.parametrize(("old", "new"), list(product(DELIVERY, DELIVERY)))
def test_a_move_is_allowed_exactly_where_the_table_says(old: str, new: str) -> None:
    if new in DELIVERY[old]:
        check(DELIVERY, old, new)
        assert old in sources(DELIVERY, new)
    else:
        with pytest.raises(IllegalMove):
            check(DELIVERY, old, new)


def test_what_was_sent_stays_sent_and_what_is_final_has_no_way_on() -> None:
    assert all(not DELIVERY[state] for state in ("sent", "blocked", "failed", "cancelled"))
    assert {"pending", "sending", "retry"} == OPEN


def test_nothing_becomes_pending_again() -> None:
    with pytest.raises(IllegalMove):
        sources(DELIVERY, "pending")


def test_only_the_store_of_deliveries_writes_a_state() -> None:
    """No module but bot/store/deliveries.py and bot/store/alerts.py sets `state` in a statement."""
    writers = {
        path.relative_to(STORE).as_posix()
        for path in STORE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "values"
        and any(keyword.arg == "state" for keyword in node.keywords)
    }
    assert writers <= {"store/deliveries.py", "store/alerts.py"}
