"""What the rules say to a reader, in English and in French: a code, its parameters, and the sentence."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rules.errors import DataError

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_THIN = "\u202f"
_HARD = "\u00a0"


class Bilingual(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    fr: str

    def text(self, lang: Language) -> str:
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence still free of language: `code` names it in `data/texts`, `params` fill its gaps.

    Parameters may be numbers, dates, texts, other reasons, bilingual texts, or sequences of these.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: Language = "en") -> str:
        """The sentence in a language. Raises DataError for a code without text or a gap left open."""
        template = texts().get(self.code)
        if template is None:
            raise DataError(f"texts:{self.code}", "no text of this name")
        sentence = template.text(lang)
        if "{" not in sentence:
            return sentence
        try:
            return "".join(_filled(part, self.params, lang) for part in _parts(sentence))
        except (KeyError, IndexError, ValueError) as error:
            raise DataError(f"texts:{self.code}", f"cannot be filled in {lang}: {error!r}") from error

    def __str__(self) -> str:
        return self.text("en")


@cache
def texts() -> Mapping[str, Bilingual]:
    """Every text of `data/texts/*.yaml` by code. Raises DataError where two files use one code."""
    from rules.rulebook import documents

    found: dict[str, Bilingual] = {}
    for name, document in documents("texts/").items():
        for code, entry in (document or {}).items():
            if code in found:
                raise DataError(f"{name}:{code}", "this text stands in two files")
            found[code] = Bilingual.model_validate(entry)
    return found


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> tuple[tuple[str, str | None, str], ...]:
    """A sentence cut into plain text, the gap that follows, and how the gap is written."""
    return tuple((plain, gap, written or "") for plain, gap, written, _ in string.Formatter().parse(sentence))


def _filled(part: tuple[str, str | None, str], params: Mapping[str, object], lang: Language) -> str:
    plain, gap, written = part
    return plain if gap is None else plain + _written(params[gap], written, lang)


def _written(value: Any, how: str, lang: Language) -> str:
    """`{x}` plain, `{x:money}` dollars and cents, `{x:dollars}` whole dollars, `{x:and}` / `{x:or}` lists."""
    if how in ("and", "or"):
        return _join([say(item, lang) for item in value], how, lang)
    if how in ("money", "dollars"):
        return money(float(value), lang, cents=how == "money")
    return format(value, how) if how else say(value, lang)


def say(value: object, lang: Language) -> str:
    """A value as a reader of that language writes it."""
    if isinstance(value, (Reason, Bilingual)):
        return value.text(lang)
    if isinstance(value, date):
        return day(value, lang)
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "fr": ("non", "oui")}[lang][value]
    if isinstance(value, (int, float)):
        return number(value, lang)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(say(item, lang) for item in value)
    return str(value)


def day(value: date, lang: Language) -> str:
    """`26 June 2026`, `26 juin 2026`, `1er juin 2026`."""
    first = "1er" if lang == "fr" and value.day == 1 else str(value.day)
    return f"{first} {_MONTHS[lang].split()[value.month - 1]} {value.year}"


def number(value: float, lang: Language) -> str:
    """Thousands as `70,000` or `70 000`; decimals only where there are some."""
    text = f"{int(value):,}" if value == int(value) else f"{value:,}"
    return text if lang == "en" else text.replace(",", _THIN).replace(".", ",")


def money(value: float, lang: Language, *, cents: bool = True) -> str:
    """`$41.00` or `41,00 $`; without cents `$70,000` or `70 000 $`."""
    text = f"{value:,.2f}" if cents else f"{round(value):,}"
    if lang == "en":
        return f"${text}"
    return text.replace(",", _THIN).replace(".", ",") + f"{_HARD}$"


def _join(items: Sequence[str], kind: str, lang: Language) -> str:
    word = {"and": ("and", "et"), "or": ("or", "ou")}[kind][lang == "fr"]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
