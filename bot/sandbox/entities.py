"""From marked-up text to plain text and entities, counted in UTF-16 units as Telegram counts them."""

from __future__ import annotations

import re

from bot.sandbox.errors import bad_request
from bot.sandbox.html import parse_html
from bot.sandbox.text import Entity, FormattedText, in_order, utf16_length


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None = None) -> FormattedText:
    """What a bot's text becomes: parsed, trimmed, with links and commands found.

    Raises ApiError in Telegram's words for markup it cannot read.
    """
    if not _is_unicode(text):
        raise bad_request("strings must be encoded in UTF-8")
    if parse_mode:
        result = _parse(text, parse_mode)
    else:
        result = FormattedText(text.replace("\r", ""), _given(text, entities or []))
    return with_detected(trimmed(result))


def _is_unicode(text: str) -> bool:
    """False where JSON carried half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parse(text: str, parse_mode: str) -> FormattedText:
    if parse_mode.casefold() != "html":
        if parse_mode.casefold() in {"markdown", "markdownv2"}:
            raise bad_request(f"can't parse entities: the sandbox reads HTML only, not {parse_mode}")
        raise bad_request("unsupported parse_mode")
    return parse_html(text.replace("\r", ""))


def _given(text: str, entities: list[Entity]) -> tuple[Entity, ...]:
    length = utf16_length(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > length:
            words = f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text"
            raise bad_request(f"{words} at UTF-16 offset {entity['offset'] + entity['length']}")
    return tuple(entities)


def trimmed(value: FormattedText) -> FormattedText:
    """Blank space at both ends is cut off, as Telegram cuts it, and entities move with the text."""
    text = value.text.strip(" \t\n\v\0")
    if text == value.text:
        return value
    shift = utf16_length(value.text[: len(value.text) - len(value.text.lstrip(" \t\n\v\0"))])
    end = utf16_length(text)
    moved = []
    for entity in value.entities:
        begin = max(entity["offset"] - shift, 0)
        finish = min(entity["offset"] + entity["length"] - shift, end)
        if finish > begin:
            moved.append(entity | {"offset": begin, "length": finish - begin})
    return FormattedText(text, tuple(moved))


_DETECT = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)\]'»])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w&])#[^\W\d]\w*)"
)


def with_detected(value: FormattedText) -> FormattedText:
    """Add the entities nobody marked: addresses, commands, mentions and hashtags found in the text."""
    if not any(sign in value.text for sign in "/@#"):
        return value
    taken = [(e["offset"], e["offset"] + e["length"]) for e in value.entities if e["type"] in _OPAQUE]
    found = []
    for match in _DETECT.finditer(value.text):
        begin = utf16_length(value.text[: match.start()])
        length = utf16_length(match.group())
        if not any(begin < end and begin + length > start for start, end in taken):
            found.append({"type": str(match.lastgroup), "offset": begin, "length": length})
    if not found:
        return value
    return FormattedText(value.text, tuple(in_order([*value.entities, *found])))


_OPAQUE = {"code", "pre", "text_link", "text_mention", "url"}
