"""Statistics Canada's files as published, read into the texts of the 516 unit groups and checked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.noc.official_table import BrokenOfficialFile, Table, read
from knowledge.noc.official_texts import LANGUAGES, OfficialGroup, OfficialTexts
from knowledge.noc.tokens import stems
from knowledge.noc.unit_group import Language

UNIT_GROUPS = 516
CODE = re.compile(r"\d{1,5}")
OASIS_CODE = re.compile(r"(\d{5})(?:\.\d{1,2})?")
LONGEST_HEADING = 10
# The labels of the elements, in both languages, and what they hold.
LABELS: Mapping[str, tuple[str, Language]] = {
    "main duties": ("duties", "en"),
    "fonctions principales": ("duties", "fr"),
    "all examples": ("titles", "en"),
    "tous les exemples": ("titles", "fr"),
    "illustrative example(s)": ("titles", "en"),
    "exemple(s) illustratif(s)": ("titles", "fr"),
    "inclusion(s)": ("", "en"),
    "employment requirements": ("requirements", "en"),
    "conditions d'accès à la profession": ("requirements", "fr"),
    "exclusion(s)": ("exclusions", "en"),
    "additional information": ("", "en"),
    "renseignements supplémentaires": ("", "fr"),
}
Texts = dict[tuple[str, Language], dict[str, None]]


@dataclass(slots=True)
class Draft:
    """What has been read so far: names and texts by code, texts in order and once each."""

    names: dict[str, dict[Language, str]] = field(default_factory=lambda: defaultdict(dict))
    leads: dict[str, dict[Language, str]] = field(default_factory=lambda: defaultdict(dict))
    texts: dict[str, Texts] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    pairs: int = 0

    def add(self, code: str, what: str, language: Language, text: str) -> None:
        if what and text:
            self.texts[code][what, language][text] = None


def import_files(
    files: Iterable[tuple[str, bytes]],
    progress: Callable[[str], None] | None = None,
    expected: int = UNIT_GROUPS,
) -> OfficialTexts:
    """The texts of all unit groups from files (name, content) in any order; raises BrokenOfficialFile."""
    draft = Draft()
    for name, content in files:
        take(read(name, content), draft)
        if progress:
            progress(name)
    return checked(draft, expected)


def take(table: Table, draft: Draft) -> None:
    """Everything one table says."""
    takers = {
        "structure": take_class,
        "elements": take_element,
        "concordance": take_pair,
        "oasis": take_profile,
    }
    language = element_language(table)
    for line, row in table.rows:
        takers[table.kind](table.name, line, row, language, draft)


def take_class(name: str, line: int, row: Mapping[str, str], language: Language, draft: Draft) -> None:
    """A class of the structure; only unit groups, the fifth level, are kept."""
    if row.get("level", "5") != "5" or ("level" not in row and len(row["code"]) != 5):
        return
    code = unit_group_code(name, line, row["code"])
    titles = {
        "en": row.get("title_en"),
        "fr": row.get("title_fr"),
        language: row.get("title", row.get(f"title_{language}")),
    }
    leads = {
        "en": row.get("lead_en"),
        "fr": row.get("lead_fr"),
        language: row.get("lead", row.get(f"lead_{language}")),
    }
    for each in LANGUAGES:
        if title := titles.get(each):
            draft.names[code][each] = title
        if lead := leads.get(each):
            draft.leads[code][each] = lead


def take_element(name: str, line: int, row: Mapping[str, str], language: Language, draft: Draft) -> None:
    if row.get("level", "5") != "5":
        return
    code = unit_group_code(name, line, row["code"])
    label = row["element"].casefold().replace("’", "'")
    if label not in LABELS:
        raise BrokenOfficialFile(
            name, line, f"an element of an unknown type: {row['element'][:60] or 'none'}"
        )
    what, labelled = LABELS[label]
    if "title" in row:
        draft.names[code].setdefault(language, row["title"])
    draft.add(code, what, language if label == "exclusion(s)" else labelled, row["text"])


def take_pair(name: str, line: int, row: Mapping[str, str], _: Language, draft: Draft) -> None:
    """The concordance is checked; the project has it as facts of its own."""
    unit_group_code(name, line, row["new_code"])
    if not CODE.fullmatch(row["old_code"]) or len(row["old_code"]) > 4:
        raise BrokenOfficialFile(name, line, f"not a code of NOC 2016: {row['old_code'][:20] or 'none'}")
    draft.pairs += 1


def take_profile(name: str, line: int, row: Mapping[str, str], language: Language, draft: Draft) -> None:
    found = OASIS_CODE.fullmatch(row["oasis_code"])
    if not found:
        raise BrokenOfficialFile(
            name, line, f"not a profile code such as 21231.00: {row['oasis_code'][:20] or 'none'}"
        )
    draft.add(found.group(1), "duties", language, row.get("oasis_duty", ""))
    draft.add(found.group(1), "titles", language, row.get("oasis_title", ""))
    if lead := row.get("oasis_lead"):
        draft.leads[found.group(1)].setdefault(language, lead)


def unit_group_code(name: str, line: int, code: str) -> str:
    """A five-digit code, its leading zeros put back where a spreadsheet ate them."""
    if not CODE.fullmatch(code):
        raise BrokenOfficialFile(name, line, f"not a five-digit code: {code[:20] or 'none'}")
    return code.zfill(5)


def element_language(table: Table) -> Language:
    """The language of the labels, where the headers do not tell."""
    for _, row in table.rows[:200]:
        label = row.get("element", "").casefold().replace("’", "'")
        if label in LABELS and LABELS[label][1] == "fr":
            return "fr"
    return table.language


def checked(draft: Draft, expected: int) -> OfficialTexts:
    """All groups, each with a title and duties; raises BrokenOfficialFile naming what is missing."""
    codes = sorted(code for code, names in draft.names.items() if names)
    if len(codes) != expected:
        raise BrokenOfficialFile(
            "the files together", None, f"{len(codes)} unit groups where there must be {expected}"
        )
    groups = tuple(group_of(code, draft) for code in codes)
    without = [group.code for group in groups if not any(group.duties.values())]
    if without:
        shown = ", ".join(without[:5])
        raise BrokenOfficialFile(
            "the files together", None, f"{len(without)} unit groups without duties: {shown}"
        )
    return OfficialTexts(groups=groups)


def group_of(code: str, draft: Draft) -> OfficialGroup:
    def told(what: str) -> dict[Language, tuple[str, ...]]:
        return {
            language: tuple(texts)
            for language in LANGUAGES
            if (texts := draft.texts[code].get((what, language)))
        }

    titles = told("titles")
    return OfficialGroup(
        code=code,
        title=dict(draft.names[code]),
        lead=dict(draft.leads[code]),
        duties={
            language: real_duties(duties, (*titles.get(language, ()), draft.names[code].get(language, "")))
            for language, duties in told("duties").items()
        },
        titles=titles,
        requirements=told("requirements"),
        exclusions=told("exclusions"),
    )


def real_duties(lines: Iterable[str], titles: Iterable[str]) -> tuple[str, ...]:
    """Without the header lines ("… the following duties:") and the role sub-headings among them."""
    naming = {word for title in titles for word in stems(title)}
    return tuple(
        line.rstrip(";. ") for line in lines if not line.endswith(":") and not is_heading(line, naming)
    )


def is_heading(line: str, naming: set[str]) -> bool:
    """A role such as "Construction millwrights": short, and every word stands in a title of the group."""
    words = stems(line)
    return len(words) <= LONGEST_HEADING and not line.endswith((";", ".")) and set(words) <= naming
