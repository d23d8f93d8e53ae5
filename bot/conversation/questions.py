"""The wording of the interview's questions, from `knowledge/content/questions.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

import knowledge.content
from knowledge.content.render import Language


class Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    fr: str

    def to(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en


class Wording(BaseModel):
    """How one field is asked: its name, the question, what is accepted, the labels of its choices."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    ask: Words
    help: Words | None = None
    choices: Mapping[str, Words] = Field(default_factory=dict)


MANY = TypeAdapter(dict[str, Wording])


@lru_cache(maxsize=1)
def wordings() -> Mapping[str, Wording]:
    """All wordings by field name."""
    path = Path(knowledge.content.__file__).parent / "questions.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return MANY.validate_python(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))  # noqa: S506 - safe


def wording(field: str) -> Wording:
    """The wording of `field`; raises KeyError for a field that cannot be asked."""
    return wordings()[field]
