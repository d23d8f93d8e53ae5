"""A chat as a person sees it: messages, buttons, notices, and the whole thing as readable text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message (or below the input field, then `kind` is "reply")."""

    label: str
    kind: str
    data: str | None = None
    url: str | None = None
    share: str | None = None

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now. `text` is the text or the caption; `raw` the Bot API object."""

    id: int
    text: str
    from_bot: bool
    rows: tuple[tuple[Button, ...], ...] = ()
    edited: bool = False
    photo: str | None = None
    document: str | None = None
    raw: Json = field(default_factory=dict)

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of all buttons, row by row."""
        return tuple(button.label for row in self.rows for button in row)

    def marked(self, kind: str) -> tuple[str, ...]:
        """The pieces of text marked as `kind`: "bold", "code", "text_link", …"""
        units = self.text.encode("utf-16-le")
        entities = self.raw.get("entities") or self.raw.get("caption_entities") or ()
        return tuple(
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in entities
            if e["type"] == kind
        )

    @property
    def links(self) -> tuple[str, ...]:
        """Every address this message links to."""
        entities = self.raw.get("entities") or self.raw.get("caption_entities") or ()
        return tuple(e["url"] for e in entities if "url" in e) + self.marked("url")


@dataclass(frozen=True, slots=True)
class Notice:
    """The answer to a tap: a toast, or a box to be closed (`alert`); without text only the spinner stops."""

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One line of the list an inline query brings up, and the text it would insert."""

    id: str
    title: str
    description: str
    text: str
    query_id: str


def message_from(view: Json) -> Message:
    """Read a message as the sandbox shows it."""
    photos, document = view.get("photo") or [], view.get("document")
    return Message(
        id=view["message_id"],
        text=view.get("text") or view.get("caption") or "",
        from_bot=view["by_bot"],
        rows=_rows(view.get("keyboard") or {}),
        edited="edit_date" in view,
        photo=photos[-1]["file_id"] if photos else None,
        document=document["file_name"] if document else None,
        raw={name: value for name, value in view.items() if name not in ("by_bot", "keyboard")},
    )


def _rows(markup: Json) -> tuple[tuple[Button, ...], ...]:
    kind = "inline" if "inline_keyboard" in markup else "reply"
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(tuple(_button(button, kind) for button in row) for row in rows)


def _button(button: Json, kind: str) -> Button:
    share = button.get("switch_inline_query_current_chat", button.get("switch_inline_query"))
    return Button(button["text"], kind, button.get("callback_data"), button.get("url"), share)


def inline_result_from(result: Json, query_id: str) -> InlineResult:
    text = (result.get("message") or {}).get("text", "")
    return InlineResult(
        str(result["id"]), result.get("title", ""), result.get("description", ""), text, query_id
    )


class Transcript:
    """Collects what happens in a chat and tells it as text."""

    def __init__(self, person: str) -> None:
        self._person = person
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self._lines)

    def message(self, message: Message, verb: str = "") -> None:
        who = "Bot" if message.from_bot else self._person
        first = f"{who}{f' ({verb})' if verb else ''}: "
        body = _described(message).replace("\n", "\n" + " " * 4)
        self._lines.append(first + body)
        self._lines += ["    " + " ".join(f"[{button.label}]" for button in row) for row in message.rows]

    def did(self, what: str) -> None:
        self._lines.append(f"{self._person} {what}")

    def bot_did(self, what: str) -> None:
        self._lines.append(f"Bot {what}")


def _described(message: Message) -> str:
    if message.photo:
        return f"<photo> {message.text}".rstrip()
    if message.document:
        return f"<document {message.document}> {message.text}".rstrip()
    if message.text:
        return message.text
    known = {"message_id", "from", "chat", "date", "reply_markup"}
    return f"<{', '.join(name for name in message.raw if name not in known)}>"
