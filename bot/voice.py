"""The conversation of bot.conversation, in the form the carrier wants: sessions as text, today's library at hand."""

from __future__ import annotations

import secrets
from datetime import date

import structlog
from pydantic import ValidationError

from bot.conversation.events import Asker, Event
from bot.conversation.library import Library
from bot.conversation.machine import begin, respond
from bot.conversation.session import Session
from bot.conversation.turn import Outcome

log = structlog.get_logger()


class Voice:
    """bot.telegram.conversing.Conversation over the real machine."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def load(self, stored: str | None, asker: Asker) -> Session:
        """The stored session; a new one where there is none or this version cannot read it."""
        if stored is not None:
            try:
                return Session.model_validate_json(stored)
            except ValidationError as error:
                log.error("session cannot be read, so it starts anew", faults=error.error_count())
        return begin(secrets.token_hex(3), asker.language_code)

    def dump(self, session: Session) -> str:
        return session.model_dump_json()

    def respond(self, session: Session, event: Event, asker: Asker, today: date) -> Outcome:
        return respond(session, event, asker, today, self._library)
