"""The same job offer in other places of Ontario: score, employer floors and median wage, in words and as a picture."""

from __future__ import annotations

from bot.conversation.goals import EOI_STREAM
from bot.conversation.replies import Attachment, Keyboard
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.content.render import long_date, money
from rules import eoi
from rules.errors import RuleError
from rules.places import gazetteer
from rules.relocation import RelocationRow, relocation
from rules.rulebook import Citation
from rules.truth import Truth

JOB = ("noc", "hourly_wage", "months_in_position")
NONE = "–"


def show(turn: Turn) -> Outcome:
    """The table and its picture; without any answer on the job, the points of the places alone."""
    profile = turn.session.profile
    try:
        found = relocation(profile, turn.today)
    except RuleError as problem:
        said = problem.text(turn.language)
        return turn.say("problem", rows(turn.go("review", "review")), problem=said, said=None)
    lines = [line(turn, row) for row in found]
    partial = not any(profile.knows(name) for name in JOB)
    caption = turn.text("relocation", rows=lines, partial=partial, sources=sources(turn, found))
    picture = Attachment("relocation_chart", chart(turn, lines), caption, keyboard(turn))
    return Outcome(turn.session, (picture,))


def line(turn: Turn, row: RelocationRow) -> dict[str, object]:
    """One place, every value as the reader sees it; `score` stays a number for the bars."""
    return {
        "name": row.place.name,
        "region": row.region(turn.language),
        "score": row.eoi,
        "maximum": row.maximum,
        "gain": f"{row.gain:+d}" if row.gain else "",
        "here": row.here,
        "revenue": money(row.revenue_floor, turn.language) if row.revenue_floor is not None else NONE,
        "staff": turn.label("relocation.staff", count=row.staff_floor or NONE),
        "wage": wage(turn, row),
    }


def wage(turn: Turn, row: RelocationRow) -> str:
    """The median of the place and whether the offer reaches it; empty while job or wage are not told."""
    if row.wage is None:
        return ""
    if row.wage.floor is None:
        return turn.label("relocation.no_figure")
    word = turn.label("relocation.reached" if row.wage.verdict is Truth.YES else "relocation.below")
    return f"{money(row.wage.floor, turn.language)}, {word}"


def sources(turn: Turn, found: tuple[RelocationRow, ...]) -> tuple[Citation, ...]:
    """What the table rests on: the grid, the employer floors, the wages where they are shown."""
    card = eoi.score(turn.session.profile, EOI_STREAM, turn.today)
    wages = [row.wage.held.citation for row in found if row.wage]
    return tuple(dict.fromkeys((card.citation, gazetteer().employer_floors.citation, *wages)))


def chart(turn: Turn, lines: list[dict[str, object]]) -> dict[str, object]:
    """What bot.printing.relocation_chart draws."""
    day = long_date(turn.today, turn.language)
    return {
        "title": turn.label("relocation.title"),
        "subtitle": turn.label("relocation.subtitle", maximum=lines[0]["maximum"], day=day),
        "headings": {
            "score": turn.label("relocation.score"),
            "employer": turn.label("relocation.employer"),
            "wage": turn.label("relocation.wage"),
        },
        "note": turn.label("relocation.note"),
        "rows": [
            {**one, "name": turn.label("relocation.here", place=one["name"]) if one["here"] else one["name"]}
            for one in lines
        ],
    }


def keyboard(turn: Turn) -> Keyboard:
    return rows(
        turn.go("score.eoi", "goal", "eoi"),
        turn.go("tool.provinces", "provinces"),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )
