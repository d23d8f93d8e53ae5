"""What `oinp noc` prints: cards, matches with their evidence, accuracy, letters, and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from knowledge.noc.catalogue import Catalogue
from knowledge.noc.evaluation import Report, Share
from knowledge.noc.letter import LetterCheck
from knowledge.noc.letter import text as letter_text
from knowledge.noc.match_result import MatchResult
from knowledge.noc.unit_group import Language, UnitGroup

SHOWN_CONFUSIONS = 8
PROBLEMS = {
    "empty": "Nothing was given: tell what you do at work, or a job title.",
    "too_short": "That is too short to tell anything: a job title or two duties are enough.",
    "too_long": "The text is very long; only its beginning was read.",
    "other_language": "English and French are read; this looks like another language.",
    "code": "This is source code; tell in sentences what you do with it.",
    "two_jobs": "This tells of two jobs; match them one by one, each has its own code.",
    "not_an_occupation": "That is not an occupation, so no code is given to it; tell of a job you have or had.",
    "nothing_found": "No word of this is known from any occupation; tell it in other words.",
}


def show_groups(groups: Sequence[UnitGroup], lang: Language) -> None:
    console = Console()
    for group in groups:
        console.print(card(group, lang))


def card(group: UnitGroup, lang: Language) -> Panel:
    """The card of one unit group."""
    body = [Text(group.lead.to(lang)), Text()]
    body += [Text(f"• {duty}") for duty in group.duties.to(lang)]
    body += [
        Text(),
        Text(", ".join(group.titles.to(lang)), style="dim"),
        Text(),
        Text(group.requirements.to(lang)),
    ]
    body += [Text(f"→ {other.code}: {other.what.to(lang)}") for other in group.elsewhere]
    body += [Text(f"? {near.question.to(lang)} ({group.code} / {near.code})") for near in group.confused_with]
    body.append(Text(group.official_profile(lang), style="dim"))
    return Panel(Group(*body), title=f"{group.code}  {group.title.to(lang)}  TEER {group.teer}")


def show_found(found: Sequence[tuple[str, float]], groups: Catalogue, lang: Language) -> None:
    table = Table("NOC", "TEER", "")
    for code, _ in found:
        table.add_row(code, str(groups[code].teer), groups[code].title.to(lang))
    Console().print(table)


def show_match(result: MatchResult, groups: Catalogue) -> None:
    """The codes, and for the best one the evidence, what is missing, and the question that decides."""
    console = Console()
    if result.problem:
        console.print(PROBLEMS[result.problem], markup=False)
    if not result.matches:
        return
    table = Table("NOC", "", "score", "lead", "duties", title=result.confidence)
    for found in result.matches:
        title = groups[found.code].title.to(result.language)
        table.add_row(
            found.code,
            title,
            f"{found.score:.2f}",
            percent(found.lead_coverage),
            percent(found.duty_coverage),
        )
    console.print(table)
    best = result.matches[0]
    for line in best.evidence:
        console.print(
            f"  {percent(line.share)}  {line.said}\n        = {line.duty}", markup=False, highlight=False
        )
    for duty in best.missing:
        console.print(f"  –  {duty}", markup=False, highlight=False)
    if result.disagreement:
        said = result.disagreement
        console.print(f"{said.title}: {said.title_code} ≠ {said.duties_code}", markup=False)
    if result.question:
        asked = result.question
        console.print(f"? {asked.text.to(result.language)} ({asked.yes} / {asked.no})", markup=False)


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def show_reports(reports: Mapping[str, Report]) -> None:
    console = Console()
    table = Table()
    for heading in ("set", "texts", "top 1", "top 3", "top 5", "sure", "likely", "unsure"):
        table.add_column(heading, no_wrap=True, overflow="fold" if heading == "set" else "ellipsis")
    for name, report in reports.items():
        total = report.by_rank[1].total
        words = [f"{percent(share.share)} of {share.total}" for share in report.by_word.values()]
        table.add_row(name, str(total), *(with_interval(share) for share in report.by_rank.values()), *words)
    console.print(table)
    for name, report in reports.items():
        for line in report.confusions[:SHOWN_CONFUSIONS]:
            console.print(
                f"{name}: {line.wanted} taken for {line.given}, {line.times} times ({line.example})",
                markup=False,
            )


def with_interval(share: Share) -> str:
    low, high = share.interval
    return f"{100 * share.share:.1f} ({100 * low:.0f}-{100 * high:.0f})"


def report_shape(report: Report) -> dict[str, Any]:
    """The report as JSON."""
    return {
        "total": report.by_rank[1].total,
        "top": {str(rank): share_shape(share) for rank, share in report.by_rank.items()},
        "confidence": {word: share_shape(share) for word, share in report.by_word.items()},
        "confusions": [
            {"wanted": line.wanted, "given": line.given, "times": line.times, "example": line.example}
            for line in report.confusions[:SHOWN_CONFUSIONS]
        ],
    }


def share_shape(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {
        "right": share.right,
        "total": share.total,
        "percent": round(100 * share.share, 1),
        "interval": [round(100 * low, 1), round(100 * high, 1)],
    }


def show_letter(checked: LetterCheck) -> None:
    console = Console()
    lang = checked.language
    for heading, lines in (
        (letter_text("met", lang), [f"{line.said} = {line.duty}" for line in checked.fit.evidence]),
        (letter_text("missing", lang), list(checked.fit.missing)),
    ):
        console.print(f"{heading} ({len(lines)})", style="bold", markup=False)
        for line in lines:
            console.print(f"  {line}", markup=False, highlight=False)
    for message in checked.messages():
        console.print(f"! {message}", markup=False, highlight=False)


def letter_shape(checked: LetterCheck) -> dict[str, Any]:
    """The letter check as JSON."""
    return {
        "code": checked.code,
        "met": [{"said": line.said, "duty": line.duty, "score": line.score} for line in checked.fit.evidence],
        "missing": list(checked.fit.missing),
        "duty_coverage": checked.fit.duty_coverage,
        "lead_coverage": checked.fit.lead_coverage,
        "better": list(checked.better),
        "copied": None
        if checked.copied is None
        else [{"said": line.said, "official": line.official} for line in checked.copied],
        "absent": list(checked.absent),
        "messages": list(checked.messages()),
    }


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, gone when it is done."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task("")
        yield lambda what: bar.update(task, description=what)
