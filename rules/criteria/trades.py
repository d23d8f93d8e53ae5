"""Which occupations the rules treat as trades: groups named by their first digits, kept as data."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Groups(BaseModel):
    """Occupations by the beginning of their code, less some."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    included: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    def hold(self, code: str) -> bool:
        inside = any(code.startswith(start) for start in self.included)
        return inside and not any(code.startswith(start) for start in self.excluded)
