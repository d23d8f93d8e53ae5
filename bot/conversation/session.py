"""What the bot remembers of one conversation: answers and the place in it, nothing the person wrote freely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_serializer

from bot.alerts.filters import AlertFilters
from knowledge.content.render import Language
from rules.profile import Profile

Goal = Literal["ontario", "federal", "eoi", "crs", "fsw"]
Consent = Literal["unasked", "given", "refused"]


class NocChoice(BaseModel):
    """The last match, kept as codes: what was proposed, and how sure the bot was."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    codes: tuple[str, ...] = ()
    confidence: Literal["sure", "likely", "unsure"] = "unsure"


class Session(BaseModel):
    """One person's conversation, stored as JSON between two messages.

    `id` changes with every restart and `step` with every question, so an old keyboard is told from today's.
    `asking` is the field (or `part.field` inside a job or spouse) whose question is open. `declined` are fields the
    person does not know; `trail` the answered ones in order, for going back; `draft` the parts of a job or spouse
    that are not complete yet. `awaiting` names the tool that asked for a text (a letter, an article, a date);
    `alerts` what draw alerts are wanted, None for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    step: int = 0
    language: Language = "en"
    language_chosen: bool = False
    consent: Consent = "unasked"
    goal: Goal | None = None
    asking: str | None = None
    profile: Profile = Field(default_factory=Profile)
    declined: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    draft: Mapping[str, object] = Field(default_factory=dict)
    noc: NocChoice = Field(default_factory=NocChoice)
    awaiting: str | None = None
    alerts: AlertFilters | None = None
    last_tap: str | None = None

    @field_serializer("profile")
    def _given_answers(self, profile: Profile) -> dict[str, object]:
        """Only what was answered: a default must not come back as an answer."""
        return profile.given()

    def at(self, **changes: object) -> Session:
        """This session with some fields changed; the rest as it was."""
        return self.model_copy(update=changes)

    @property
    def interviewing(self) -> bool:
        return self.asking is not None
