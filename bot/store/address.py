"""Who a row belongs to: one person in one chat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Telegram's numbers of a chat and of the person speaking in it; the same number in a private chat."""

    chat_id: int
    person_id: int

    @property
    def private(self) -> bool:
        return self.chat_id == self.person_id
