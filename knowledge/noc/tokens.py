"""From text to comparable words: one spelling, one ending, English and French alike, without the empty words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+")
# "directeur(rice)", "agent(e)": the ending in brackets only says that both genders are meant.
GENDER_IN_BRACKETS = re.compile(r"(?<=[a-z])\(([a-z]{1,7})\)")
ELISION = re.compile(r"\b(?:l|d|qu|n|s|j|m|t|c|lorsqu|puisqu|jusqu|quelqu)['’](?=\w)")
POSSESSIVE = re.compile(r"['’]s?\b")
# Names whose signs are their meaning, written so that they survive the cut into words.
SIGNS = (
    (re.compile(r"\bc\+\+"), "cplusplus"),
    (re.compile(r"\b([cf])#"), r"\1sharp"),
    (re.compile(r"(?<![a-z])\.net\b"), "dotnet"),
    (re.compile(r"\b(asp|vb)\.net\b"), "dotnet"),
    (re.compile(r"\b(node|react|vue|next|angular|express|three|d3)\.?js\b"), r"\1js"),
    (re.compile(r"\bci\s?/\s?cd\b"), "cicd"),
    (re.compile(r"\bui\s?/\s?ux\b|\bux\s?/\s?ui\b"), "ui ux"),
    (re.compile(r"\br\s?&\s?d\b"), "research and development"),
    (re.compile(r"\bpl/sql\b"), "plsql"),
    (re.compile(r"\bt-sql\b"), "tsql"),
    (re.compile(r"\bfull[\s-]stack\b"), "fullstack"),
    (re.compile(r"\bfront[\s-]end\b"), "frontend"),
    (re.compile(r"\bback[\s-]end\b"), "backend"),
    (re.compile(r"\bdev[\s-]ops\b"), "devops"),
    (re.compile(r"\be-?mails?\b"), "email"),
)
# Words that tell nothing about a job, in English and French.
EMPTY_WORDS = """
    a an and any are as at be been being by can could do does did each either for from had has have he her his how i if
    in into is it its may me more most my no not of off on one or other our out over own per she should so some such
    than that the their them then there these they this those through to too under until up us very via was we were
    what when where which while who whom whose will with within would you your etc eg ie also including include
    includes using use used various well day daily am im ive
    au aux avec ce ces cet cette dans de des du elle elles en et est eux il ils je la le les leur leurs lui ma mais mes
    moi mon ne nos notre nous ou par pas pour plus qu que qui sa se ses si son sont sur ta te tes ton tu un une vos
    votre vous y etre ete etait ainsi afin selon chez entre comme dont aussi autre autres tout tous toute toutes ai as
    avons avez ont suis sommes etes
"""
EMPTY = frozenset(EMPTY_WORDS.split())
# "IT" is a word of its own and not the pronoun: in capitals, or in front of what it goes with.
INFORMATION_TECHNOLOGY = re.compile(
    r"\b(?:IT|I\.T\.|TI)(?![\w'’])"
    r"|\b[iI]t(?= (?:manager|director|support|project|department|staff|team|consultant|specialist|technician|analyst|"
    r"administrator|admin|officer|coordinator|security|systems|infrastructure|operations|services|auditor|help)\b)"
    r"|\b[iI]nformation [tT]echnolog(?:y|ies)\b|\btechnologies de l['’]information\b"
)
FRENCH_FEMININE = (
    ("trice", "teur"),
    ("ienne", "ien"),
    ("iere", "ier"),
    ("euse", "eur"),
    ("ive", "if"),
    ("elle", "el"),
)
SHORTEST_STEM = 4


def words(text: str) -> tuple[str, ...]:
    """The words of a text in one spelling: lower case, no accents, no elisions, signs of names kept."""
    return tuple(WORD.findall(plain(text)))


def plain(text: str) -> str:
    """Lower case without accents, elisions or endings in brackets; punctuation is left."""
    text = text if text.isupper() and len(text) > 12 else INFORMATION_TECHNOLOGY.sub("infotech", text)
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    folded = "".join(sign for sign in folded if not unicodedata.combining(sign))
    folded = ELISION.sub("", folded)
    folded = POSSESSIVE.sub("", folded)
    for sign, name in SIGNS:
        folded = sign.sub(name, folded)
    return GENDER_IN_BRACKETS.sub("", folded)


def stems(text: str) -> tuple[str, ...]:
    """The meaningful words of a text without their endings, in order, repeats kept."""
    return tuple(stem(word) for word in words(text) if word not in EMPTY and not word.isdigit())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without plural, gender and verb endings: "engineers" is "engineer", "technicienne" is "technicien"."""
    if len(word) <= SHORTEST_STEM or any(sign.isdigit() for sign in word):
        return word
    return without_e(without_verb_ending(with_one_gender(without_plural(word))))


def without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def with_one_gender(word: str) -> str:
    for feminine, masculine in FRENCH_FEMININE:
        if word.endswith(feminine) and len(word) - len(feminine) >= 2:
            return word[: -len(feminine)] + masculine
    return word


def without_verb_ending(word: str) -> str:
    """Without -ing, -ed and -ment, a doubled consonant made single: "planning" and "plan", "tested" and "test"."""
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and any(vowel in root for vowel in "aeiouy"):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls"
            return root[:-1] if doubled else root
    return word


def without_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST_STEM else word
