"""Who the bot is and what it says about itself: account, command menu, name and descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.people import Json
from bot.sandbox.world import World

_LANGUAGE = re.compile(r"[a-z]{2}")
_COMMAND = re.compile(r"[a-z0-9_]+")
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


@method("getMe")
def get_me(world: World, params: Params) -> Json:  # noqa: ARG001 - every handler takes both
    return world.bot.as_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.settings.group_privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
@method("close")
def say_goodbye(world: World, params: Params) -> bool:  # noqa: ARG001 - every handler takes both
    return True


def _language(params: Params) -> str:
    code = params.text("language_code") or ""
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(world: World, params: Params) -> str:
    """A scope as one word: its type, and the chat it names."""
    scope = params.data("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not kind.startswith("chat"):
        return str(kind)
    try:
        world.chat_for_bot(int(scope["chat_id"]))
    except (KeyError, ValueError):
        raise bad_request("chat not found") from None
    return f"{kind}:{scope['chat_id']}" + (f":{scope['user_id']}" if "user_id" in scope else "")


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    key = (_scope(world, params), _language(params))
    commands = params.data("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.bot.commands[key] = [_command(command) for command in commands]
    world.feed.publish("commands", None)
    return True


def _command(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(value.get("command", "")).strip().removeprefix("/")
    description = str(value.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > limits.COMMAND_NAME:
        raise bad_request(f"command length must not exceed {limits.COMMAND_NAME}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > limits.COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {limits.COMMAND_DESCRIPTION}")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.bot.commands.get((_scope(world, params), _language(params)), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    world.bot.commands.pop((_scope(world, params), _language(params)), None)
    world.feed.publish("commands", None)
    return True


def _texts(field: str, longest: int, words: str, texts: Callable[[World], dict[str, str]]) -> None:
    """Enter the pair of methods that set and get one of the bot's texts by language."""
    stem = "".join(part.title() for part in field.split("_"))

    @method(f"setMy{stem}")
    def put(world: World, params: Params) -> bool:
        code, text = _language(params), params.text(field) or ""
        if len(text) > longest:
            raise bad_request(words)
        if text:
            texts(world)[code] = text
        else:
            texts(world).pop(code, None)
        if field == "name" and not code:
            world.bot.name = text or world.settings.bot_name
        world.feed.publish("profile", None)
        return True

    @method(f"getMy{stem}")
    def get(world: World, params: Params) -> Json:
        default = world.bot.name if field == "name" else ""
        return {field: world.bot.in_language(texts(world), _language(params)) or default}


_texts("name", limits.BOT_NAME, "BOT_TITLE_INVALID", lambda world: world.bot.names)
_texts("description", limits.BOT_DESCRIPTION, "BOT_DESCRIPTION_INVALID", lambda world: world.bot.descriptions)
_texts(
    "short_description",
    limits.BOT_SHORT_DESCRIPTION,
    "BOT_SHORT_DESCRIPTION_INVALID",
    lambda world: world.bot.short_descriptions,
)


@method("setChatMenuButton")
def set_chat_menu_button(world: World, params: Params) -> bool:
    world.bot.menu_button = params.data("menu_button") or {"type": "commands"}
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, params: Params) -> Json:  # noqa: ARG001 - every handler takes both
    return world.bot.menu_button


@method("getChat")
def get_chat(world: World, params: Params) -> Json:
    chat = world.chat_for_bot(params.chat_id())
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Json:
    chat = world.chat_for_bot(params.chat_id())
    person = world.people.get(params.integer("user_id") or 0)
    if person is None:
        raise bad_request("member not found")
    inside = person.id in chat.members or chat.id == person.id
    return {"status": "member" if inside else "left", "user": person.as_user()}
