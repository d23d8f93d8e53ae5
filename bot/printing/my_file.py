"""My file: everything a person told and got, as one PDF worth taking to an adviser."""

from __future__ import annotations

from collections.abc import Mapping

from bot.printing.typesetting import typeset


def make(data: Mapping[str, object]) -> bytes:
    """A PDF of US-letter pages. `data` is what bot.conversation.my_file gives."""
    return typeset("my_file", data, "pdf")
