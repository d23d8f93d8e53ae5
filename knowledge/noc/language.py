"""Which language a text is in: English, French, both, or one the matcher does not read."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from knowledge.noc.unit_group import Language

Detected = Literal["en", "fr", "mixed", "other"]

LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# The small words a text cannot do without. Words that two of the languages share prove nothing and are left out.
SMALL_WORDS_WRITTEN = {
    "en": """the and of to for with from my our their by is are was were at that this these all as be have has had on in
        or i we it you they any other such ensure provide develop manage using working""",
    "fr": """le la les des du et au aux dans pour avec sur par une est sont nos mes leurs ses ce cette ces qui que ou je
        nous vous à l d être ainsi chez afin selon toutes tous plus""",
    "es": "el los las y del para con por una es en que mi sus al como más desarrollo trabajo soy",
    "pt": "os do da dos das para com por uma em que não ao meu são trabalho sou",
    "it": "gli di del della per con una che nel alla sono dei lavoro",
    "de": "der die das und von mit für zu den im auf ein eine ist ich bei oder",
    "nl": "het een en van met voor op aan zijn dat ik bij",
    "tl": "ang ng mga sa at ay ko ako para nag mag",
    "hi": "hai mein ka ki ke ko main aur se karta hoon",
    "tr": "ve bir için ile bu olarak da de",
    "pl": "na do jest się oraz dla praca",
    "vi": "và của cho các là tôi trong với",
}
SMALL_WORDS = {name: frozenset(written.split()) for name, written in SMALL_WORDS_WRITTEN.items()}
READ = ("en", "fr")
FOREIGN_SCRIPT = 0.3
FEWEST_FOREIGN = 3


def detect(text: str) -> Detected:
    """The language of a text; "en" where nothing tells (a bare title is looked up in both languages anyway)."""
    if foreign_script(text) > FOREIGN_SCRIPT:
        return "other"
    found = [word.casefold() for word in LATIN_WORD.findall(text)]
    counts = {
        name: sum(word in small for word in split_elisions(found)) for name, small in SMALL_WORDS.items()
    }
    read = max(counts["en"], counts["fr"])
    foreign = max(count for name, count in counts.items() if name not in READ)
    if foreign >= FEWEST_FOREIGN and foreign > 1.3 * read:
        return "other"
    return between(counts["en"], counts["fr"], text)


def between(english: int, french: int, text: str) -> Detected:
    """English, French or both, from how many small words of each there are."""
    if not english and not french:
        return "fr" if has_french_letters(text) else "en"
    lesser, greater = sorted((english, french))
    if lesser >= 3 and lesser > 0.45 * greater:
        return "mixed"
    if english == french:
        return "fr" if has_french_letters(text) else "en"
    return "fr" if french > english else "en"


def answering(detected: Detected, asked: Language | None) -> Language:
    """The language to answer in: the one asked for, else the one of the text."""
    return asked or ("fr" if detected == "fr" else "en")


def split_elisions(found: list[str]) -> list[str]:
    return [part for word in found for part in re.split("['’]", word)]


def has_french_letters(text: str) -> bool:
    return bool(re.search(r"[éèêàâçîïôûùœ]|\w\((?:e|ne|ère|rice|trice|euse|ive|le|se)\)", text.casefold()))


def foreign_script(text: str) -> float:
    """The share of letters that are not Latin."""
    letters = [sign for sign in text[:4000] if sign.isalpha()]
    if not letters:
        return 0.0
    return sum(not unicodedata.name(sign, "").startswith("LATIN") for sign in letters) / len(letters)
