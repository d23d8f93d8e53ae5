"""Bytes from the network as text that can be read: size, encoding and block pages are decided here."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.draws.parsing.outcome import BadFeed

LARGEST = 8_000_000
BLOCKED = re.compile(
    r"access denied|request unsuccessful|are you (a )?(human|robot)|captcha|incapsula|cloudflare|"
    r"unusual traffic|enable javascript and cookies|radware|bot manager",
    re.IGNORECASE,
)
UNSEEN = "script,style,noscript,template,svg,iframe,object"


def text_of(content: bytes) -> str:
    """`content` as text; raises BadFeed where it is too large, empty or in another encoding than UTF-8."""
    if len(content) > LARGEST:
        raise BadFeed("too_large", f"{len(content):,} bytes, more than the {LARGEST:,} a page can have")
    if not content.strip():
        raise BadFeed("empty", "nothing at all came back")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFeed("encoding", f"not UTF-8: byte {error.start} cannot be read") from None


def page(content: bytes) -> LexborNode:
    """The readable part of an HTML page; raises BadFeed for a block page or something that is no page."""
    text = text_of(content)
    if text.lstrip()[:1] in "{[":
        raise BadFeed("not_html", "data came back where a page was expected")
    body = LexborHTMLParser(text).body
    if body is None:
        raise BadFeed("not_html", "there is no page in what came back")
    for node in body.css(UNSEEN):
        node.decompose()
    root = body.css_first("main") or body
    words = root.text(separator=" ", strip=True)
    if len(words) < 4_000 and BLOCKED.search(f"{_title(text)} {words}"):
        raise BadFeed("blocked", "a page that keeps programs out came back")
    if "</html" not in text[-2_000:].lower():
        raise BadFeed("truncated", "the page ends in the middle")
    return root


def _title(text: str) -> str:
    found = re.search(r"<title[^>]*>(.*?)</title", text, re.IGNORECASE | re.DOTALL)
    return found[1] if found else ""
