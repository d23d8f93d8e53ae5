"""The makers of pictures and documents, each through the child process the bot uses."""

from bot.printing import Printer

CARD = {
    "language": "en",
    "title": "The way in",
    "subtitle": "side by side",
    "provinces": ["Ontario", "British Columbia", "Alberta"],
    "lines": [{"label": "Fees", "cells": [["$1,500 #set text(red)", 1], ["*none*", 1], ["<b>", 2]]}],
    "sources": ["one", "two"],
    "warning": "never compare",
}


async def test_the_province_card_is_a_picture_and_its_words_are_not_markup() -> None:
    made = await Printer().make("province_card", CARD)
    assert made.startswith(b"\x89PNG")
