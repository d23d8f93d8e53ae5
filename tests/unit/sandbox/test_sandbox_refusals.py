"""The sandbox refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.media import plain_picture

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Go", **action: Any) -> dict[str, Any]:
    return {"text": text, **(action or {"callback_data": "go"})}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        # the limit counts UTF-16 units: 2,049 emoji are too long, 2,048 are not
        ({"text": "🎉" * 2049}, "message is too long"),
        (
            {"text": "<i>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"i\"",
        ),
        ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": keyboard([button(callback_data="x" * 65)])}, "BUTTON_DATA_INVALID"),
        # 33 accented letters are 66 bytes
        ({"text": "x", "reply_markup": keyboard([button(callback_data="é" * 33)])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard([button(callback_data="")])}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": keyboard([{"text": "no action"}])},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "reply_markup": keyboard(*[[button()]] * 101)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": keyboard([button()] * 9)}, "reply markup is too long"),
        (
            {"text": "x", "reply_markup": keyboard([button(url="nowhere")])},
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "reply_markup": keyboard([button(text=" ")])}, "inline keyboard button text is empty"),
    ],
)
async def test_a_message_telegram_refuses(bot: Any, ada: Any, params: dict[str, Any], words: str) -> None:
    assert await bot.refused("sendMessage", **{"chat_id": ada.id, **params}) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    "params",
    [
        {"text": "a" * 4096},
        {"text": "🎉" * 2048},
        {"text": "<b>" + "a" * 4096 + "</b>", "parse_mode": "html"},
        {"text": "x", "reply_markup": keyboard([button(callback_data="x" * 64)] * 8)},
        {"text": "x", "reply_markup": keyboard(*[[button()]] * 100)},
        {"text": "x", "reply_markup": keyboard([button(switch_inline_query_current_chat="")])},
        {"text": "x", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
    ],
)
async def test_a_message_just_within_the_limits_is_taken(bot: Any, ada: Any, params: dict[str, Any]) -> None:
    message = await bot.ok("sendMessage", chat_id=ada.id, **params)
    assert message["chat"]["id"] == ada.id


async def test_someone_who_never_wrote_cannot_be_written_to(bot: Any, story: Any) -> None:
    stranger = await story.person("Stranger")
    assert await bot.refused("sendMessage", chat_id=stranger.id, text="x") == "Bad Request: chat not found"


async def test_someone_who_blocked_the_bot_or_is_gone_answers_403(bot: Any, ada: Any) -> None:
    await ada.block()
    words = "Forbidden: bot was blocked by the user"
    assert await bot.refused("sendMessage", chat_id=ada.id, text="x") == words
    assert await bot.refused("sendChatAction", chat_id=ada.id, action="typing") == words
    await ada.unblock()
    await bot.ok("sendMessage", chat_id=ada.id, text="x")
    await ada.deactivate()
    assert await bot.refused("sendMessage", chat_id=ada.id, text="x") == "Forbidden: user is deactivated"


async def test_an_edit_that_changes_nothing_is_refused(bot: Any, ada: Any) -> None:
    markup = keyboard([button()])
    sent = await bot.ok(
        "sendMessage", chat_id=ada.id, text="<b>a</b>", parse_mode="HTML", reply_markup=markup
    )
    place = {"chat_id": ada.id, "message_id": sent["message_id"]}
    same = {"text": "<strong>a</strong>", "parse_mode": "HTML", "reply_markup": markup}
    assert await bot.refused("editMessageText", **place, **same) == NOT_MODIFIED
    assert await bot.refused("editMessageReplyMarkup", **place, reply_markup=markup) == NOT_MODIFIED
    # the same words without the bold are another message, and without a keyboard the keyboard goes
    changed = await bot.ok("editMessageText", **place, text="a")
    assert "reply_markup" not in changed and "entities" not in changed and "edit_date" in changed


async def test_what_is_not_there_cannot_be_edited_or_deleted(bot: Any, ada: Any) -> None:
    place = {"chat_id": ada.id, "message_id": 4711}
    assert await bot.refused("editMessageText", **place, text="x") == "Bad Request: message to edit not found"
    assert await bot.refused("deleteMessage", **place) == "Bad Request: message to delete not found"
    own = ada.messages[0].id if ada.messages else 1
    words = "Bad Request: message can't be edited"
    assert await bot.refused("editMessageText", chat_id=ada.id, message_id=own, text="x") == words


async def test_a_photo_has_a_caption_and_no_text(bot: Any, ada: Any) -> None:
    sent = await bot.ok("sendPhoto", {"photo": ("a.png", plain_picture())}, chat_id=ada.id)
    place = {"chat_id": ada.id, "message_id": sent["message_id"]}
    words = "Bad Request: there is no text in the message to edit"
    assert await bot.refused("editMessageText", **place, text="x") == words
    edited = await bot.ok("editMessageCaption", **place, caption="<i>c</i>", parse_mode="HTML")
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("c", "italic")
    text = await bot.ok("sendMessage", chat_id=ada.id, text="x")
    words = "Bad Request: there is no caption in the message to edit"
    place["message_id"] = text["message_id"]
    assert await bot.refused("editMessageCaption", **place, caption="x") == words


@pytest.mark.parametrize(
    ("method", "content", "words"),
    [
        ("sendPhoto", b"not a picture", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", plain_picture(9999, 9), "PHOTO_INVALID_DIMENSIONS"),
        ("sendDocument", b"", "file must be non-empty"),
    ],
)
async def test_files_telegram_refuses(bot: Any, ada: Any, method: str, content: bytes, words: str) -> None:
    field = method.removeprefix("send").lower()
    refusal = await bot.refused(method, {field: ("a.bin", content)}, chat_id=ada.id)
    assert refusal == f"Bad Request: {words}"


async def test_files_that_are_too_big_or_missing(bot: Any, ada: Any) -> None:
    words = await bot.refused("sendPhoto", {"photo": ("a.png", b"\0" * 10_000_001)}, chat_id=ada.id)
    assert words.startswith("Bad Request: file of size 10000001 bytes is too big for a photo")
    words = await bot.refused("sendDocument", chat_id=ada.id, document="unknown-id")
    assert words.startswith("Bad Request: wrong remote file identifier specified")
    assert await bot.refused("sendPhoto", chat_id=ada.id) == "Bad Request: there is no photo in the request"
    long = {"caption": "c" * 1025, "chat_id": ada.id}
    refusal = await bot.refused("sendDocument", {"document": ("a.txt", b"x")}, **long)
    assert refusal == "Bad Request: message caption is too long"


async def test_a_tap_is_answered_once_and_in_time(bot: Any, ada: Any, story: Any) -> None:
    await bot.ok("sendMessage", chat_id=ada.id, text="x", reply_markup=keyboard([button()]))
    await ada.tap("Go", wait=False)
    query = (await bot.updates())[0]["callback_query"]["id"]
    too_long = {"callback_query_id": query, "text": "x" * 201}
    assert await bot.refused("answerCallbackQuery", **too_long) == "Bad Request: MESSAGE_TOO_LONG"
    assert await bot.ok("answerCallbackQuery", callback_query_id=query, text="x" * 200) is True
    assert await bot.refused("answerCallbackQuery", callback_query_id=query) == TOO_OLD
    await ada.tap("Go", wait=False)
    late = (await bot.updates())[-1]["callback_query"]["id"]
    await story.expire_queries()
    assert await bot.refused("answerCallbackQuery", callback_query_id=late) == TOO_OLD
    assert await bot.refused("answerCallbackQuery", callback_query_id="1") == TOO_OLD


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": f"c{n}", "description": "d"} for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
        ([{"command": "x" * 33, "description": "d"}], "command length must not exceed 32"),
        ([{"command": "", "description": "d"}], "command must be non-empty"),
        ([{"command": "x", "description": ""}], "command description must be non-empty"),
        ([{"command": "x", "description": "d" * 257}], "command description length must not exceed 256"),
        ([{"command": "Start", "description": "d"}], "BOT_COMMAND_INVALID"),
    ],
)
async def test_command_menus_telegram_refuses(bot: Any, commands: list[Any], words: str) -> None:
    assert await bot.refused("setMyCommands", commands=commands) == f"Bad Request: {words}"


async def test_a_menu_of_a_hundred_is_taken_by_language_and_scope(bot: Any, story: Any) -> None:
    many = [{"command": f"c{n}", "description": "d"} for n in range(100)]
    await bot.ok("setMyCommands", commands=many)
    french = [{"command": "aide", "description": "De l'aide"}]
    await bot.ok("setMyCommands", commands=french, language_code="fr", scope={"type": "all_private_chats"})
    assert await bot.refused("setMyCommands", commands=many, language_code="french") == (
        "Bad Request: invalid language code specified"
    )
    ada, zoe = await story.person("Ada"), await story.person("Zoé", "fr-CA")
    assert len(await ada.menu()) == 100
    assert await zoe.menu() == {"aide": "De l'aide"}


async def test_descriptions_have_their_limits_and_languages(bot: Any) -> None:
    assert (await bot.call("setMyDescription", description="d" * 513))["ok"] is False
    assert (await bot.call("setMyShortDescription", short_description="d" * 121))["ok"] is False
    await bot.ok("setMyDescription", description="Hello")
    await bot.ok("setMyDescription", description="Bonjour", language_code="fr")
    assert await bot.ok("getMyDescription") == {"description": "Hello"}
    assert await bot.ok("getMyDescription", language_code="fr") == {"description": "Bonjour"}
    assert await bot.ok("getMyDescription", language_code="de") == {"description": "Hello"}


async def test_tokens(sandbox: Any, bot: Any) -> None:
    for token, answer in (("nonsense", 404), ("12:wrong", 401), ("123456:right", 200)):
        sandbox.world.settings.token = "123456:right"
        response = await bot.client.post(f"{sandbox.url}/bot{token}/getMe")
        assert response.status_code == answer
        if answer == 401:
            assert response.json()["description"] == "Unauthorized"
    assert (await bot.client.get(f"{sandbox.url}/bot123456:right/nothing")).status_code == 404


async def test_inline_answers_telegram_refuses(bot: Any, ada: Any) -> None:
    def article(number: int, **more: Any) -> dict[str, Any]:
        content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
        return {"type": "article", "id": str(number), "title": "t", "input_message_content": content, **more}

    async def refusal(results: list[Any]) -> str:
        return str(await bot.refused("answerInlineQuery", inline_query_id="1", results=results))

    assert await refusal([article(n) for n in range(51)]) == "Bad Request: RESULTS_TOO_MUCH"
    assert await refusal([article(1), article(1)]) == "Bad Request: RESULT_ID_DUPLICATE"
    assert await refusal([article(1, id="x" * 65)]) == "Bad Request: RESULT_ID_INVALID"
    assert await refusal([article(1)]) == TOO_OLD
    broken = article(1, input_message_content={"message_text": "<b>", "parse_mode": "HTML"})
    assert "can't parse entities" in await refusal([broken])


async def test_a_group_that_moved_names_its_new_address(bot: Any, ada: Any, story: Any) -> None:
    group = await story.group("Class", ada)
    await bot.ok("sendMessage", chat_id=group, text="hello")
    new = await story.migrate(group)
    answer = await bot.call("sendMessage", chat_id=group, text="again")
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (await bot.ok("sendMessage", chat_id=new, text="again"))["chat"]["type"] == "supergroup"
    kinds = [next(key for key in u if key != "update_id") for u in await bot.updates()]
    assert kinds == ["my_chat_member", "message", "message"]
