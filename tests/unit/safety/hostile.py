"""What people with bad intentions send, and a conversation to send it to."""

from __future__ import annotations

import html
from datetime import date
from functools import cache

from bot.conversation.events import Asker, Event
from bot.conversation.library import load_library
from bot.conversation.replies import Attachment, InlineAnswer, Notice, Reply, Say
from bot.conversation.session import Session
from bot.sandbox.html import parse_html
from bot.telegram.packing import pack, unpack
from bot.voice import Voice

TODAY = date(2026, 11, 23)
ANN = Asker(chat_id=77, language_code="en", in_group=False, is_admin=False)
HOSTILE = (
    "<b>bold</b><script>alert(1)</script>",
    "</b></i></a><a href='tg://user?id=1'>x",
    "{{ 7 * 7 }} {% for x in [].__class__.__base__.__subclasses__() %}x{% endfor %}",
    "%(asctime)s {0.__class__} ${jndi:ldap://x}",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "\u202eevil\u202c \u0000 \ufeff \U000e0001",
    "'; DROP TABLE sessions; --",
    "../../../../etc/passwd",
    "a" * 4_096,
    "<" * 4_000,
    "[click](https://evil.example) *_`~>#+-=|{}.!",
    "1a|000000|1|yes",
)


@cache
def voice() -> Voice:
    return Voice(load_library("help@example.org"))


def texts(reply: Reply) -> list[str]:
    """Every text of a reply that Telegram reads as HTML."""
    match reply:
        case Say(text=text):
            return [text]
        case Attachment(caption=caption):
            return [caption]
        case InlineAnswer(cards=cards):
            return [card.text for card in cards]
        case Notice():
            return []


def turn(session: Session, event: Event, asker: Asker = ANN) -> tuple[Session, list[Reply]]:
    """One turn as the carrier makes it: the session goes through its stored form, the replies through theirs."""
    spoken = voice()
    outcome = spoken.respond(session, event, asker, TODAY)
    for reply in outcome.replies:
        assert unpack(pack(reply)) == reply
        for text in texts(reply):
            parse_html(text)
    return spoken.load(spoken.dump(outcome.session), asker), list(outcome.replies)


def begun(asker: Asker = ANN) -> Session:
    return voice().load(None, asker)


def escaped(text: str) -> str:
    return html.escape(text, quote=False)
