"""All unit groups by code, compiled from the YAML of `groups/`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.artefact import compiled
from knowledge.noc.unit_group import UnitGroup

GROUPS = Path(__file__).parent / "groups"
MANY = TypeAdapter(tuple[UnitGroup, ...])


class BrokenContent(ValueError):
    """A content file that cannot be read: names the file, the entry and the field."""


class Catalogue(Mapping[str, UnitGroup]):
    """The unit groups by five-digit code, in code order."""

    def __init__(self, groups: tuple[UnitGroup, ...]) -> None:
        self._groups = {group.code: group for group in sorted(groups, key=lambda group: group.code)}
        self._titles = frozenset(
            title.casefold()
            for group in groups
            for title in (*group.titles.en, *group.titles.fr, group.title.en, group.title.fr or "")
        )

    def has_title(self, text: str) -> bool:
        """Whether `text` is a job title the project knows, letter for letter but for case."""
        return " ".join(text.split()).casefold() in self._titles

    def __getitem__(self, code: str) -> UnitGroup:
        return self._groups[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)


@lru_cache(maxsize=1)
def load() -> Catalogue:
    """The compiled catalogue; compiled first where the YAML has changed."""
    return Catalogue(MANY.validate_json(compiled("noc-groups", content_files(), build)))


def content_files() -> tuple[Path, ...]:
    return tuple(sorted(GROUPS.glob("*.yaml")))


def build() -> bytes:
    """All groups validated, as JSON; raises BrokenContent with the place of the fault."""
    groups = [group for path in content_files() for group in read(path)]
    return json.dumps([group.model_dump(exclude_none=True) for group in groups], ensure_ascii=False).encode()


def read(path: Path) -> tuple[UnitGroup, ...]:
    """The unit groups of one file; raises BrokenContent."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return MANY.validate_python(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))  # noqa: S506 - safe
    except yaml.YAMLError as broken:
        raise BrokenContent(f"{path.name}: not readable as YAML: {broken}") from broken
    except ValidationError as broken:
        first = broken.errors()[0]
        where = " -> ".join(str(part) for part in first["loc"])
        raise BrokenContent(f"{path.name}: entry {where}: {first['msg']}") from broken
