"""A tool that waits for a text: it gets the next one, whatever it is, unless the person goes elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import routes
from bot.conversation.callbacks import Go, encode
from bot.conversation.events import Asker, Command, Event, Tap, Text
from bot.conversation.library import Library
from bot.conversation.machine import begin, respond
from bot.conversation.replies import Attachment, Say
from bot.conversation.turn import Outcome

TODAY = date(2026, 11, 23)
ME = Asker(1, "en")
WAITING = ("article", "letter.21231", "letter.99999", "letter", "date.test", "date.nowhere", "date", "gone")


def after(library: Library, waiting: str, event: Event, asker: Asker = ME) -> Outcome:
    session = begin("ab12", asker.language_code).at(awaiting=waiting)
    return respond(session, event, asker, TODAY, library)


@pytest.mark.parametrize("waiting", WAITING)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=300))
def test_any_text_has_an_answer_and_none_is_kept(library: Library, waiting: str, text: str) -> None:
    outcome = after(library, waiting, Text(text))
    assert outcome.replies
    if len(text.strip()) > 12:
        assert text.strip() not in outcome.session.model_dump_json()


@pytest.mark.parametrize(
    "event",
    [
        Command("help"),
        Command("checklist"),
        Tap(encode(Go("menu")), 7, "q"),
        Tap(encode(Go("human")), 7, "q"),
    ],
)
def test_who_goes_elsewhere_is_no_longer_waited_for(library: Library, event: Event) -> None:
    assert after(library, "article", event).session.awaiting is None


def test_in_a_group_nothing_is_waited_for(library: Library) -> None:
    outcome = after(library, "article", Text("You need an LMIA."), replace(ME, in_group=True))
    assert not any(isinstance(reply, Say) and "to correct" in reply.text for reply in outcome.replies)


def test_a_group_may_compare_provinces_and_sees_only_public_buttons(library: Library) -> None:
    outcome = after(library, "", Command("provinces"), replace(ME, in_group=True))
    (reply,) = outcome.replies
    assert isinstance(reply, Attachment)
    labels = [button.label for row in reply.keyboard for button in row]
    assert "Other provinces" in labels and "All tools" not in labels


def test_every_tool_can_be_reached_by_command_and_by_button() -> None:
    from bot.conversation.screens.tools import TOOLS

    assert set(TOOLS) <= set(routes.COMMANDS) & set(routes.SCREENS)
