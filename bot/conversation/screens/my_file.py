"""My file: everything told and got so far, as one PDF."""

from __future__ import annotations

from bot.conversation.my_file import my_file
from bot.conversation.replies import Attachment
from bot.conversation.turn import Outcome, Turn, rows
from rules.errors import RuleError


def show(turn: Turn) -> Outcome:
    """The document; while nothing was told, the way to the questions."""
    if not turn.session.profile.model_fields_set:
        buttons = rows(turn.go("menu.streams", "goal", "ontario"), turn.go("tools.back", "tools"), width=1)
        return turn.say("my_file_empty", buttons)
    try:
        data = my_file(turn)
    except RuleError as problem:
        said = problem.text(turn.language)
        return turn.say("problem", rows(turn.go("review", "review")), problem=said, said=None)
    caption = turn.text("my_file", glance=data["glance"], answers=len(turn.session.profile.model_fields_set))
    buttons = rows(
        turn.go("review", "review"),
        turn.go("tool.human", "human"),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )
    return Outcome(turn.session, (Attachment("my_file", data, caption, buttons, form="document"),))
