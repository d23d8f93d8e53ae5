"""The control interface under `/sandbox`: make people, act as them, plan faults, read what happened.

JSON in, JSON out. A request that cannot be carried out is answered 400 with `{"error": "…"}`.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.acts import ActError, Acts
from bot.sandbox.budgets import Budget, Meter
from bot.sandbox.faults import fault_from_json
from bot.sandbox.params import Upload
from bot.sandbox.people import Json, Person
from bot.sandbox.world import World

Endpoint = Callable[[Request], Awaitable[Response]]
_LONGEST_WAIT = 120.0
_SETTABLE = frozenset(
    {"token", "callback_seconds", "inline_seconds", "counting", "latency", "inline_feedback"}
) | {
    "group_privacy",
    "webhook_retry_seconds",
}


class Control:
    """The endpoints, each a short translation from JSON to a move in the world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts = Acts(world)

    def routes(self) -> list[Route]:
        """All routes, without the `/sandbox` prefix."""
        return [
            _get("/state", self.state),
            _get("/events", self.events),
            Route("/stream", self.stream),
            Route("/files/{file_id}", self.file),
            _post("/people", self.add_person),
            _post("/people/{person:int}/language", self.set_language),
            _post("/people/{person:int}/act/{act}", self.act),
            _get("/people/{person:int}/commands", self.commands),
            _get("/people/{person:int}/chat", self.chat),
            _post("/crowd", self.add_crowd),
            _post("/groups", self.add_group),
            _post("/groups/{chat:int}/migrate", self.migrate),
            _post("/groups/{chat:int}/remove-bot", self.remove_bot),
            _get("/faults", self.read_faults),
            _post("/faults", self.plan_fault),
            Route("/faults", _guarded(self.clear_faults), methods=["DELETE"]),
            _post("/budget", self.set_budget),
            _post("/settings", self.change_settings),
            _post("/updates", self.put_update),
            _post("/updates/jump", self.jump),
            _post("/queries/expire", self.expire_queries),
            _get("/journal", self.journal),
            Route("/journal", _guarded(self.clear_journal), methods=["DELETE"]),
            _get("/counts", self.counts),
        ]

    # reading

    async def state(self, request: Request) -> Json:  # noqa: ARG002 - every endpoint takes the request
        bot = self._world.bot
        return {
            "bot": {"id": bot.id, "name": bot.name, "username": bot.username, "seen": bot.id != 0},
            "people": [person.as_json() for person in self._world.people.values() if not _in_crowd(person)],
            "revision": self._world.feed.revision,
            "webhook": bool(self._world.updates.webhook_url),
            "budget": self._world.meter.budget.as_json(),
        }

    async def events(self, request: Request) -> Json:
        """Events of a chat after `since`; with `timeout`, once the bot's reply has settled."""
        query = request.query_params
        since, chat_id = int(query.get("since", 0)), int(query["chat"])
        timeout = min(float(query.get("timeout", 0)), _LONGEST_WAIT)
        quiet = float(query.get("quiet", 0.1))
        events, settled = await self._world.feed.settled(chat_id, since, quiet, timeout)
        return {"events": events, "settled": settled, "revision": self._world.feed.revision}

    async def stream(self, request: Request) -> Response:
        """Server-sent events: everything after `since`, as it happens."""
        since = int(request.headers.get("last-event-id") or request.query_params.get("since") or 0)
        return StreamingResponse(
            self._as_sse(since), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _as_sse(self, since: int) -> AsyncIterator[str]:
        yield ": here\n\n"
        async for event in self._world.feed.follow(since):
            if event is None:
                yield ": still here\n\n"
            else:
                yield f"id: {event['revision']}\ndata: {json.dumps(event)}\n\n"

    async def file(self, request: Request) -> Response:
        stored = self._world.files.get(request.path_params["file_id"])
        shown = (
            stored.content_type if stored.content_type.startswith("image/") else "application/octet-stream"
        )
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if shown == "application/octet-stream" or "svg" in shown:
            headers["Content-Disposition"] = "attachment"
        return Response(stored.content, media_type=shown, headers=headers)

    async def chat(self, request: Request) -> Json:
        person = self._person(request)
        chat_id = int(request.query_params.get("chat", person.id))
        chat = self._world.chats[chat_id]
        return {
            "person": person.as_json(),
            "messages": [message.view() for message in chat.messages.values()],
            "reply_keyboard": chat.reply_keyboard,
            "revision": self._world.feed.revision,
        }

    async def commands(self, request: Request) -> Json:
        """What this person sees of the bot in their language: command menu, name, descriptions."""
        person, bot = self._person(request), self._world.bot
        return {
            "commands": bot.commands_for(person.language, person.id),
            "name": bot.in_language(bot.names, person.language) or bot.name,
            "description": bot.in_language(bot.descriptions, person.language),
            "short_description": bot.in_language(bot.short_descriptions, person.language),
            "menu_button": bot.menu_button,
        }

    async def journal(self, request: Request) -> Json:
        since = int(request.query_params.get("since", 0))
        entries = self._world.journal.entries(since, request.query_params.get("method"))
        return {"entries": [entry.as_json() for entry in entries], "number": self._world.journal.number}

    async def counts(self, request: Request) -> Json:  # noqa: ARG002 - every endpoint takes the request
        sent = self._world.sent
        return {
            "requests": dict(self._world.journal.counts),
            "sent": sum(sent.values()),
            "chats": {str(chat_id): count for chat_id, count in sent.items()},
            "pending_updates": len(self._world.updates.pending),
            "confirmed_updates": self._world.updates.confirmed,
        }

    # people

    async def add_person(self, request: Request) -> Json:
        body = await _body(request)
        name = str(body.pop("name", "")).strip()
        if not name:
            raise ActError("a person needs a name")
        more = {key: body[key] for key in ("id", "last_name", "username") if body.get(key)}
        return self._world.add_person(name[:64], body.get("language", "en"), **more).as_json()

    async def set_language(self, request: Request) -> Json:
        person, body = self._person(request), await _body(request)
        person.language = body.get("language")
        self._world.feed.publish("person", person.id, by_person=True, person=person.as_json())
        return person.as_json()

    async def add_crowd(self, request: Request) -> Json:
        body = await _body(request)
        self._world.add_crowd(int(body["count"]), int(body.get("first_id", 1_000_000)), body.get("language"))
        return {"people": len(self._world.people)}

    async def act(self, request: Request) -> Json:
        """Do something as a person; the body's fields are the move's arguments."""
        person, body = self._person(request), await _body(request)
        name = request.path_params["act"]
        if name == "media":
            return self._send_media(person, body)
        move = getattr(self._acts, name.replace("-", "_"), None) if name in _MOVES else None
        if move is None:
            raise ActError(f"a person can {', '.join(sorted([*_MOVES, 'media']))}, not {name}")
        made: Json = move(person, **body)
        return made

    def _send_media(self, person: Person, body: Json) -> Json:
        upload = None
        if content := body.get("content"):
            name = body.get("filename", "file")
            kind = body.get("content_type", "application/octet-stream")
            upload = Upload(name, kind, base64.b64decode(content, validate=True))
        return self._acts.send_media(
            person, body.get("kind", "photo"), upload, body.get("caption", ""), body.get("chat_id")
        )

    async def add_group(self, request: Request) -> Json:
        body = await _body(request)
        members = [self._world.people[int(member)] for member in body.get("members", [])]
        return self._acts.join_group(str(body.get("title", "Group")), members)

    async def migrate(self, request: Request) -> Json:
        return self._acts.migrate(-abs(request.path_params["chat"]))

    async def remove_bot(self, request: Request) -> Json:
        return self._acts.leave_group(-abs(request.path_params["chat"]))

    # faults and settings

    async def read_faults(self, request: Request) -> Json:  # noqa: ARG002 - every endpoint takes the request
        return {"faults": self._world.faults.planned()}

    async def plan_fault(self, request: Request) -> Json:
        self._world.faults.plan(fault_from_json(await _body(request)))
        return {"faults": self._world.faults.planned()}

    async def clear_faults(self, request: Request) -> Json:  # noqa: ARG002 - every endpoint takes the request
        self._world.faults.clear()
        return {"faults": []}

    async def set_budget(self, request: Request) -> Json:
        """New limits; `{"off": true}` for none. Fields left out keep Telegram's own numbers."""
        body = await _body(request)
        budget = Budget.off() if body.pop("off", False) else Budget(**body)
        self._world.meter = Meter(budget)
        return budget.as_json()

    async def change_settings(self, request: Request) -> Json:
        body = await _body(request)
        if unknown := set(body) - _SETTABLE:
            raise ActError(
                f"no setting {', '.join(sorted(unknown))}; there is {', '.join(sorted(_SETTABLE))}"
            )
        for name, value in body.items():
            setattr(self._world.settings, name, value)
        return {name: getattr(self._world.settings, name) for name in sorted(_SETTABLE)}

    async def put_update(self, request: Request) -> Json:
        """Queue an update as it is: one delivered before, or one no person can make."""
        update = await _body(request)
        if not isinstance(update.get("update_id"), int):
            raise ActError("an update needs an integer update_id")
        self._world.updates.put_raw(update)
        return {"pending": len(self._world.updates.pending)}

    async def jump(self, request: Request) -> Json:
        self._world.updates.jump_to(int((await _body(request))["to"]))
        return {}

    async def expire_queries(self, request: Request) -> Json:  # noqa: ARG002 - every endpoint takes the request
        """Every open tap and inline query becomes too old to answer."""
        expired = len(self._world.queries) + len(self._world.inline_queries)
        self._world.queries.clear()
        self._world.inline_queries.clear()
        return {"expired": expired}

    async def clear_journal(self, request: Request) -> Json:  # noqa: ARG002 - every endpoint takes the request
        self._world.journal.clear()
        self._world.sent.clear()
        return {}

    def _person(self, request: Request) -> Person:
        person = self._world.people.get(request.path_params["person"])
        if person is None:
            raise ActError(f"there is no person with the id {request.path_params['person']}")
        return person


_MOVES = frozenset({"send", "edit", "delete", "tap", "block", "unblock", "deactivate"}) | {
    "ask-inline",
    "choose-inline",
}


def _in_crowd(person: Person) -> bool:
    return person.name == f"Person {person.id}"


def _get(path: str, endpoint: Callable[[Request], Awaitable[Json]]) -> Route:
    return Route(path, _guarded(endpoint), methods=["GET"])


def _post(path: str, endpoint: Callable[[Request], Awaitable[Json]]) -> Route:
    return Route(path, _guarded(endpoint), methods=["POST"])


def _guarded(endpoint: Callable[[Request], Awaitable[Json]]) -> Endpoint:
    """Turn what goes wrong in a request into a 400 that says what it was."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await endpoint(request))
        except KeyError as error:
            return _refused(f"missing or unknown: {error.args[0]}")
        except (ValueError, TypeError, binascii.Error) as error:
            return _refused(str(error))

    return answer


def _refused(words: str) -> Response:
    return JSONResponse({"error": words}, status_code=400)


async def _body(request: Request) -> Json:
    """The request's JSON object. The content type is required, so that no foreign web page can post here."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ActError("the content type must be application/json")
    raw = await request.body()
    body = json.loads(raw) if raw else {}
    if not isinstance(body, dict):
        raise ActError("a JSON object is expected")
    return body
