"""The sandbox as one ASGI application: the Bot API, the control interface and the chat page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from bot.sandbox.api import BotApi, Receive, Scope, Send
from bot.sandbox.control import Control
from bot.sandbox.world import World

_PAGE = Path(__file__).parent / "page"
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class SandboxApp:
    """Bot API requests take the short way; everything else goes through Starlette."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._api = BotApi(world)
        self._rest = Starlette(
            routes=[
                Mount("/sandbox", routes=Control(world).routes()),
                *(Route(path, _page(file)) for path, file in _page_files().items()),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if scope["path"].startswith(("/bot", "/file/bot")):
                return await self._api(scope, receive, send)
            if not _asked_locally(scope):
                refusal = PlainTextResponse("the sandbox answers on localhost only", status_code=403)
                return await refusal(scope, receive, send)
        await self._rest(scope, receive, send)
        return None


def _asked_locally(scope: Scope) -> bool:
    """Whether the address in the browser is this machine's: a foreign name pointing here is refused."""
    host = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
    return host.rpartition(":")[0] in _LOCAL_NAMES or host in _LOCAL_NAMES


def _page_files() -> dict[str, Path]:
    """The parts of the chat page by their address; nothing else of the disk can be asked for."""
    files = {f"/{file.name}": file for file in sorted(_PAGE.iterdir()) if file.suffix in _TYPES}
    return {"/": files["/index.html"], **files}


def _page(file: Path) -> Any:
    async def answer(request: Request) -> Response:  # noqa: ARG001 - the files are always the same
        return FileResponse(file, media_type=_TYPES[file.suffix], headers=_PAGE_HEADERS)

    return answer
