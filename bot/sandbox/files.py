"""Uploads, kept in memory: by file id, with the size of a picture read from its own header."""

from __future__ import annotations

import hashlib
import itertools
import struct
from dataclasses import dataclass
from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params, Upload


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file and how the Bot API names it. `file_unique_id` is the same for the same content."""

    file_id: str
    file_unique_id: str
    file_path: str
    filename: str
    content_type: str
    content: bytes

    def reference(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.content),
        }


class FileStore:
    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._files: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, folder: str) -> StoredFile:
        number = next(self._numbers)
        unique = hashlib.sha256(upload.content).hexdigest()[:16]
        suffix = upload.filename.rpartition(".")[2] if "." in upload.filename else "bin"
        path = f"{folder}/file_{number}.{suffix}"
        stored = StoredFile(
            f"SANDBOX-{number}-{unique}",
            unique,
            path,
            upload.filename,
            upload.content_type,
            upload.content,
        )
        self._files[stored.file_id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Raises ApiError 400 for an id that names no file."""
        if file_id not in self._files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self._files[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        return next((stored for stored in self._files.values() if stored.file_path == path), None)

    def from_request(self, params: Params, name: str, folder: str) -> StoredFile:
        """The file of a request: uploaded under `name`, attached under another part, or known by its id."""
        value = params.text(name)
        upload = params.uploads.get(value.removeprefix("attach://") if value else name)
        if upload is None and value:
            if value.startswith(("http://", "https://")):
                raise bad_request("failed to get HTTP URL content: the sandbox fetches nothing")
            return self._known(value)
        if upload is None:
            raise bad_request(f"there is no {name} in the request")
        return self._accepted(upload, name, folder)

    def _known(self, file_id: str) -> StoredFile:
        if file_id not in self._files:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            )
        return self._files[file_id]

    def _accepted(self, upload: Upload, name: str, folder: str) -> StoredFile:
        if not upload.content:
            raise bad_request("file must be non-empty")
        size, limit = len(upload.content), limits.PHOTO_BYTES if name == "photo" else limits.UPLOAD_BYTES
        if size > limit:
            article = "a photo" if name == "photo" else "upload"
            raise bad_request(
                f"file of size {size} bytes is too big for {article}; the maximum size is {limit} bytes"
            )
        if name == "photo":
            check_picture(upload.content)
        return self.keep(upload, folder)


def check_picture(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture Telegram would take as a photo. Raises ApiError 400."""
    size = picture_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * max(min(size), 1) or min(size) < 1:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def picture_size(content: bytes) -> tuple[int, int] | None:
    """(width, height) of a PNG, JPEG, GIF or WebP picture; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] == b"VP8X" and len(content) >= 30:
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if content[12:16] == b"VP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if content[12:16] == b"VP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
