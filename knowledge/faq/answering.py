"""From an entry to the words a person reads: rendered for a day, a language and, where it helps, a profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jinja2 import Environment, Template
from markupsafe import Markup

from knowledge.content.render import Language, environment, french_spaces, long_date, number
from knowledge.draws.draw import Draw
from knowledge.faq.entry import Entry
from knowledge.faq.facts import Facts
from knowledge.faq.person import Person
from rules.errors import NotInForce
from rules.profile import Profile
from rules.rulebook import Citation, Confidence

WEAKEST_LAST: tuple[Confidence, ...] = ("official", "official-derived", "secondary", "unverified")


@dataclass(frozen=True, slots=True)
class FaqAnswer:
    """An answer as it is sent. `html` is Telegram HTML without a heading.

    `source_url` is empty for what the bot says of itself.
    `as_of` is the oldest date and `confidence` the weakest among the proofs the answer rests on.
    """

    slug: str
    title: str
    html: Markup
    source_url: str
    as_of: date
    confidence: Confidence
    related: tuple[str, ...]
    covers: tuple[int, ...]


def answer(
    entry: Entry, lang: Language, today: date, profile: Profile | None, draws: Sequence[Draw] | None = None
) -> FaqAnswer:
    """The entry on a day. Where the rules hold nothing for that day, the answer says so and names none.

    `draws` are the ones known by now; the record that ships with the bot where none are given.
    """
    facts = Facts(today) if draws is None else Facts(today, draws)
    try:
        html = rendered(entry, lang, facts, profile)
        proofs = tuple(facts.citation(name) for name in entry.cite)
    except NotInForce as missing:
        return _answer(entry, lang, Markup.escape(missing.reason.text(lang)), _proofs_without_day(entry))
    return _answer(entry, lang, html, proofs)


def rendered(entry: Entry, lang: Language, facts: Facts, profile: Profile | None) -> Markup:
    """The answer's text; a line break in the source parts two paragraphs."""
    person = Person.of(profile, facts.on, lang) if profile is not None else Person.unknown()
    # doubled, because a break right behind a block belongs to the block
    source = entry.answer.text(lang).replace("\n", "\n\n")
    text = template(source, lang).render(
        rule=facts.rule,
        was=facts.was,
        in_year=facts.in_year,
        scores=facts.scores,
        newest=facts.newest,
        rounds=facts.rounds,
        state=facts.state,
        since=facts.since,
        registers=facts.registers,
        newer_reported=facts.newer_reported(),
        on=facts.on,
        me=person,
    )
    # not split(): it would also take the narrow spaces inside French numbers
    paragraphs = (re.sub(" +", " ", line).strip(" ") for line in text.splitlines())
    joined = "\n\n".join(line for line in paragraphs if line)
    return Markup(french_spaces(joined) if lang == "fr" else joined)  # noqa: S704 - the template escaped it


def _answer(entry: Entry, lang: Language, html: Markup, proofs: tuple[Citation, ...]) -> FaqAnswer:
    return FaqAnswer(
        slug=entry.slug,
        title=entry.named(lang),
        html=html,
        source_url=entry.url or proofs[0].url,
        as_of=min(proof.as_of for proof in proofs),
        confidence=max((proof.confidence for proof in proofs), key=WEAKEST_LAST.index),
        related=entry.related,
        covers=entry.covers,
    )


def _proofs_without_day(entry: Entry) -> tuple[Citation, ...]:
    """The proofs as they stand on the last day any is held, for a day on which the rule did not exist."""
    return tuple(Facts(date.max).citation(name) for name in entry.cite if _held_open(name)) or (
        Facts(date.max).citation("GENERAL"),
    )


def _held_open(name: str) -> bool:
    try:
        Facts(date.max).citation(name)
    except NotInForce:
        return False
    return True


@lru_cache(maxsize=2)
def _environment(lang: Language) -> Environment:
    """The house's templates, with numbers and dates written as the language does without being asked."""

    def written(value: object) -> object:
        if isinstance(value, date):
            return long_date(value, lang)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return number(value, lang)
        return value

    return environment(lang).overlay(finalize=written)


@lru_cache(maxsize=512)
def template(text: str, lang: Language) -> Template:
    return _environment(lang).from_string(text)
