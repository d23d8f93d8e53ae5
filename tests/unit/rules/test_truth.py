"""Three-valued logic."""

from __future__ import annotations

import pytest

from rules.truth import Truth, every, some

Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (Y, Y, Y, Y),
        (Y, N, N, Y),
        (Y, U, U, Y),
        (N, N, N, N),
        (N, U, N, U),
        (U, U, U, U),
    ],
)
def test_and_or_follow_kleene_in_both_orders(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert (left & right, right & left) == (both, both)
    assert (left | right, right | left) == (either, either)


def test_not_leaves_unknown_unknown() -> None:
    assert (~Y, ~N, ~U) == (N, Y, U)


def test_nothing_to_meet_is_met_and_no_way_out_of_none_is_none() -> None:
    assert every(()) is Y
    assert some(()) is N


def test_a_truth_refuses_to_be_a_bool_so_that_unknown_is_never_mistaken_for_no() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(U)


def test_of_maps_none_to_unknown() -> None:
    assert (Truth.of(True), Truth.of(False), Truth.of(None)) == (Y, N, U)
    assert [truth.known for truth in (Y, N, U)] == [True, True, False]
