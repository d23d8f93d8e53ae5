"""The parameters of one request, whichever way they came: query, form, multipart or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartParser

from bot.sandbox.errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    filename: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class Params:
    """Typed access to the parameters; every refusal is in Telegram's words."""

    values: dict[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None:
            return None
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "yes", "1"}

    def data(self, name: str) -> Any:
        """A nested value: an object or array, sent as JSON text or inside a JSON body; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def chat_id(self) -> int:
        value = self.values.get("chat_id")
        if value in (None, ""):
            raise bad_request("chat_id is empty")
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request("chat not found") from None


async def read_params(
    query: bytes, content_type: str, headers: list[tuple[bytes, bytes]], body: bytes
) -> Params:
    """Gather the parameters of a request. Raises ApiError 400 for a body that cannot be read."""
    values: dict[str, Any] = dict(parse_qsl(query.decode(), keep_blank_values=True)) if query else {}
    if not body:
        return Params(values)
    if content_type.startswith("application/json"):
        return Params(values | _json_object(body))
    if content_type.startswith("multipart/form-data"):
        return await _read_multipart(values, headers, body)
    return Params(values | dict(parse_qsl(body.decode(), keep_blank_values=True)))


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("request body is not a JSON object")
    return value


async def _read_multipart(values: dict[str, Any], headers: list[tuple[bytes, bytes]], body: bytes) -> Params:
    from starlette.datastructures import Headers

    async def whole() -> Any:
        yield body
        yield b""

    form = await MultiPartParser(Headers(raw=headers), whole(), max_part_size=64_000_000).parse()
    uploads: dict[str, Upload] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content_type = value.content_type or "application/octet-stream"
            uploads[name] = Upload(value.filename or "file", content_type, await value.read())
        else:
            values[name] = value
    return Params(values, uploads)
