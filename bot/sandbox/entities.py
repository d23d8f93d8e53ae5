"""From marked-up text to plain text and entities, counted in UTF-16 units as Telegram counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>[a-zA-Z]+));?")
_SPECIAL = re.compile("[<&]")
_SPACE = " \t\r\n\0\v"
_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_HTTP = re.compile(r"(https?|tg|ftp|tonsite)://[^\s/]+", re.IGNORECASE)
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)
_HOST = re.compile(r"[^\s/]+\.[^\s/]+")


def utf16_length(text: str) -> int:
    """Length in UTF-16 units: a character outside the basic plane counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Plain text and its entities; offsets and lengths are UTF-16 units."""

    text: str
    entities: tuple[Entity, ...] = ()


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


def parse_html(source: str) -> FormattedText:
    """Read Telegram's HTML. Raises ApiError 400 "can't parse entities: …" with the UTF-8 byte offset."""
    return _HtmlReader(source).read()


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    chunk: int


@dataclass(slots=True)
class _HtmlReader:
    source: str
    at: int = 0
    length: int = 0
    chunks: list[str] = field(default_factory=list)
    open: list[_OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> FormattedText:
        while self.at < len(self.source):
            self._read_plain()
            if self.at >= len(self.source):
                break
            if self.source[self.at] == "&":
                self._read_reference()
            elif self.source.startswith("</", self.at):
                self._read_end_tag()
            else:
                self._read_start_tag()
        if self.open:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return FormattedText("".join(self.chunks), tuple(_sorted(_without_nested_in_code(self.entities))))

    def _read_plain(self) -> None:
        found = _SPECIAL.search(self.source, self.at)
        end = found.start() if found else len(self.source)
        self._emit(self.source[self.at : end])
        self.at = end

    def _emit(self, text: str) -> None:
        if text:
            self.chunks.append(text)
            self.length += utf16_length(text)

    def _read_reference(self) -> None:
        character, self.at = _decoded(self.source, self.at)
        self._emit(character)

    def _read_start_tag(self) -> None:
        begin = self.at
        name = _match(_NAME, self.source, begin + 1)
        self.at = begin + 1 + len(name)
        if self.at >= len(self.source):
            raise self._fail("Unclosed start tag", begin)
        name = name.lower()
        if name not in _TAGS:
            raise self._fail(f'Unsupported start tag "{name}"', begin)
        argument = self._read_attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_OpenTag(name, argument, self.length, len(self.chunks)))

    def _read_attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self.at >= len(self.source):
                raise self._fail("Unclosed start tag", begin)
            if self.source[self.at] == ">":
                self.at += 1
                return argument
            argument = self._read_attribute(tag, begin) or argument

    def _read_attribute(self, tag: str, begin: int) -> str:
        name = _match(_ATTRIBUTE_NAME, self.source, self.at)
        if not name:
            raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        self.at += len(name)
        self._skip_space()
        if self.at >= len(self.source):
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        if self.source[self.at] != "=":
            return "expandable" if (tag, name) == ("blockquote", "expandable") else ""
        self.at += 1
        self._skip_space()
        if self.at >= len(self.source):
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        return _argument(tag, name.lower(), self._read_value(begin))

    def _read_value(self, begin: int) -> str:
        quote = self.source[self.at]
        if quote not in "'\"":
            return self._read_bare_value()
        end = self.source.find(quote, self.at + 1)
        if end < 0 or end + 1 >= len(self.source):
            raise self._fail("Unclosed start tag", begin)
        value, self.at = self.source[self.at + 1 : end], end + 1
        return _decode_all(value)

    def _read_bare_value(self) -> str:
        value = _match(_BARE_VALUE, self.source, self.at)
        end = self.at + len(value)
        if end < len(self.source) and self.source[end] not in _SPACE + ">":
            raise self._fail("Unexpected end of name token", self.at)
        self.at = end
        return value.lower()

    def _read_end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._fail("Unexpected end tag", begin)
        name = _match(_NAME, self.source, begin + 2)
        self.at = begin + 2 + len(name)
        self._skip_space()
        if self.at >= len(self.source) or self.source[self.at] != ">":
            raise self._fail("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name and name.lower() != tag.name:
            found = f'expected "</{tag.name}>", found "</{name.lower()}>"'
            raise self._fail("Unmatched end tag", begin, found)
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity: Entity = {"type": _TAGS[tag.name], "offset": tag.offset, "length": self.length - tag.offset}
        if tag.name == "a":
            self._close_link(entity, tag)
        elif tag.name in {"pre", "code"}:
            self._close_code(entity, tag)
        else:
            if tag.name == "tg-emoji":
                entity["custom_emoji_id"] = _emoji_id(tag.argument)
            if tag.argument == "expandable":
                entity["type"] = "expandable_blockquote"
            self.entities.append(entity)

    def _close_link(self, entity: Entity, tag: _OpenTag) -> None:
        url = tag.argument or "".join(self.chunks[tag.chunk :])
        if person := _USER_LINK.match(url):
            self.entities.append(entity | {"type": "text_mention", "user": {"id": int(person.group(1))}})
        elif address := checked_url(url):
            self.entities.append(entity | {"url": address})

    def _close_code(self, entity: Entity, tag: _OpenTag) -> None:
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        language = tag.argument or last.get("language")
        if same and {last["type"], entity["type"]} == {"pre", "code"} and language:
            self.entities[-1] = entity | {"type": "pre", "language": language}
            return
        self.entities.append(entity | ({"language": tag.argument} if tag.argument else {}))

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    def _fail(self, words: str, begin: int, more: str = "") -> ApiError:
        place = len(self.source[:begin].encode())
        return _unreadable(f"{words} at byte offset {place}" + (f", {more}" if more else ""))


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse entities: {words}")


def _match(pattern: re.Pattern[str], text: str, at: int) -> str:
    found = pattern.match(text, at)
    return found.group() if found else ""


def _decoded(text: str, at: int) -> tuple[str, int]:
    """What a reference at `at` stands for and where reading goes on; an unknown one stays as it is."""
    found = _REFERENCE.match(text, at)
    if not found:
        return "&", at + 1
    if found["name"]:
        character = _NAMED.get(found["name"])
        return (character, found.end()) if character else ("&", at + 1)
    code = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), found.end()


def _decode_all(text: str) -> str:
    pieces, at = [], 0
    while at < len(text):
        if text[at] == "&":
            piece, at = _decoded(text, at)
        else:
            piece, at = text[at], at + 1
        pieces.append(piece)
    return "".join(pieces)


def _argument(tag: str, name: str, value: str) -> str:
    """The one attribute of each tag that means something; all others are read and dropped."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _emoji_id(argument: str) -> str:
    if not argument.isdigit() or int(argument) == 0:
        raise _unreadable("Invalid custom emoji identifier specified")
    return argument


def checked_url(url: str) -> str | None:
    """The address as Telegram keeps it, or None where it is none (the link is then silently dropped)."""
    url = url.strip()
    if _HTTP.match(url):
        scheme, _, rest = url.partition("://")
        host = rest.partition("/")[0]
        return url if "/" in rest or "?" in rest else f"{scheme}://{host}/"
    if ":" not in url.partition("/")[0] and _HOST.match(url):
        return f"http://{url}" + ("" if "/" in url else "/")
    return None


def _sorted(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))[: limits.ENTITIES]


def _without_nested_in_code(entities: list[Entity]) -> list[Entity]:
    """Code and pre hold no other entity: what stands inside them is dropped."""
    blocks = [entity for entity in entities if entity["type"] in {"code", "pre"}]
    kept = []
    for entity in entities:
        if not any(_inside(entity, block) for block in blocks):
            kept.append({k: v for k, v in entity.items() if k != "language" or entity["type"] == "pre"})
    return kept


def _inside(entity: Entity, block: Entity) -> bool:
    if entity is block:
        return False
    end, block_end = entity["offset"] + entity["length"], block["offset"] + block["length"]
    return bool(entity["offset"] >= block["offset"] and end <= block_end and entity["type"] != "blockquote")


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
    return FormattedText(value.text, tuple(_sorted([*value.entities, *found])))


_OPAQUE = {"code", "pre", "text_link", "text_mention", "url"}
