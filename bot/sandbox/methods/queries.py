"""Answers to taps and to inline queries."""

from __future__ import annotations

import time
from typing import Any

from bot.sandbox import limits
from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import inline_only
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.people import Json
from bot.sandbox.text import utf16_length
from bot.sandbox.world import Query, World

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _open(queries: dict[str, Query], query_id: str | None) -> Query:
    query = queries.pop(query_id or "", None)
    if query is None or query.until < time.monotonic():
        raise bad_request(_TOO_OLD)
    return query


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    text = params.text("text") or ""
    if utf16_length(text) > limits.CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if (url := params.text("url")) and not url.startswith(("https://t.me/", "tg://")):
        raise bad_request("URL_INVALID")
    query = _open(world.queries, params.text("callback_query_id"))
    world.feed.publish(
        "notice",
        query.chat_id,
        query_id=query.id,
        person_id=query.person_id,
        text=text,
        alert=params.flag("show_alert"),
        url=url,
    )
    return True


@method("answerInlineQuery")
def answer_inline_query(world: World, params: Params) -> bool:
    results = params.data("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: expected an Array")
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len((params.text("next_offset") or "").encode()) > limits.INLINE_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    made = [_result(result) for result in results]
    if len({result["id"] for result in made}) < len(made):
        raise bad_request("RESULT_ID_DUPLICATE")
    _publish_results(world, params, made)
    return True


def _publish_results(world: World, params: Params, made: list[Json]) -> None:
    query = _open(world.inline_queries, params.text("inline_query_id"))
    query.results = made
    world.inline_queries[query.id] = query
    world.feed.publish(
        "inline_results",
        query.chat_id,
        query_id=query.id,
        results=made,
        next_offset=params.text("next_offset") or "",
        button=params.data("button"),
    )


def _result(result: Any) -> Json:
    """One inline result, its message parsed. Raises ApiError 400."""
    if not isinstance(result, dict) or not 1 <= len(str(result.get("id", "")).encode()) <= (
        limits.INLINE_RESULT_ID_BYTES
    ):
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") == "article" and not result.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    inline_only(result.get("reply_markup"))
    content = result.get("input_message_content")
    if result.get("type") == "article" and not content:
        raise bad_request("can't parse inline query result: Can't find field \"input_message_content\"")
    return {**result, "message": _inline_text(content)} if content else result


def _inline_text(content: Json) -> Json:
    value = formatted(content.get("message_text") or "", content.get("parse_mode"), content.get("entities"))
    if not value.text:
        raise bad_request("message text is empty")
    if utf16_length(value.text) > limits.TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return {"text": value.text} | ({"entities": list(value.entities)} if value.entities else {})
