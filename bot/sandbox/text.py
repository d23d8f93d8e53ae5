"""Plain text with entities, and the lengths and addresses Telegram counts by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox import limits

Entity = dict[str, Any]

_HTTP = re.compile(r"(https?|tg|ftp|tonsite)://[^\s/]+", re.IGNORECASE)
_HOST = re.compile(r"[^\s/]+\.[^\s/]+")


def utf16_length(text: str) -> int:
    """Length in UTF-16 units: a character outside the basic plane counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Plain text and its entities; offsets and lengths are UTF-16 units."""

    text: str
    entities: tuple[Entity, ...] = ()


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


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))[: limits.ENTITIES]
