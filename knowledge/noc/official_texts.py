"""The imported official texts of unit groups: titles, duties and lead statements, as kept after an import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge.noc.index import Entry
from knowledge.noc.unit_group import Language

LANGUAGES: tuple[Language, ...] = ("en", "fr")


class OfficialGroup(BaseModel):
    """What the official files say about one unit group, by language; `exclusions` name work that belongs elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    title: Mapping[Language, str]
    lead: Mapping[Language, str] = {}
    duties: Mapping[Language, tuple[str, ...]] = {}
    titles: Mapping[Language, tuple[str, ...]] = {}
    requirements: Mapping[Language, tuple[str, ...]] = {}
    exclusions: Mapping[Language, tuple[str, ...]] = {}


class OfficialTexts(BaseModel):
    """All unit groups as imported."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    groups: tuple[OfficialGroup, ...]

    def entries(self) -> list[Entry]:
        """The texts as the index takes them."""
        return [entry for group in self.groups for entry in entries_of(group)]

    def group(self, code: str) -> OfficialGroup | None:
        return next((group for group in self.groups if group.code == code), None)


def entries_of(group: OfficialGroup) -> Iterator[Entry]:
    for language in LANGUAGES:
        titles = (*filter(None, [group.title.get(language)]), *group.titles.get(language, ()))
        yield from (Entry(group.code, "title", language, title, official=True) for title in titles)
        for duty in group.duties.get(language, ()):
            yield Entry(group.code, "duty", language, duty, official=True)
        if lead := group.lead.get(language):
            yield Entry(group.code, "lead", language, lead, official=True)


def read(path: Path) -> OfficialTexts:
    """The texts an import wrote."""
    return OfficialTexts.model_validate_json(path.read_bytes())
