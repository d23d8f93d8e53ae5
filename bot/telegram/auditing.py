"""Every action of an administrator is written down in the transaction that carries it out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.events import Asker
from bot.conversation.replies import AdminAction, Reply
from bot.store import audit
from bot.telegram.effects import AdminHook

# Looking at something changes nothing.
ONLY_LOOKS = frozenset({"status", "show"})


def audited(hook: AdminHook) -> AdminHook:
    """`hook`, with an entry in the audit log for each action."""

    async def noted(tx: AsyncConnection, action: AdminAction, asker: Asker) -> Sequence[Reply]:
        answer = await hook(tx, action, asker)
        if action.name not in ONLY_LOOKS:
            await audit.note(tx, str(asker.chat_id), action.name, action.argument, "asked in the chat")
        return answer

    return noted
