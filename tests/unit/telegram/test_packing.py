"""What is owed can wait as JSON and comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.replies import Attachment, Button, InlineAnswer, InlineCard, Notice, Say
from bot.telegram.carrier import fitted
from bot.telegram.packing import BadParcel, File, Parcel, pack, unpack
from bot.telegram.splitting import visible_units

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
BUTTONS = st.one_of(
    st.builds(Button, TEXT, data=TEXT),
    st.builds(Button, TEXT, url=TEXT),
    st.builds(Button, TEXT, share=TEXT),
)
KEYBOARDS = st.lists(st.lists(BUTTONS, max_size=3).map(tuple), max_size=3).map(tuple)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
PARCELS = st.one_of(
    st.builds(Say, TEXT, KEYBOARDS, st.none() | st.integers()),
    st.builds(Notice, TEXT, TEXT, st.booleans()),
    st.builds(
        InlineAnswer, TEXT, st.lists(st.builds(InlineCard, TEXT, TEXT, TEXT, TEXT), max_size=3).map(tuple)
    ),
    st.builds(
        Attachment,
        TEXT,
        st.dictionaries(TEXT, JSON, max_size=3),
        TEXT,
        KEYBOARDS,
        st.sampled_from(["photo", "document"]),
    ),
    st.builds(File, TEXT, TEXT, TEXT),
)


@given(PARCELS)
def test_a_parcel_comes_out_as_it_went_in(parcel: Parcel) -> None:
    assert unpack(pack(parcel)) == parcel


@pytest.mark.parametrize(
    "payload", ["", "{}", "[]", "null", '{"is": "Spy", "as": {}}', '{"is": "Say", "as": {}}']
)
def test_what_was_never_packed_is_refused(payload: str) -> None:
    with pytest.raises(BadParcel):
        unpack(payload)


def test_the_parts_of_a_long_message_share_out_what_it_replaces_and_its_keyboard() -> None:
    keyboard = ((Button("next", data="x"),),)
    parts = fitted(Say("A paragraph.\n\n" * 900, keyboard, replaces=7))
    says = [part for part in parts if isinstance(part, Say)]
    assert [part.replaces for part in says] == [7] + [None] * (len(says) - 1)
    assert [part.keyboard for part in says] == [()] * (len(says) - 1) + [keyboard]
    assert all(visible_units(part.text) <= 4096 for part in says)
    assert fitted(Notice("1", "short")) == (Notice("1", "short"),)
