"""Every kind of update becomes the right event, and nothing a stranger sends can break the reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.events import Command, Event, InlineQuery, Media, Membership, Tap, Text
from bot.store.address import Address
from bot.store.inbox import Mail
from bot.telegram.updates import ALLOWED, read, reread

ADA = {"id": 7_000_000_001, "is_bot": False, "first_name": "Ada", "username": "ada_l", "language_code": "fr"}
PRIVATE = {"id": 7_000_000_001, "type": "private", "first_name": "Ada"}
GROUP = {"id": -100_123, "type": "supergroup", "title": "Newcomers"}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_790_000_000, "chat": PRIVATE, "from": ADA, **content}


def update(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"update_id": 99, kind: body}


def event_of(kind: str, body: dict[str, Any]) -> Event | None:
    letter = read(update(kind, body), "trillium_bot")
    return letter.event if letter else None


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("hello", Text("hello")),
        ("/start", Command("start")),
        ("/START deep-link", Command("start", "deep-link")),
        ("/noc@Trillium_Bot  21231 ", Command("noc", "21231")),
        ("/noc I write\ncode", Command("noc", "I write\ncode")),
        ("/ not a command", Text("/ not a command")),
        ("/start-up costs", Text("/start-up costs")),
        ("say /start", Text("say /start")),
        ("", Text("")),
        # Someone else's command is not ours to answer.
        ("/start@other_bot", None),
    ],
)
def test_text_and_commands(text: str, event: Event | None) -> None:
    assert event_of("message", message(text=text)) == event


def test_an_edited_text_says_so() -> None:
    assert event_of("edited_message", message(text="85k", edit_date=1_790_000_001)) == Text(
        "85k", edited=True
    )
    assert event_of("edited_message", message(text="/forget", edit_date=1)) == Command("forget")
    assert event_of("edited_message", message(voice=VOICE, edit_date=1)) is None


VOICE = {"file_id": "a", "file_unique_id": "b", "duration": 3}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"voice": VOICE}, "voice"),
        (
            {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}], "caption": "me"},
            "photo",
        ),
        ({"document": {"file_id": "a", "file_unique_id": "b"}}, "document"),
        ({"location": {"longitude": 1.0, "latitude": 2.0}}, "location"),
        ({"contact": {"phone_number": "1", "first_name": "A"}}, "contact"),
        ({"dice": {"value": 3, "emoji": "🎲"}}, "dice"),
    ],
)
def test_what_is_not_text_is_a_medium(content: dict[str, Any], kind: str) -> None:
    assert event_of("message", message(**content)) == Media(kind)


def test_a_service_message_asks_nothing() -> None:
    assert event_of("message", message(chat=GROUP, new_chat_title="Newer")) is None


def test_a_tap_knows_its_message_and_its_query() -> None:
    query = {
        "id": "42",
        "from": ADA,
        "chat_instance": "x",
        "data": "1a|s|3|yes",
        "message": message(text="?"),
    }
    assert event_of("callback_query", query) == Tap("1a|s|3|yes", 5, "42")
    # A message too old for Telegram to show is still the one tapped.
    old = query | {"message": {"message_id": 4, "date": 0, "chat": PRIVATE}}
    assert event_of("callback_query", old) == Tap("1a|s|3|yes", 4, "42")
    inline = {"id": "42", "from": ADA, "chat_instance": "x", "data": "1g|menu|", "inline_message_id": "abc"}
    assert event_of("callback_query", inline) == Tap("1g|menu|", 0, "42")
    assert (
        event_of("callback_query", {"id": "42", "from": ADA, "chat_instance": "x", "game_short_name": "g"})
        is None
    )


def test_an_inline_query_belongs_to_the_person() -> None:
    query = {"id": "8", "from": ADA, "query": "welder", "offset": ""}
    letter = read(update("inline_query", query), "trillium_bot")
    assert letter is not None
    assert letter.event == InlineQuery("8", "welder")
    assert letter.address == Address(ADA["id"], ADA["id"])


RIGHTS = """
    can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members
    can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories
"""


@pytest.mark.parametrize(
    ("status", "event"),
    [("kicked", "blocked"), ("left", "blocked"), ("member", "active"), ("administrator", "active")],
)
def test_membership(status: str, event: Any) -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "Trillium"}
    rights = dict.fromkeys(RIGHTS.split(), False)
    new = {"user": bot, "status": status, "until_date": 0} | (rights if status == "administrator" else {})
    change = {
        "chat": PRIVATE,
        "from": ADA,
        "date": 1_790_000_000,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": new,
    }
    assert event_of("my_chat_member", change) == Membership(event)


def test_people_in_a_group_are_told_apart_and_a_group_has_no_administrators_rights() -> None:
    letter = read(update("message", message(chat=GROUP, text="/noc")), "trillium_bot")
    assert letter is not None
    assert letter.address == Address(GROUP["id"], ADA["id"])
    asker = letter.asker(frozenset({ADA["id"]}))
    assert (asker.in_group, asker.is_admin, asker.language_code) == (True, False, "fr")


BOT = {"id": 42, "is_bot": True, "first_name": "Trillium", "username": "Trillium_Bot"}
OURS = {"message_id": 4, "date": 1_790_000_000, "chat": GROUP, "from": BOT, "text": "Hello"}


@pytest.mark.parametrize(
    ("content", "event"),
    [
        ({"text": "@trillium_bot is there a draw?"}, Text("is there a draw?")),
        ({"text": "and Ottawa?", "reply_to_message": OURS}, Text("and Ottawa?")),
        ({"text": "I said so yesterday"}, None),
        ({"text": "@trillium_bot_fan hello"}, None),
    ],
)
def test_in_a_group_only_what_is_meant_for_the_bot(content: dict[str, Any], event: Event | None) -> None:
    assert event_of("message", message(chat=GROUP, **content)) == event


def test_a_private_chat_of_an_administrator() -> None:
    letter = read(update("message", message(text="/approve x")), "trillium_bot")
    assert letter is not None
    assert letter.asker(frozenset({ADA["id"]})).is_admin
    assert not letter.asker(frozenset()).is_admin


def test_a_letter_from_the_inbox_is_the_letter_that_came() -> None:
    raw = update("message", message(text="hello 🍁"))
    letter = read(raw, "trillium_bot")
    assert letter is not None
    assert reread(letter.mail, "trillium_bot") == letter
    assert letter.mail == Mail(99, letter.address, json.dumps(raw))


def test_half_a_character_is_replaced() -> None:
    assert event_of("message", message(text="a\ud83cb")) == Text("a\ufffdb")
    letter = read(update("message", message(text="a\ud83cb")), "trillium_bot")
    assert letter is not None
    letter.raw.encode("utf-8")


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, "7", None, True, 1.5])
def test_a_number_that_no_database_keeps_is_no_update(number: Any) -> None:
    assert read({"update_id": number, "message": message(text="x")}, "trillium_bot") is None
    assert read(update("message", message(text="x", chat=PRIVATE | {"id": number})), "trillium_bot") is None


def test_an_unknown_kind_of_update_is_left_out() -> None:
    assert read({"update_id": 1, "poll_from_the_future": {}}, "trillium_bot") is None
    assert ALLOWED == ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
FIELDS = [
    "message_id",
    "date",
    "chat",
    "from",
    "text",
    "data",
    "id",
    "query",
    "message",
    "new_chat_member",
    "photo",
]


@given(st.sampled_from(ALLOWED), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8), JSON)
def test_no_update_can_break_the_reading(kind: str, body: dict[str, Any], number: Any) -> None:
    read({"update_id": number, kind: body}, "trillium_bot")
    read({"update_id": 1, kind: message(**{key: value for key, value in body.items() if key != "chat"})}, "x")
    read({"update_id": 1, kind: number}, "x")
