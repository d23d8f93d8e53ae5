"""What a button carries, and what it refuses to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.callbacks import Answer, BadCallback, Go, decode, encode


@pytest.mark.parametrize(
    "tap", [Answer("ab12.3", 7, "work_permit"), Go("noc", "21231"), Go("menu"), Go("x", "a|b")]
)
def test_what_is_written_is_read_back(tap: Answer | Go) -> None:
    assert decode(encode(tap)) == tap


@pytest.mark.parametrize(
    "data", ["", "x", "1a|s|notanumber|c", "1a|s|1", "2g|menu|", "1a|s|99999999999|c", "1a|s|²|c"]
)
def test_anything_else_is_refused(data: str) -> None:
    with pytest.raises(BadCallback):
        decode(data)


def test_over_64_bytes_is_refused_before_telegram_refuses_it() -> None:
    with pytest.raises(BadCallback, match="64 bytes"):
        encode(Go("faq", "é" * 40))


@given(st.text(max_size=80))
def test_no_text_breaks_it(data: str) -> None:
    try:
        decode(data)
    except BadCallback:
        return
