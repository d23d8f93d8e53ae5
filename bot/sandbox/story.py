"""The story client: people who talk to the bot through the sandbox, written as a test reads.

    async with StoryClient(url) as story:
        ada = await story.person("Ada", language="en")
        await ada.send("/start")
        await ada.tap("Find my NOC")
        assert "duties" in ada.last.text

Every act waits until the bot has answered and gone quiet, unless told not to.
"""

from __future__ import annotations

import ssl
from types import TracebackType
from typing import Any, Self

import httpx

from bot.sandbox.story_errors import NoReply, NoSuchButton, StoryError
from bot.sandbox.story_person import StoryPerson
from bot.sandbox.transcript import Button, InlineResult, Message, Notice

__all__ = [
    "Button",
    "InlineResult",
    "Message",
    "NoReply",
    "NoSuchButton",
    "Notice",
    "StoryClient",
    "StoryError",
    "StoryPerson",
]

Json = dict[str, Any]

# The sandbox speaks plain HTTP: an empty context spares each client the loading of certificates.
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class StoryClient:
    """A connection to a sandbox. `timeout` and `quiet` are seconds: how long a reply may take, and how long
    the chat must be still before the reply counts as complete."""

    def __init__(self, url: str, *, timeout: float = 10.0, quiet: float = 0.1) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self.quiet = quiet
        self.people: list[StoryPerson] = []
        limits = httpx.Limits(max_connections=500, max_keepalive_connections=100)
        self._http = httpx.AsyncClient(
            base_url=f"{self.url}/sandbox", timeout=150, limits=limits, trust_env=False, verify=_NO_TLS
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    # people

    async def person(self, name: str, language: str | None = "en", **more: Any) -> StoryPerson:
        """Someone new. `more` may give `id`, `last_name` and `username`."""
        made = await self.post("people", {"name": name, "language": language, **more})
        person = StoryPerson(self, made["id"], name, language)
        self.people.append(person)
        return person

    async def crowd(self, count: int, first_id: int = 1_000_000, language: str | None = "en") -> None:
        """`count` people with consecutive ids who have met the bot before; they can only be written to."""
        await self.post("crowd", {"count": count, "first_id": first_id, "language": language})

    async def group(self, title: str, *members: StoryPerson) -> int:
        """A group of these people and the bot. Returns its chat id, for `chat_id=` of a person's acts."""
        made = await self.post("groups", {"title": title, "members": [person.id for person in members]})
        return int(made["chat_id"])

    async def migrate(self, chat_id: int) -> int:
        """The group becomes a supergroup. Returns its new chat id."""
        return int((await self.post(f"groups/{abs(chat_id)}/migrate"))["chat_id"])

    # the sandbox itself

    async def fault(self, method: str = "*", kind: str = "status", **more: Any) -> None:
        """Plan a fault; see bot.sandbox.faults.Fault for what it may be."""
        await self.post("faults", {"method": method, "kind": kind, **more})

    async def clear_faults(self) -> None:
        await self._call("DELETE", "faults")

    async def budget(self, **numbers: Any) -> None:
        """Set flood limits (see bot.sandbox.budgets.Budget); `off=True` takes them away."""
        await self.post("budget", numbers)

    async def settings(self, **values: Any) -> Json:
        """Change how the sandbox behaves; see bot.sandbox.world.Settings."""
        return await self.post("settings", values)

    async def journal(self, method: str | None = None, since: int = 0) -> list[Json]:
        """The bot's requests after number `since`, oldest first."""
        params = {"since": since} | ({"method": method} if method else {})
        entries: list[Json] = (await self.get("journal", params))["entries"]
        return entries

    async def clear_journal(self) -> None:
        await self._call("DELETE", "journal")

    async def counts(self) -> Json:
        """How many requests by method and status, and how many messages per chat."""
        return await self.get("counts")

    async def repeat_update(self, update: Json) -> None:
        """Queue an update as it is, as when Telegram delivers one twice."""
        await self.post("updates", update)

    async def jump_updates(self, to: int) -> None:
        """The next update gets this number."""
        await self.post("updates/jump", {"to": to})

    async def expire_queries(self) -> None:
        """Every tap so far becomes too old to answer."""
        await self.post("queries/expire")

    # plumbing

    async def get(self, path: str, params: Json | None = None) -> Json:
        return await self._call("GET", path, params=params)

    async def post(self, path: str, body: Json | None = None) -> Json:
        return await self._call("POST", path, json=body or {})

    async def _call(self, verb: str, path: str, **how: Any) -> Json:
        try:
            response = await self._http.request(verb, path, **how)
        except httpx.TransportError as error:
            raise StoryError(f"the sandbox at {self.url} does not answer: {error!r}") from error
        if response.status_code == 400:
            raise StoryError(response.json()["error"])
        response.raise_for_status()
        answer: Json = response.json()
        return answer
