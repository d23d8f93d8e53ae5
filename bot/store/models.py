"""Every table of the store: importing this module is what makes the metadata complete.

A table about people has the columns `chat_id` and `person_id`, so that /forget and /export cover it by
themselves.
"""

from bot.store.base import Base
from bot.store.feedback import FeedbackRow
from bot.store.inbox import InboxRow
from bot.store.outbox import OutboxRow
from bot.store.sessions import SessionRow
from bot.store.subscriptions import SubscriptionRow

__all__ = ["Base", "FeedbackRow", "InboxRow", "OutboxRow", "SessionRow", "SubscriptionRow"]
