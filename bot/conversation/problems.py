"""An answer that could not be read: a code, and the words that tell what is accepted."""

from __future__ import annotations

from knowledge.content.render import Language, label


class NotUnderstood(ValueError):
    """What was typed is not an answer to the open question; `text` says what is."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def text(self, language: Language) -> str:
        data = {
            name: ", ".join(value) if isinstance(value, tuple) else shown(value)
            for name, value in self.data.items()
        }
        return label(f"problem.{self.code}", language, **data)


def shown(value: object) -> object:
    """Bounds without a needless decimal."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
