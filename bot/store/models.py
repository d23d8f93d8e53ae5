"""Every table of the store: importing this module is what makes the metadata complete.

A table about people has the columns `chat_id` and `person_id`, so that /forget and /export cover it by
themselves.
"""

from bot.store.agreements import AgreementRow
from bot.store.alerts import AlertRow
from bot.store.audit import AuditRow
from bot.store.base import Base
from bot.store.deliveries import DeliveryRow
from bot.store.draws import DrawRevisionRow, DrawRow
from bot.store.feedback import FeedbackRow
from bot.store.inbox import InboxRow
from bot.store.notices import NoticeRow
from bot.store.outbox import OutboxRow
from bot.store.sessions import SessionRow
from bot.store.subscriptions import SubscriptionCodeRow, SubscriptionRow
from bot.store.watched import SourceRow
from bot.store.workers import PaceRow, WorkerRow

__all__ = [
    "AgreementRow",
    "AlertRow",
    "AuditRow",
    "Base",
    "DeliveryRow",
    "DrawRevisionRow",
    "DrawRow",
    "FeedbackRow",
    "InboxRow",
    "NoticeRow",
    "OutboxRow",
    "PaceRow",
    "SessionRow",
    "SourceRow",
    "SubscriptionCodeRow",
    "SubscriptionRow",
    "WorkerRow",
]
