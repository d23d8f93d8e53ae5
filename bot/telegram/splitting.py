"""A long text as several messages: cut where a reader would pause, every part well-formed by itself.

Lengths are Telegram's: UTF-16 units of what is seen, so a tag counts nothing and `&amp;` counts one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MESSAGE = 4096
CAPTION = 1024

PIECES = re.compile(
    r"<(/?)([a-zA-Z][\w-]*)[^<>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});|.", re.DOTALL
)
# A cut in front of these would tear a character that people see as one.
JOINED = re.compile(
    r"[\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, an entity or a character; `tag` is the name of an opening tag, `ends` that of a closing one."""

    raw: str
    units: int
    tag: str = ""
    ends: str = ""


def visible_units(text: str) -> int:
    """How long Telegram finds `text` (its HTML) to be."""
    return sum(piece.units for piece in pieces(text))


def plain(text: str) -> str:
    """What is seen of `text`, without its HTML."""
    return "".join(html.unescape(piece.raw) for piece in pieces(text) if not piece.tag and not piece.ends)


def split(text: str, limit: int = MESSAGE) -> tuple[str, ...]:
    """`text` in parts of at most `limit` units, cut at paragraph ends where that is possible.

    Tags that a cut leaves open are closed before it and opened again after it. Space around a cut is dropped,
    and so is a part in which nothing is seen.
    """
    rest: Sequence[Piece] = tuple(pieces(text))
    if sum(piece.units for piece in rest) <= limit:
        return (text,)
    parts: list[str] = []
    still_open: tuple[Piece, ...] = ()
    while rest:
        cut = place(rest, limit)
        part, still_open = balanced(still_open, _trimmed(rest[:cut]))
        if plain(part).strip():
            parts.append(part)
        rest = _trimmed(rest[cut:])
    return tuple(parts)


def pieces(text: str) -> Iterator[Piece]:
    for found in PIECES.finditer(text):
        raw, name = found[0], (found[2] or "").lower()
        if name:
            yield Piece(raw, 0, ends=name) if found[1] else Piece(raw, 0, tag=name)
        else:
            yield Piece(raw, len(html.unescape(raw).encode("utf-16-le", "surrogatepass")) // 2)


def place(rest: Sequence[Piece], limit: int) -> int:
    """How many pieces go into the next part: the best pause in its last two thirds, else as many as fit."""
    best: dict[int, int] = {}
    units = 0
    before = ""
    for index, piece in enumerate(rest):
        if piece.units and units >= limit // 3:
            best[_pause(before, piece.raw)] = index
        units += piece.units
        if units > limit:
            break
        before = (before + piece.raw)[-2:] if piece.units else before
    else:
        return len(rest)
    return best[min(best)] if best else max(index, 1)


def _pause(before: str, following: str) -> int:
    """How bad a cut is here: after 0 a paragraph, 1 a line, 2 a sentence, 3 a word, 4 a letter, 5 half a one."""
    if JOINED.match(following) or before.endswith("\u200d"):
        return 5
    if before == "\n\n":
        return 0
    if before.endswith("\n"):
        return 1
    if before.endswith(" "):
        return 2 if before[0] in ".!?:;…" else 3
    return 4


def balanced(opened: tuple[Piece, ...], part: Sequence[Piece]) -> tuple[str, tuple[Piece, ...]]:
    """The text of `part` inside the tags that were `opened` before it, and the tags it leaves open."""
    stack = list(opened)
    raw = [piece.raw for piece in opened]
    for piece in part:
        if piece.ends and (not stack or stack[-1].tag != piece.ends):
            continue
        raw.append(piece.raw)
        if piece.tag:
            stack.append(piece)
        elif piece.ends:
            stack.pop()
    raw.extend(f"</{piece.tag}>" for piece in reversed(stack))
    return "".join(raw), tuple(stack)


def _trimmed(rest: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without the space at both ends, whatever tags stand in between."""
    seen = [index for index, piece in enumerate(rest) if piece.units and not piece.raw.isspace()]
    if not seen:
        return tuple(piece for piece in rest if not piece.units)
    first, last = seen[0], seen[-1]
    return tuple(piece for index, piece in enumerate(rest) if first <= index <= last or not piece.units)
