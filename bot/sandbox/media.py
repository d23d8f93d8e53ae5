"""What a person can send besides text, as the Bot API describes it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from bot.sandbox.files import FileStore, StoredFile, check_picture
from bot.sandbox.params import Upload
from bot.sandbox.people import Json, Person

KINDS = (
    "photo",
    "document",
    "voice",
    "audio",
    "video",
    "video_note",
    "animation",
    "sticker",
    "location",
    "contact",
    "dice",
)

_NAMES = {
    "photo": ("photo.png", "image/png"),
    "document": ("document.pdf", "application/pdf"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("song.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("note.mp4", "video/mp4"),
    "animation": ("animation.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
}


def media_content(files: FileStore, person: Person, kind: str, upload: Upload | None) -> Json:
    """The fields of a message that carries this. Raises ValueError for a kind nobody sends."""
    if kind == "location":
        return {"location": {"latitude": 43.6532, "longitude": -79.3832}}
    if kind == "contact":
        return {"contact": {"phone_number": "+14165550123", "first_name": person.name, "user_id": person.id}}
    if kind == "dice":
        return {"dice": {"emoji": "🎲", "value": 4}}
    if kind not in _NAMES:
        raise ValueError(f"a person sends {', '.join(KINDS)}, not {kind!r}")
    stored = files.keep(upload or _sample(kind), f"{kind}s")
    return _DESCRIBED[kind](stored)


def _sample(kind: str) -> Upload:
    name, content_type = _NAMES[kind]
    return Upload(name, content_type, plain_picture() if kind == "photo" else b"sample " + kind.encode())


def plain_picture(width: int = 320, height: int = 200, shade: int = 0x9A) -> bytes:
    """A plain grey PNG, small in bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _photo(stored: StoredFile) -> Json:
    width, height = check_picture(stored.content)
    return {"photo": [{**stored.reference(), "width": width, "height": height}]}


def _named(stored: StoredFile) -> Json:
    return {**stored.reference(), "file_name": stored.filename, "mime_type": stored.content_type}


def _animation(stored: StoredFile) -> Json:
    moving = {**_named(stored), "width": 320, "height": 240, "duration": 2}
    return {"animation": moving, "document": _named(stored)}


def _sticker(stored: StoredFile) -> Json:
    looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": {**stored.reference(), **looks, "emoji": "🙂"}}


_DESCRIBED: dict[str, Callable[[StoredFile], Json]] = {
    "photo": _photo,
    "document": lambda stored: {"document": _named(stored)},
    "voice": lambda stored: {
        "voice": {**stored.reference(), "duration": 3, "mime_type": stored.content_type}
    },
    "audio": lambda stored: {"audio": {**_named(stored), "duration": 30}},
    "video": lambda stored: {"video": {**_named(stored), "width": 640, "height": 360, "duration": 5}},
    "video_note": lambda stored: {"video_note": {**stored.reference(), "length": 240, "duration": 5}},
    "animation": _animation,
    "sticker": _sticker,
}
