"""The province card as a picture: one page of facts, three provinces side by side."""

from __future__ import annotations

from collections.abc import Mapping

from bot.printing.typesetting import typeset


def make(data: Mapping[str, object]) -> bytes:
    """A PNG. `data`: language, title, subtitle, provinces (3 names), lines (label, cells of text and source
    number), sources (texts in the order of their numbers), warning."""
    return typeset("province_card", data, "png")
