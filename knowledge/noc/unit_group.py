"""A unit group of NOC 2021: what the project says about it, and what its code says by itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "fr"]
Code = Annotated[str, Field(pattern=r"^\d{5}$")]
OFFICIAL_PROFILE = (
    "https://noc.esdc.gc.ca/Structure/NOCProfile?GocTemplateCulture={culture}&code={code}&version=2021.0"
)


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """A text in English and, where the project has it, in French."""

    en: str
    fr: str | None = None

    def to(self, language: Language) -> str:
        """The text in `language`, in English where there is no French one."""
        return self.fr if language == "fr" and self.fr else self.en


class Texts(Model):
    """Several texts in the same order in both languages; `fr` is empty where there is no French."""

    en: tuple[str, ...]
    fr: tuple[str, ...] = ()

    def to(self, language: Language) -> tuple[str, ...]:
        return self.fr if language == "fr" and self.fr else self.en


class Elsewhere(Model):
    """Work that people look for here and that belongs to `code`."""

    what: Text
    code: Code


class Confusion(Model):
    """A neighbour, and the question that decides: yes is this group, no is `code`."""

    code: Code
    question: Text


class UnitGroup(Model):
    """One of the 516 unit groups, in the project's own words; only the title is the official one."""

    code: Code
    title: Text
    lead: Text
    duties: Texts
    titles: Texts
    requirements: Text
    elsewhere: tuple[Elsewhere, ...] = ()
    confused_with: tuple[Confusion, ...] = ()

    @property
    def teer(self) -> int:
        """Training, education, experience and responsibilities: the second digit, 0 to 5."""
        return int(self.code[1])

    @property
    def broad_category(self) -> str:
        return self.code[0]

    @property
    def major_group(self) -> str:
        return self.code[:2]

    @property
    def sub_major_group(self) -> str:
        return self.code[:3]

    @property
    def minor_group(self) -> str:
        return self.code[:4]

    def has_french_duties(self) -> bool:
        return bool(self.duties.fr)

    def official_profile(self, language: Language) -> str:
        """The address of the official text of this unit group."""
        return OFFICIAL_PROFILE.format(culture="fr-CA" if language == "fr" else "en-CA", code=self.code)
