"""The rules as one page for a reviewer: HTML for the screen, PDF for the pen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from bot.printing.typesetting import HERE, typeset
from rules.fact_sheet import Fact
from rules.texts import Language, Reason

_HEADINGS = ("entry", "value", "dates", "source", "as_of", "confidence", "review")


def as_html(facts: Iterable[Fact], on: date, lang: Language) -> str:
    """A page without scripts or outside resources, one table for each file of rule data."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    reader = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    return reader.get_template("fact_sheet.html.j2").render(sheet(facts, on, lang))


def as_pdf(facts: Iterable[Fact], on: date, lang: Language) -> bytes:
    return typeset("fact_sheet", sheet(facts, on, lang), "pdf")


def sheet(facts: Iterable[Fact], on: date, lang: Language) -> dict[str, Any]:
    """All the words of the page, in sections by file; plain JSON types."""
    sections = [
        {"id": where, "rows": [_row(fact, on, lang) for fact in group]}
        for where, group in groupby(facts, key=lambda fact: fact.where)
    ]
    rows = sum(len(section["rows"]) for section in sections)
    words = {
        "title": Reason("sheet.title", {"on": on}).text(lang),
        "intro": Reason("sheet.intro", {"rows": rows}).text(lang),
        "headings": [Reason(f"sheet.{name}").text(lang) for name in _HEADINGS],
    }
    return {"lang": lang, "words": words, "sections": sections}


def _row(fact: Fact, on: date, lang: Language) -> dict[str, Any]:
    citation = fact.citation
    return {
        "name": fact.name,
        "value": fact.value,
        "note": fact.note.text(lang) if fact.note else "",
        "dates": f"{fact.since or '…'} – {fact.until or '…'}" if fact.since or fact.until else "",
        "source": f"{citation.key}: {citation.title}" if citation else "",
        "url": citation.url if citation else "",
        "as_of": citation.as_of.isoformat() if citation else "",
        "confidence": citation.confidence if citation else "",
        "review": fact.review.isoformat() if fact.review else "",
        "late": fact.stale(on),
    }
