"""The tools in one place."""

from __future__ import annotations

from bot.conversation.turn import Outcome, Turn, rows

TOOLS = ("relocation", "myfile", "letter", "checklist", "deadlines", "article", "provinces", "human")


def show(turn: Turn) -> Outcome:
    """Every tool as a button."""
    buttons = [turn.go(f"tool.{tool}", tool) for tool in TOOLS]
    return turn.say("tools", rows(*buttons, turn.go("to_menu", "menu")))
