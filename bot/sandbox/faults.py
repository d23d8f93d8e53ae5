"""Faults on demand: which request goes wrong, how often, and in what way."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from bot.sandbox.params import Params

Kind = Literal["status", "hang", "close", "refuse", "half", "garbage", "html"]
"""What the bot sees.

status: the error `code` with `description` (and `retry_after`), the request is not carried out
refuse: the connection is closed before anything was done
close: the request is carried out, then the connection is closed without an answer
hang: the request is carried out and no answer ever comes
half: the request is carried out and only half of the answer arrives
garbage: the request is carried out and the answer is a 200 that is not JSON
html: a 502 with an HTML page, as a proxy gives; carried out only with `accepted`
"""

_ACCEPTING = frozenset({"hang", "close", "half", "garbage"})
_DESCRIPTIONS = {
    400: "Bad Request: fault on demand",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """One planned fault.

    `method` is a method name or "*"; `chat_id` and `contains` (a piece of the text) narrow it down. The first
    `skip` matching requests pass, then `times` of them fail. `delay` seconds go by before the answer.
    """

    method: str = "*"
    kind: Kind = "status"
    code: int = 500
    description: str | None = None
    retry_after: int | None = None
    chat_id: int | None = None
    contains: str | None = None
    skip: int = 0
    times: int = 1
    delay: float = 0.0
    accepted: bool | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"kind must be one of {', '.join(get_args(Kind))}, not {self.kind!r}")
        if self.times < 1 or self.skip < 0:
            raise ValueError("times is at least 1 and skip at least 0")

    @property
    def carries_out(self) -> bool:
        """Whether Telegram has done what was asked although the bot sees a failure."""
        return self.accepted if self.accepted is not None else self.kind in _ACCEPTING

    def matches(self, method: str, params: Params) -> bool:
        if self.method not in ("*", method) and self.method.lower() != method.lower():
            return False
        if self.chat_id is not None and str(params.values.get("chat_id")) != str(self.chat_id):
            return False
        text = str(params.values.get("text") or params.values.get("caption") or "")
        return self.contains is None or self.contains in text

    def body(self) -> dict[str, Any]:
        words = self.description or _DESCRIPTIONS.get(self.code, "Fault on demand")
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": words}
        if self.retry_after is not None:
            if self.description is None:
                answer["description"] = f"{words}: retry after {self.retry_after}"
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Faults:
    """The planned faults, first come first served."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        self._planned.append(fault)

    def clear(self) -> None:
        self._planned.clear()

    def planned(self) -> list[dict[str, Any]]:
        return [fault.as_json() for fault in self._planned]

    def take(self, method: str, params: Params) -> Fault | None:
        """The fault this request meets, counted down; None for none."""
        for fault in self._planned:
            if fault.matches(method, params):
                return self._use(fault)
        return None

    def _use(self, fault: Fault) -> Fault | None:
        if fault.skip:
            fault.skip -= 1
            return None
        fault.times -= 1
        if not fault.times:
            self._planned.remove(fault)
        return fault


def fault_from_json(value: dict[str, Any]) -> Fault:
    """Read a fault from the control API. Raises ValueError naming the field that is wrong."""
    known = {field.name for field in fields(Fault)}
    if unknown := set(value) - known:
        raise ValueError(f"a fault has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}")
    return Fault(**value)
