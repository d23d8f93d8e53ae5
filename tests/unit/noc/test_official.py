"""Statistics Canada's files as published: read by their headers, checked, and put in place in one step."""

from __future__ import annotations

import httpx
import pytest

from bot import noc_import
from knowledge.noc import catalogue
from knowledge.noc.matching import load_matcher
from knowledge.noc.official import import_files
from knowledge.noc.official_table import BrokenOfficialFile, read
from knowledge.noc.official_texts import read as read_texts

STRUCTURE = (
    "\ufeffLevel,Hierarchical structure,Code - NOC 2021 V1.0,Class title,Class definition\r\n"
    "1,Broad Category,7,Trades,Trades of all kinds\r\n"
    '5,Unit Group,72999,"Lamp menders, trade","Lamp menders mend lamps, of all sizes"\r\n'
)
STRUCTURE_FR = (
    "\ufeffNiveau,Structure hiérarchique,Code dela CNP 2021 v1.0,Titres de classes,Définitions de la classe\n"
    "5,Groupe de base,72999,Réparateurs de lampes,Ils réparent des lampes\n"
)
ELEMENTS = (
    "Level,Code - NOC 2021 V1.0,Class title,Element Type Label English,Element Description English\n"
    '5,72999,"Lamp menders, trade",All examples,lamp mender\n'
    '5,72999,"Lamp menders, trade",All examples,"mender, ""big"" lamps"\n'
    '5,72999,"Lamp menders, trade",Main duties,Lamp menders do some of these things:\n'
    '5,72999,"Lamp menders, trade",Main duties,Lamp menders\n'
    '5,72999,"Lamp menders, trade",Main duties,Replace worn wicks and glass;\n'
    '5,72999,"Lamp menders, trade",Exclusion(s),Lamp designers (See 22211)\n'
)
ELEMENTS_FR = (
    "noc_code,class_title,element_type,text\n"
    "72999,Réparateurs de lampes,Tous les exemples,réparateur/réparatrice de lampes\n"
    "72999,Réparateurs de lampes,Fonctions principales,remplacer les mèches usées;\n"
)
CONCORDANCE = "NOC2016,NOC2016_Title,Change_type,NOC2021,Title,Notes\n7999,Lamp menders,VC1,72999,Menders,\n"


def files(**contents: str):
    return [(f"{name}.csv", text.encode()) for name, text in contents.items()]


def whole():
    return files(a=STRUCTURE, b=STRUCTURE_FR, c=ELEMENTS, d=ELEMENTS_FR, e=CONCORDANCE)


def test_the_published_files_become_one_group():
    (group,) = import_files(whole(), expected=1).groups
    assert group.title == {"en": "Lamp menders, trade", "fr": "Réparateurs de lampes"}
    assert group.lead["en"] == "Lamp menders mend lamps, of all sizes"
    assert group.titles["en"] == ("lamp mender", 'mender, "big" lamps')
    assert group.duties["fr"] == ("remplacer les mèches usées",)


def test_header_lines_and_role_headings_are_no_duties():
    (group,) = import_files(whole(), expected=1).groups
    assert group.duties["en"] == ("Replace worn wicks and glass",)


def test_the_order_of_files_does_not_matter():
    assert import_files(whole()[::-1], expected=1) == import_files(whole(), expected=1)


def test_columns_are_found_by_header_wherever_they_stand():
    turned = "text,element_type,noc_code\nRepair lamps by hand,Main duties,72999\n"
    (group,) = import_files(files(a=STRUCTURE, b=turned), expected=1).groups
    assert group.duties["en"] == ("Repair lamps by hand",)


def test_a_leading_zero_that_a_spreadsheet_ate_is_put_back():
    structure = "noc_code,class_title\n10,Legislators\n"
    assert read("x.csv", structure.encode()).kind == "structure"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "x.csv, line 1: not a table"),
        ("a,b\n1,2\n", "x.csv, line 1: not a table"),
        (STRUCTURE.splitlines()[0] + "\n", "x.csv: there are no rows"),
        (
            "noc_code,element_type,text\n72999,Main duties\n",
            "x.csv, line 2: 2 columns where the header has 3",
        ),
        (
            "noc_code,element_type,text\nABCDE,Main duties,Mend\n",
            "x.csv, line 2: not a five-digit code: ABCDE",
        ),
        (
            "noc_code,element_type,text\n72999,Songs,Mend\n",
            "x.csv, line 2: an element of an unknown type: Songs",
        ),
        ('noc_code,element_type,text\n72999,Main duties,"Mend\n', "x.csv, line"),
        ("NOC2016,NOC2021\n79990,72999\n", "x.csv, line 2: not a code of NOC 2016"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_reason(content, message):
    with pytest.raises(BrokenOfficialFile) as refused:
        import_files([("x.csv", content.encode())], expected=1)
    assert str(refused.value).startswith(message)


def test_letters_of_windows_are_read_too():
    (group,) = import_files(
        [(name, text.decode("utf-8-sig").encode("cp1252")) for name, text in whole()], expected=1
    ).groups
    assert group.title["fr"] == "Réparateurs de lampes"


def test_missing_groups_and_groups_without_duties_are_refused():
    with pytest.raises(BrokenOfficialFile, match="1 unit groups where there must be 516"):
        import_files(whole())
    with pytest.raises(BrokenOfficialFile, match="without duties: 72999"):
        import_files(files(a=STRUCTURE), expected=1)


@pytest.fixture
def all_groups() -> list[tuple[str, bytes]]:
    """A made-up edition of the files with all 516 groups and one duty each."""
    structure, elements = ["noc_code,class_title"], ["noc_code,element_type,text"]
    for code, group in catalogue.load().items():
        structure.append(f'{code},"{group.title.en}"')
        elements.append(f"{code},Main duties,Do the made-up duty number {code}")
    return [("structure.csv", "\n".join(structure).encode()), ("elements.csv", "\n".join(elements).encode())]


def test_an_import_replaces_the_index_and_a_broken_one_leaves_it(tmp_path, all_groups):
    steps: list[str] = []
    assert noc_import.installed(tmp_path) is None
    path = noc_import.import_into(tmp_path, all_groups, steps.append)
    assert noc_import.installed(tmp_path) == path
    assert steps == ["structure.csv", "elements.csv", "index"]
    assert read_texts(path).group("21231").duties["en"] == ("Do the made-up duty number 21231",)
    assert load_matcher(path).match("made-up duty number 72999 wick").matches
    before = path.read_bytes()
    with pytest.raises(BrokenOfficialFile):
        noc_import.import_into(tmp_path, [*all_groups, ("x.csv", b"a,b\n1,2\n")], steps.append)
    assert path.read_bytes() == before
    assert not [each for each in path.parent.iterdir() if each.suffix not in {".json", ".bin"}]


def test_a_download_brings_the_files_by_name():
    answering = httpx.MockTransport(lambda request: httpx.Response(200, content=request.url.path.encode()))
    found = dict(noc_import.downloaded(["https://x.example/a/one.csv"], answering))
    assert found == {"one.csv": b"/a/one.csv"}


def test_a_download_that_fails_says_which_file():
    failing = httpx.MockTransport(lambda _: httpx.Response(503))
    with pytest.raises(noc_import.CannotDownload, match=r"one\.csv.*503"):
        list(noc_import.downloaded(["https://x.example/one.csv"], failing))
