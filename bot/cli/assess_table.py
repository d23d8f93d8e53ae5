"""Assessments and the field catalogue as tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from rules.fields import Field
from rules.streams import VERDICTS, StreamAssessment
from rules.texts import Language, Reason
from rules.truth import Truth

_MARKS = {Truth.YES: "✓", Truth.NO: "✗", Truth.UNKNOWN: "?"}


def show(
    found: Iterable[StreamAssessment], lang: Language, *, detailed: bool, console: Console | None = None
) -> None:
    """One line a stream; `detailed` adds each criterion with its reason, and the notes."""
    out = console or Console()
    streams = tuple(found)
    out.print(_summary(streams, lang))
    for one in streams if detailed else ():
        out.print(_criteria(one, lang))
        for note in one.notes:
            out.print(f"• {note.text.text(lang)}", markup=False, highlight=False)
        out.print(one.page, markup=False, highlight=False)


def _summary(streams: tuple[StreamAssessment, ...], lang: Language) -> Table:
    day = Reason("assess.title", {"on": streams[0].on}).text(lang) if streams else ""
    table = Table(title=day)
    for column in ("stream", "state", "verdict", "asks"):
        table.add_column(Reason(f"assess.column.{column}").text(lang))
    for one in streams:
        verdict = Reason(f"assess.verdict.{VERDICTS[one.verdict]}").text(lang)
        state = Reason(f"assess.state.{one.state}").text(lang)
        table.add_row(one.name.text(lang), state, f"{_MARKS[one.verdict]} {verdict}", ", ".join(one.asks[:4]))
    return table


def _criteria(one: StreamAssessment, lang: Language) -> Table:
    table = Table(title=one.name.text(lang), show_lines=True)
    table.add_column("")
    table.add_column(Reason("assess.column.criterion").text(lang))
    table.add_column(Reason("assess.column.reason").text(lang))
    table.add_column(Reason("assess.column.source").text(lang), overflow="fold")
    for result in one.criteria:
        change = f"\n→ {result.change.text(lang)}" if result.change else ""
        words = result.reason.text(lang) + change
        table.add_row(_MARKS[result.verdict], result.label.text(lang), words, result.source.url)
    return table


def show_fields(fields: Iterable[Field], console: Console | None = None) -> None:
    """The catalogue of what a profile may say: name, kind, and what is accepted."""
    table = Table()
    table.add_column("field", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    table.add_column("accepted")
    for field in fields:
        table.add_row(field.name, field.kind, _accepted(field))
    (console or Console()).print(table)


def _accepted(field: Field) -> str:
    if field.choices:
        return " | ".join(field.choices)
    limits = [f"{bound:g}" for bound in (field.minimum, field.maximum) if bound is not None]
    return " - ".join(limits) + (f" {field.unit}" if field.unit else "")
