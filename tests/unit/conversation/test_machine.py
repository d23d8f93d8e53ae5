"""Whatever a person does: always a reply, never an exception, and the session always loads from its JSON."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversation.events import Asker, Command, Event, InlineQuery, Media, Tap, Text
from bot.conversation.library import Library, load_library
from bot.conversation.machine import begin, respond
from bot.conversation.replies import InlineAnswer, Notice, Say
from bot.conversation.routes import COMMANDS, SCREENS
from bot.conversation.session import Session
from bot.conversation.turn import Outcome

TODAY = date(2026, 11, 23)
SAID = st.sampled_from(
    [
        "yes", "no", "oui", "21231", "2173", "99999", "Ottawa", "Perth", "$41/h", "85k a year", "14 months", "CLB 9",
        "IELTS 7 8 7 7", "I don't know", "back", "stop", "29", "March 2024", "bachelor", "now", "Lagos, Nigeria", "?",
        "Is there a tech draw?", "I write code, test it, deploy services and review my team's changes every day",
        "<b>", "🙂", "", "0", "-1",
    ]
)  # fmt: skip
ANY = st.text(max_size=200)


@cache
def library() -> Library:
    return load_library()


class Conversation(RuleBasedStateMachine):
    """Random events, each answered by the pure core; the session goes through JSON after every one."""

    @initialize(language=st.sampled_from(["en", "fr-CA", None, "zz"]))
    def start(self, language: str | None) -> None:
        self.asker = Asker(1, language)
        self.session = begin("s", language)
        self.buttons: list[str] = []
        self.replied = True

    def happens(self, event: Event) -> None:
        outcome = respond(self.session, event, self.asker, TODAY, library())
        self.session = Session.model_validate_json(outcome.session.model_dump_json())
        assert self.session == outcome.session
        self.replied = bool(outcome.replies or outcome.effects)
        self.remember(outcome)

    def remember(self, outcome: Outcome) -> None:
        for reply in outcome.replies:
            assert isinstance(reply, InlineAnswer) or getattr(reply, "text", "x") is not None
            if isinstance(reply, Say):
                assert reply.text.strip()
                taps = [button.data for row in reply.keyboard for button in row if button.data]
                assert all(len(data.encode()) <= 64 for data in taps)
                self.buttons = (self.buttons + taps)[-60:]
            if isinstance(reply, Notice):
                assert len(reply.text) <= 200

    @rule(text=st.one_of(SAID, SAID, ANY))
    def says(self, text: str) -> None:
        self.happens(Text(text))

    @rule(name=st.sampled_from(sorted(COMMANDS)), argument=st.one_of(st.just(""), SAID))
    def commands(self, name: str, argument: str) -> None:
        self.happens(Command(name, argument))

    @precondition(lambda self: self.buttons)
    @rule(data=st.data())
    def taps(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(self.buttons))
        self.happens(Tap(chosen, data.draw(st.integers(1, 5)), "q"))

    @rule(route=st.sampled_from(sorted(SCREENS)), argument=st.one_of(SAID, st.text(max_size=20)))
    def forges(self, route: str, argument: str) -> None:
        self.happens(Tap(f"1g|{route}|{argument}", 9, "q"))

    @rule(kind=st.sampled_from(["photo", "voice", "sticker"]))
    def sends(self, kind: str) -> None:
        self.happens(Media(kind))

    @rule(text=SAID)
    def types_inline(self, text: str) -> None:
        self.happens(InlineQuery("q", text))

    @invariant()
    def somebody_answers(self) -> None:
        assert getattr(self, "replied", True)


Conversation.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestConversation = Conversation.TestCase
