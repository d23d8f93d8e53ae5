"""HTML as Telegram reads it: entities in UTF-16 units, refusals with the byte offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import formatted
from bot.sandbox.errors import ApiError
from bot.sandbox.html import parse_html
from bot.sandbox.text import utf16_length


def entities(html: str) -> list[tuple[str, int, int]]:
    return [(e["type"], e["offset"], e["length"]) for e in formatted(html, "HTML").entities]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>bold</b>", [("bold", 0, 4)]),
        ("<strong>a</strong><em>b</em>", [("bold", 0, 1), ("italic", 1, 1)]),
        # a character outside the basic plane is two units, an accent one
        ("🎉<b>é</b>", [("bold", 2, 1)]),
        ("👩‍💻 <i>x</i>", [("italic", 6, 1)]),
        ("&#128512;<u>x</u>", [("underline", 2, 1)]),
        # the outer entity first, then the inner one
        ("<b>a<i>b</i></b>", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<blockquote expandable>q</blockquote>", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', [("spoiler", 0, 1)]),
        # what is empty is no entity, and blank ends are cut off with the text
        ("<b></b>x", []),
        ("  <b> a </b>", [("bold", 0, 1)]),
        # nothing stands inside code
        ("<code>a<b>b</b></code>", [("code", 0, 2)]),
        ("see https://example.org/a. /start", [("url", 4, 21), ("bot_command", 27, 6)]),
        ("<code>/start</code>", [("code", 0, 6)]),
        ("a@b.ca @someone #tag", [("email", 0, 6), ("mention", 7, 8), ("hashtag", 16, 4)]),
    ],
)
def test_entities_are_counted_in_utf16_units(html: str, expected: list[tuple[str, int, int]]) -> None:
    assert entities(html) == expected


def test_links_and_languages_keep_what_they_name() -> None:
    link, block = formatted(
        '<a href="https://ontario.ca/page?a=1&amp;b=2">x</a> <pre><code class="language-python">y</code></pre>',
        "HTML",
    ).entities
    assert link["url"] == "https://ontario.ca/page?a=1&b=2"
    assert block == {"type": "pre", "language": "python", "offset": 2, "length": 1}


def test_an_address_that_is_none_loses_its_link_but_not_its_text() -> None:
    value = formatted('<a href="javascript:alert(1)">x</a>', "HTML")
    assert (value.text, value.entities) == ("x", ())


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a < ", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_markup_that_cannot_be_read_is_refused_in_telegrams_words(html: str, words: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


def test_only_four_named_references_are_known() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&nbsp;&eacute;&#39;&copy").text == "<>&\"&nbsp;&eacute;'&copy"


@given(st.text(max_size=60), st.text(max_size=20))
def test_escaped_text_always_comes_back_as_it_was(plain: str, tail: str) -> None:
    plain, tail = (text.encode("utf-8", "ignore").decode().replace("\r", "") for text in (plain, tail))
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    value = parse_html(f"<b>{escaped}</b>{tail.replace('&', '&amp;').replace('<', '&lt;')}")
    assert value.text == plain + tail
    if plain:
        assert value.entities[0]["length"] == utf16_length(plain) == len(plain.encode("utf-16-le")) // 2
