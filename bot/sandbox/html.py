"""Telegram's HTML: what it means, and with which words it is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.text import Entity, FormattedText, checked_url, in_order, utf16_length

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
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)


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
        return FormattedText("".join(self.chunks), tuple(in_order(_without_nested_in_code(self.entities))))

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
