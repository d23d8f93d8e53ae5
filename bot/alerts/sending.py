"""One alert to one person, and what its outcome means. Pure but for the send itself; retrying is decided here only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.alerts.message import Message
from bot.alerts.states import BLOCKED, FAILED, RETRY, SENT, UNCERTAIN
from bot.store.deliveries import Claimed, Result
from bot.telegram.faults import Fault, Kind, classify
from bot.telegram.keyboards import NO_PREVIEW, markup

LONGEST_WAIT = 300.0
# What surely did not arrive is tried for hours; an address that never works must end some time.
MOST_TRIES = 60
# A policy that sends the uncertain again does so once: two copies at most.
UNCERTAIN_TRIES = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """The row's new state, and what else follows: a pause for everybody, a chat that moved or went."""

    result: Result
    pause: float = 0.0
    moved_to: int | None = None
    gone: bool = False


class Carrier(Protocol):
    """What delivering needs of Telegram."""

    async def send(self, chat_id: int, message: Message, silent: bool) -> int:
        """The message's number; raises TelegramError."""
        ...


class TelegramCarrier:
    """Sends in the broadcast lane, behind every reply to a person who is waiting."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: int, message: Message, silent: bool) -> int:
        sent = await self._bot.send_message(
            chat_id,
            message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(message.keyboard),
            link_preview_options=NO_PREVIEW,
            disable_notification=silent,
            rate_limit_args="broadcast",  # type: ignore[call-arg]  # ExtBot's, which ours is
        )
        return sent.message_id


async def attempt(
    carrier: Carrier,
    claimed: Claimed,
    message: Message,
    resend_uncertain: bool,
    clock: Callable[[], datetime],
) -> Outcome:
    """Send once and say what became of it."""
    try:
        number = await carrier.send(claimed.chat_id, message, claimed.silent)
    except TelegramError as error:
        return judge(classify(error), claimed, type(error).__name__, resend_uncertain, clock())
    return Outcome(Result(claimed.chat_id, SENT, message_id=number))


def judge(fault: Fault, claimed: Claimed, said: str, resend: bool, moment: datetime) -> Outcome:
    """What a fault makes of a delivery: the only place that decides whether it is tried again."""
    chat = claimed.chat_id
    if fault.kind is Kind.GONE:
        return Outcome(Result(chat, BLOCKED, reason=said), gone=True)
    if fault.kind is Kind.MOVED and fault.moved_to is not None:
        return Outcome(Result(chat, RETRY, reason=said, due_at=moment), moved_to=fault.moved_to)
    if fault.kind in (Kind.LATER, Kind.TOKEN) and claimed.attempts < MOST_TRIES:
        wait = fault.wait if fault.wait is not None else backoff(claimed.attempts)
        due = moment + timedelta(seconds=wait)
        pause = fault.wait or (wait if fault.kind is Kind.TOKEN else 0.0)
        return Outcome(Result(chat, RETRY, reason=said, due_at=due), pause=pause)
    if fault.kind is Kind.UNCERTAIN:
        if resend and claimed.attempts < UNCERTAIN_TRIES:
            due = moment + timedelta(seconds=backoff(claimed.attempts))
            return Outcome(Result(chat, RETRY, reason=said, due_at=due))
        return Outcome(Result(chat, UNCERTAIN, reason=said))
    return Outcome(Result(chat, FAILED, reason=said))


def backoff(attempts: int) -> float:
    """Seconds before try number `attempts` + 1: 1, 2, 4 … up to five minutes."""
    return float(min(LONGEST_WAIT, 2.0 ** min(attempts - 1, 9)))
