"""A long text comes in parts that Telegram takes and that lose nothing."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.splitting import pieces, plain, split, visible_units

TAGS = st.sampled_from(["b", "i", "u", "s", "code", "blockquote"])
WORDS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\r"), st.sampled_from("🍁é&<> \n")
    ),
    max_size=40,
)


@st.composite
def marked_up(draw: st.DrawFn, depth: int = 3) -> str:
    """Well-formed Telegram HTML, as a template renders it."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        if depth and draw(st.booleans()):
            tag = draw(TAGS)
            made.append(f"<{tag}>{draw(marked_up(depth - 1))}</{tag}>")
        elif draw(st.integers(0, 5)) == 0:
            made.append(f'<a href="https://ontario.ca/?a=1&amp;b=2">{html.escape(draw(WORDS))}</a>')
        else:
            made.append(html.escape(draw(WORDS)) + draw(st.sampled_from(["", " ", "\n", "\n\n", ". "])))
    return "".join(made)


def seen(text: str) -> str:
    """The text without its space, which a cut may drop."""
    return re.sub(r"\s+", "", plain(text))


def well_formed(text: str) -> bool:
    stack = []
    for piece in pieces(text):
        if piece.tag:
            stack.append(piece.tag)
        elif piece.ends and (not stack or stack.pop() != piece.ends):
            return False
    return not stack


@given(marked_up(), st.integers(8, 60))
def test_parts_are_short_enough_well_formed_and_complete(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(visible_units(part) <= limit for part in parts)
    assert all(well_formed(part) for part in parts)
    assert "".join(seen(part) for part in parts) == seen(text)


@given(marked_up(), st.integers(8, 60))
def test_every_letter_keeps_its_markup(text: str, limit: int) -> None:
    def marked_letters(part: str) -> list[tuple[str, tuple[str, ...]]]:
        stack: list[str] = []
        letters = []
        for piece in pieces(part):
            if piece.tag:
                stack.append(piece.raw)
            elif piece.ends:
                stack.pop()
            elif not html.unescape(piece.raw).isspace():
                letters.append((piece.raw, tuple(stack)))
        return letters

    parts = split(text, limit)
    assert [letter for part in parts for letter in marked_letters(part)] == marked_letters(text)


@given(st.text(max_size=300), st.integers(8, 60))
def test_any_text_at_all_is_split_without_an_exception(text: str, limit: int) -> None:
    assert all(visible_units(part) <= limit for part in split(text, limit))


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        # A paragraph's end is better than the last word that fits.
        ("One two.\n\nThree four five.", 20, ("One two.", "Three four five.")),
        # A line's end where there is no paragraph.
        ("one two\nthree four", 14, ("one two", "three four")),
        # A sentence's end where there is one line.
        ("It is so. And yet it is not.", 16, ("It is so.", "And yet it is", "not.")),
        # A word's end, else wherever it is full.
        ("alpha beta gamma", 12, ("alpha beta", "gamma")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        # Tags count nothing and are closed and opened again.
        ("<b>one two\n\nthree four</b>", 12, ("<b>one two</b>", "<b>three four</b>")),
        # An entity is one unit and is never torn.
        ("&amp;&amp;&amp;&amp;", 2, ("&amp;&amp;", "&amp;&amp;")),
        # A maple leaf is two units, a flag four, and neither is torn.
        ("🍁🍁🍁", 4, ("🍁🍁", "🍁")),
        ("a" * 3 + "\U0001f44d\U0001f3fd" + "b", 6, ("aaa", "\U0001f44d\U0001f3fdb")),
        # What fits is left exactly as it is.
        ("  as it is \n", 20, ("  as it is \n",)),
        ("", 20, ("",)),
    ],
)
def test_the_cut_is_where_a_reader_would_pause(text: str, limit: int, parts: tuple[str, ...]) -> None:
    assert split(text, limit) == parts


def test_telegrams_own_limit_counts_utf_16_units() -> None:
    text = "🍁" * 2048
    assert split(text) == (text,)
    assert [visible_units(part) for part in split(text + "!")] == [4096, 1]


def test_plain_is_what_a_person_sees() -> None:
    assert plain('<b>R&amp;D</b> <a href="x">caf&#233;</a>') == "R&D café"
