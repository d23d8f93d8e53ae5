"""What stands under a message: which keyboards the Bot API accepts, and how it refuses the others."""

from __future__ import annotations

from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.text import checked_url, utf16_length

Markup = dict[str, Any]

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")


def checked_markup(value: Any) -> Markup | None:
    """A reply markup of any kind, as Telegram keeps it; None for none. Raises ApiError 400."""
    if value is None or value == {}:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    kind = next((kind for kind in _KINDS if kind in value), None)
    if kind == "inline_keyboard":
        rows = _inline_rows(value["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if kind == "keyboard":
        return {**value, "keyboard": _reply_rows(value["keyboard"])}
    return value if kind else None


def inline_only(value: Any) -> Markup | None:
    """The markup of an edit: only an inline keyboard can stand under an edited message."""
    markup = checked_markup(value)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _rows(value: Any, field: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" of the ReplyMarkup must be an Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request("can't parse keyboard button: row must be an Array")
    return [row for row in value if row]


def _inline_rows(value: Any) -> list[list[Markup]]:
    rows = _rows(value, "inline_keyboard")
    if sum(len(row) for row in rows) > limits.BUTTONS or any(
        len(row) > limits.BUTTONS_PER_ROW for row in rows
    ):
        raise bad_request("reply markup is too long")
    return [[_inline_button(button) for button in row] for row in rows]


def _inline_button(button: Any) -> Markup:
    if not isinstance(button, dict):
        raise _unreadable("expected an Object")
    if not isinstance(button.get("text"), str):
        raise _unreadable('Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text is empty")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "") or _may_be_blank(button, name)]
    if not actions:
        if "callback_data" in button:
            raise bad_request("BUTTON_DATA_INVALID")
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unreadable(f"exactly one action is expected, found {', '.join(actions)}")
    _check_action(actions[0], button[actions[0]])
    return button


def _may_be_blank(button: Markup, name: str) -> bool:
    return name.startswith("switch_inline_query") and button.get(name) == ""


def _check_action(name: str, value: Any) -> None:
    if name == "callback_data" and len(str(value).encode()) > limits.CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if name == "url" and not checked_url(str(value)):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if name == "copy_text" and not 0 < utf16_length(str(value.get("text", ""))) <= limits.COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply_rows(value: Any) -> list[list[Markup]]:
    rows = [[_reply_button(button) for button in row] for row in _rows(value, "keyboard")]
    if not rows:
        raise bad_request("reply keyboard must have at least one row")
    return rows


def _reply_button(button: Any) -> Markup:
    made = {"text": button} if isinstance(button, str) else button
    if not isinstance(made, dict) or not isinstance(made.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not made["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return made


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {words}")
