"""A score card as a table in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from rules.scorecard import ScoreCard
from rules.texts import Language, Reason


def show(card: ScoreCard, lang: Language, console: Console | None = None) -> None:
    """Print the factors, the sections with their ceilings, the total, the caveats and the source."""
    out = console or Console()
    out.print(_table(card, lang))
    for name, lost in card.cut.items():
        part = Reason(f"part.{name}").text(lang)
        out.print(Reason("part.ceiling", {"part": part, "lost": lost}).text(lang), markup=False)
    for caveat in card.caveats:
        out.print(f"• {caveat.text(lang)}", markup=False, highlight=False)
    source = card.citation
    facts = {"title": source.title, "url": source.url, "as_of": source.as_of}
    out.print(Reason(f"source.{source.confidence}", facts).text(lang), markup=False, highlight=False)


def _table(card: ScoreCard, lang: Language) -> Table:
    table = Table(title=Reason(f"grid.{card.grid}").text(lang), show_footer=True)
    table.add_column(Reason("score.column.factor").text(lang), footer=Reason("score.total").text(lang))
    table.add_column(Reason("score.column.points").text(lang), justify="right", footer=str(card.total))
    table.add_column(Reason("score.column.maximum").text(lang), justify="right", footer=str(card.maximum))
    part = None
    for factor in card.factors:
        if part not in (None, factor.part):
            table.add_section()
        part = factor.part
        unknown = "" if factor.known else " ?"
        table.add_row(factor.label.text(lang) + unknown, str(factor.points), str(factor.maximum))
    return table
