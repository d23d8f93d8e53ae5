"""Every entry, in both languages, on many days: it renders, it is proven, it leads somewhere."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from knowledge.faq.answering import answer
from knowledge.faq.entry import read_entries
from rules.texts import LANGUAGES

ENTRIES = read_entries()
TODAY = date(2026, 11, 23)
DAYS = [
    date(2024, 3, 1),  # the old streams
    date(2026, 1, 5),  # the redesign is announced
    date(2026, 6, 10),  # everything is closed
    date(2026, 7, 10),  # open, no registration yet
    date(2026, 11, 2),  # the last day of the ranking grid that is held
    TODAY,
    date(2027, 2, 1),  # no allocation of that year is known
]
HOSTS = {
    "www.ontario.ca",
    "www.canada.ca",
    "www.cic.gc.ca",
    "noc.esdc.gc.ca",
    "www.jobbank.gc.ca",
    "www.ontarioimmigration.gov.on.ca",
    "college-ic.ca",
    "lso.ca",
    "www.regulatoryregistry.gov.on.ca",
    "www.welcomebc.ca",
    "www.alberta.ca",
    "www.saskatchewan.ca",
    "immigratemanitoba.com",
    "liveinnovascotia.com",
    "www2.gnb.ca",
}
TELEGRAM_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}


class Reader(HTMLParser):
    """Collects tags and links, and fails on a tag that is never closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_renders_on_every_day(lang, day):
    for entry in ENTRIES.values():
        given = answer(entry, lang, day, None)
        read = Reader(str(given.html))
        assert given.html.strip(), entry.slug
        assert not read.open, entry.slug
        assert set(read.tags) <= TELEGRAM_TAGS, entry.slug
        assert "None" not in given.html, entry.slug
        assert "  " not in given.html, entry.slug
        for link in (*read.links, *filter(None, [given.source_url])):
            assert urlsplit(link).hostname in HOSTS, (entry.slug, link)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_today_every_entry_has_its_own_answer(lang):
    """The sentence for a day without rules is for other days."""
    missing = re.compile("No value is held|Aucune valeur n’est connue")
    assert not [
        slug for slug, entry in ENTRIES.items() if missing.search(answer(entry, lang, TODAY, None).html)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_the_bot_itself_needs_no_page(lang):
    without = {slug for slug, entry in ENTRIES.items() if not answer(entry, lang, TODAY, None).source_url}
    assert without == {slug for slug, entry in ENTRIES.items() if entry.cite == ("own",)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_paragraphs_are_kept_apart(lang):
    for slug, entry in ENTRIES.items():
        html = answer(entry, lang, TODAY, None).html
        assert not re.search(r"[a-z0-9][.?!][A-ZÀÉ][a-zà]", html), slug


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_are_short(lang):
    for entry in ENTRIES.values():
        assert 60 <= len(answer(entry, lang, TODAY, None).html) <= 1500, entry.slug
        assert len(entry.title.text(lang)) <= 60, entry.slug  # it stands on a button


def test_french_is_spaced_as_in_canada():
    for entry in ENTRIES.values():
        given = answer(entry, "fr", TODAY, None)
        for text in (given.title, re.sub("<[^>]*>", "", given.html)):
            assert not re.search(r" [:»%$]|« |\s[;?!]", text), entry.slug


def test_related_entries_exist_and_are_others():
    for entry in ENTRIES.values():
        assert entry.related, entry.slug
        assert entry.slug not in entry.related
        assert set(entry.related) <= set(ENTRIES), (entry.slug, set(entry.related) - set(ENTRIES))


def test_every_question_is_asked_in_both_languages():
    for entry in ENTRIES.values():
        for lang in LANGUAGES:
            ways = entry.ways.of(lang)
            assert len(ways) >= 6, (entry.slug, lang)
            assert len(set(ways)) == len(ways), (entry.slug, lang)
