"""The methods of the Bot API, by name."""

from __future__ import annotations

from bot.sandbox.methods import editing, profile, queries, receiving, sending
from bot.sandbox.methods.registry import METHODS, Method

__all__ = ["METHODS", "Method", "editing", "profile", "queries", "receiving", "sending"]
