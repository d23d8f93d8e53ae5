"""The draws: the last ones, by program, stream, year, occupation or words, each beside the person's own score."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from bot.conversation.replies import Attachment, Button, Keyboard
from bot.conversation.standing import Standing, card_on, standing
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.draws.draw import PROGRAMS, Draw
from knowledge.draws.names import (
    grid_name,
    program_name,
    region_name,
    stream_name,
    target_name,
)
from knowledge.draws.record import notes
from knowledge.draws.view import Wanted, cut_offs, wanted

PAGE = 8
LATEST = 3
# Buttons have 64 bytes: a program goes by one letter.
LETTERS: Mapping[str, str] = {"o": "ontario", "n": "ontario_express_entry", "f": "federal"}
LETTER_OF = {program: letter for letter, program in LETTERS.items()}
CHARTED = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A draw as a list shows it."""

    draw: Draw
    stream: str
    about: str
    mine: Standing | None


def command(turn: Turn, argument: str) -> Outcome:
    """`/draws`: the latest; with words, the draws they fit."""
    return found(turn, argument) if argument else overview(turn)


def overview(turn: Turn, _: str = "") -> Outcome:
    """The last draws of each program, and how fresh that is."""
    book = turn.library.draws
    groups = [
        (program, [line(turn, draw) for draw in book.find(Wanted(program=program))[:LATEST]])
        for program in PROGRAMS
    ]
    buttons = [turn.go(f"draws.{program}", "drawlist", f"{LETTER_OF[program]}///1") for program in PROGRAMS]
    more = (
        turn.go("alerts", "alerts"),
        turn.go("draws.search", "drawhelp"),
        turn.go("to_menu", "menu"),
    )
    keyboard = rows(*buttons, *more)
    return turn.say("draws", keyboard, groups=groups, freshness=book.freshness, ago=partial(ago, turn))


def ago(turn: Turn, minutes: int) -> str:
    """`14 minutes ago`, in hours from two hours on, in days from two days on."""
    if minutes < 120:
        return turn.label("ago.minutes", number=minutes)
    if minutes < 2 * 24 * 60:
        return turn.label("ago.hours", number=minutes // 60)
    return turn.label("ago.days", number=minutes // (24 * 60))


def help_page(turn: Turn, _: str = "") -> Outcome:
    """What can be typed after /draws."""
    return turn.say("draws_help", rows(turn.go("menu.draws", "draws"), turn.go("to_menu", "menu")))


def found(turn: Turn, text: str) -> Outcome:
    """The draws that fit what was typed."""
    asked = wanted(text[:200])
    draws = turn.library.draws.find(asked)
    if not draws:
        return turn.say("draws_none", rows(turn.go("menu.draws", "draws")), asked=text[:60])
    return listed(turn, draws, page=1, route=None, asked=text[:60])


def browse(turn: Turn, argument: str) -> Outcome:
    """`program/stream/year/page`, each of the first three possibly empty; nonsense leads to the overview."""
    letter, stream, year, page = (*argument.split("/"), "", "", "", "")[:4]
    program = LETTERS.get(letter)
    if program is None or not (page.isdigit() and len(page) < 4):
        return overview(turn)
    asked = Wanted(program=program, stream=stream or None, year=int(year) if year.isdigit() else None)
    draws = turn.library.draws.find(asked)
    if not draws:
        return overview(turn)
    narrowed = (letter, stream, year)
    return listed(turn, draws, max(1, int(page)), narrowed, None)


def listed(
    turn: Turn, draws: Sequence[Draw], page: int, route: tuple[str, str, str] | None, asked: str | None
) -> Outcome:
    """One page of a list of draws with the ways to narrow it, page on and see one alone."""
    shown = draws[(page - 1) * PAGE : page * PAGE] or draws[:PAGE]
    buttons = [turn.go("draws.one", "draw", short(draw), text=one_label(turn, draw)) for draw in shown]
    keyboard = (*rows(*buttons, width=1), *ways(turn, draws, page, route))
    return turn.say(
        "draws_list",
        keyboard,
        lines=[line(turn, draw) for draw in shown],
        count=len(draws),
        first=(page - 1) * PAGE + 1,
        asked=asked,
        program=program_name(shown[0].program, turn.language) if route else None,
    )


def ways(turn: Turn, draws: Sequence[Draw], page: int, route: tuple[str, str, str] | None) -> Keyboard:
    """Back and on; the streams and years there are; the chart where one scale holds enough points."""
    buttons: list[Button] = []
    if route:
        letter, stream, year = route
        at = f"{letter}/{stream}/{year}"
        buttons += [turn.go("draws.newer", "drawlist", f"{at}/{page - 1}")] if page > 1 else []
        buttons += (
            [turn.go("draws.older", "drawlist", f"{at}/{page + 1}")] if page * PAGE < len(draws) else []
        )
        buttons += narrowing(turn, draws, letter, stream, year)
        if stream and len(charted(draws)[1]) > 1:
            buttons.append(turn.go("draws.chart", "drawchart", f"{letter}/{stream}"))
    return rows(*buttons, turn.go("menu.draws", "draws"), turn.go("to_menu", "menu"))


def narrowing(turn: Turn, draws: Sequence[Draw], letter: str, stream: str, year: str) -> list[Button]:
    """A button for each stream where none is chosen, then for each year."""
    if not stream:
        streams = dict.fromkeys(draw.stream for draw in draws)
        name = {each: stream_name(LETTERS[letter], each, turn.language) for each in streams}
        return [
            turn.go("plain", "drawlist", f"{letter}/{each}/{year}/1", text=name[each]) for each in streams
        ]
    if year:
        return []
    years = sorted({draw.date.year for draw in draws}, reverse=True)
    return [turn.go("plain", "drawlist", f"{letter}/{stream}/{each}/1", text=str(each)) for each in years]


def show(turn: Turn, code: str) -> Outcome:
    """One draw: the list it was open to, its scale, the person's own standing, source and doubts."""
    draw = by_short(turn.library.draws.draws).get(code)
    if draw is None:
        return overview(turn)
    mine = turn.session.profile.noc if turn.session.profile.knows("noc") else None
    buttons = rows(
        Button(turn.label("official_page"), url=draw.source),
        turn.go("draws.stream", "drawlist", f"{LETTER_OF[draw.program]}/{draw.stream}//1"),
        turn.go("alerts.on", "alert", "on"),
        turn.go("menu.draws", "draws"),
    )
    return turn.say(
        "draw",
        buttons,
        line=line(turn, draw),
        draw=draw,
        program=program_name(draw.program, turn.language),
        grid=grid_name(draw.grid, turn.language),
        codes=[(each, title(turn, each)) for each in draw.codes],
        my_code=mine,
        doubts=[notes()[note][turn.language] for note in draw.notes if note in notes()],
    )


def chart(turn: Turn, argument: str) -> Outcome:
    """Cut-offs and sizes of one stream over time as a picture, the person's line on it, the same in words."""
    letter, _, stream = argument.partition("/")
    program = LETTERS.get(letter, "")
    draws = turn.library.draws.find(Wanted(program=program, stream=stream))
    grid, shown = charted(draws)
    if len(shown) < 2:
        return overview(turn)
    mine = card_on(turn.session.profile, grid, stream, turn.today)
    name = stream_name(program, stream, turn.language)
    points = [(draw.date, draw.score_min or 0, draw.size or 0) for draw in shown]
    caption = turn.text(
        "draws_chart",
        name=name,
        grid=grid_name(grid, turn.language),
        points=points,
        lowest=min(points, key=lambda point: point[1]),
        highest=max(points, key=lambda point: point[1]),
        mine=mine.total if mine else None,
    )
    back = rows(turn.go("draws.stream", "drawlist", f"{letter}/{stream}//1"), turn.go("menu.draws", "draws"))
    data = chart_data(turn, name, grid, points, mine.total if mine else None)
    return Outcome(turn.session, (Attachment("draw_chart", data, caption, back),))


def chart_data(
    turn: Turn, name: str, grid: str, points: Sequence[tuple[date, int, int]], mine: int | None
) -> dict[str, object]:
    """What the picture needs, in JSON types and in the person's language."""
    return {
        "title": name,
        "score_label": grid_name(grid, turn.language),
        "size_label": turn.label("draws.size_axis"),
        "mine_label": turn.label("draws.mine_axis"),
        "points": [[day.isoformat(), floor, size] for day, floor, size in points],
        "mine": mine,
        "language": turn.language,
    }


def charted(draws: Sequence[Draw]) -> tuple[str, tuple[Draw, ...]]:
    """The newest scale among the draws, and its draws with a score, oldest first, not more than fit a picture."""
    grid = next((draw.grid for draw in draws if draw.grid != "none"), "none")
    on_it = [draw for draw in draws if draw.grid == grid and draw.score_min is not None]
    held = {day for day, _ in cut_offs(on_it, grid)}
    return grid, tuple(sorted((d for d in on_it if d.date in held), key=lambda d: d.date))[-CHARTED:]


def line(turn: Turn, draw: Draw) -> Line:
    return Line(
        draw,
        stream_name(draw.program, draw.stream, turn.language),
        about(draw, turn.language),
        standing(turn.session.profile, draw, turn.today),
    )


def about(draw: Draw, language: str) -> str:
    """Whom the draw was for, in a few words; empty where it does not say."""
    said = [region_name(draw.region, language)] if draw.region else []
    return ", ".join([*said, *(target_name(target, language) for target in draw.targets)])


def one_label(turn: Turn, draw: Draw) -> str:
    floor = f" ≥ {draw.score_min}" if draw.score_min is not None else ""
    return f"{draw.date.isoformat()} · {stream_name(draw.program, draw.stream, turn.language)}{floor}"[:60]


def title(turn: Turn, code: str) -> str | None:
    """The occupation's title where the code is of today's classification."""
    group = turn.library.noc.get(code)
    return str(group.title.to(turn.language)) if group else None


def short(draw: Draw) -> str:
    """Eight letters for a draw in a button, the same for ever."""
    return hashlib.blake2b(draw.key.encode(), digest_size=4).hexdigest()


@lru_cache(maxsize=2)
def by_short(draws: tuple[Draw, ...]) -> Mapping[str, Draw]:
    return {short(draw): draw for draw in draws}
