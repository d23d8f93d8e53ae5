"""Draw alerts on one screen: on and off in one tap, and what they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from bot.alerts.filters import MOST_CODES, REGIONS, STREAMS, TORONTO, AlertFilters
from bot.conversation.replies import Button, Effect, Keyboard, Say, Subscribe, Unsubscribe
from bot.conversation.screens.draws import LETTER_OF, LETTERS
from bot.conversation.standing import card_on
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.draws.draw import PROGRAMS
from knowledge.draws.names import program_name, region_name, stream_name
from knowledge.draws.view import streams_of

WAITING = "alertcodes"
MARGINS = (None, 0, 20, 50)
QUIET = ((None, None), (22, 7), (21, 8), (0, 9))
ZONES = (
    TORONTO, "America/Vancouver", "America/Sao_Paulo", "Europe/London", "Europe/Paris", "Africa/Lagos",
    "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Manila", "Asia/Shanghai",
    "Australia/Sydney",
)  # fmt: skip


def show(turn: Turn, _: str = "") -> Outcome:
    """What the alerts are about now, and every way to change it."""
    wishes = turn.session.alerts
    if wishes is None:
        buttons = rows(turn.go("alerts.on", "alert", "on"), turn.go("menu.draws", "draws"))
        return turn.say("alerts_off", (*buttons, *rows(turn.go("to_menu", "menu"))))
    fresh = with_scores(turn, wishes.at(language=turn.language))
    text = turn.text("alerts", wishes=fresh, **named(turn, fresh))
    return _said(turn, fresh, text, controls(turn, fresh), wishes)


def controls(turn: Turn, wishes: AlertFilters) -> Keyboard:
    """A button for each thing that can be changed."""
    programs = [
        turn.go(
            "tick" if program in wishes.programs else "untick",
            "alert",
            f"p {LETTER_OF[program]}",
            text=turn.label(f"draws.{program}"),
        )
        for program in PROGRAMS
    ]
    pause = (
        turn.go("alerts.resume", "alert", "resume")
        if wishes.paused
        else turn.go("alerts.mute", "alert", "pause")
    )
    more = (
        turn.go("alerts.streams", "alertpick", "streams"),
        turn.go("alerts.regions", "alertpick", "regions"),
        turn.go("alerts.codes", "alertpick", "codes"),
        turn.go("alerts.margin", "alert", "margin"),
        turn.go("alerts.quiet", "alert", "quiet"),
        turn.go("alerts.quiet_kind", "alert", "kind"),
        turn.go("alerts.zone", "alertpick", "zones"),
        pause,
        turn.go("alerts.stop", "alert", "off"),
        turn.go("to_menu", "menu"),
    )
    return (*rows(*programs, width=1), *rows(*more))


def change(turn: Turn, argument: str) -> Outcome:
    """One tap's change; what is no change shows the screen as it is."""
    what, _, value = argument.partition(" ")
    if what == "on" or (what and turn.session.alerts is None):
        return subscribe(turn)
    if what == "off":
        return unsubscribe(turn)
    changed = CHANGES.get(what)
    if changed is None or turn.session.alerts is None:
        return show(turn)
    try:
        wishes = changed(turn.session.alerts, value)
    except (ValidationError, KeyError, ValueError):
        return show(turn)
    done = _kept(turn, wishes)
    following = pick(done.turn, PICKED[what]) if what in PICKED else show(done.turn)
    return Outcome(following.session, following.replies, (*done.effects, *following.effects)[:1])


def subscribe(turn: Turn) -> Outcome:
    """Alerts on: all draws, narrowed to what the answers so far say."""
    old = turn.session.alerts
    wishes = old or with_scores(turn, AlertFilters(language=turn.language, codes=own_code(turn)))
    done = _kept(turn, wishes.at(paused=False))
    following = show(done.turn)
    return Outcome(following.session, following.replies, done.effects)


def unsubscribe(turn: Turn) -> Outcome:
    """Alerts off, and nothing of them kept."""
    left = turn.at(turn.session.at(alerts=None))
    buttons = rows(turn.go("alerts.on", "alert", "on"), turn.go("to_menu", "menu"))
    said = left.say("alerts_stopped", buttons)
    return Outcome(said.session, said.replies, (Unsubscribe(),))


def pick(turn: Turn, what: str) -> Outcome:
    """Streams, regions or time zones to tick; codes to type."""
    wishes = turn.session.alerts
    if wishes is None or what not in ("streams", "regions", "codes", "zones"):
        return show(turn)
    if what == "codes":
        return ask_codes(turn)
    back = rows(turn.go("alerts.back", "alerts"))
    return turn.say(f"alerts_{what}", (*rows(*choices(turn, wishes, what), width=2), *back))


def choices(turn: Turn, wishes: AlertFilters, what: str) -> list[Button]:
    if what == "zones":
        return [ticked(turn, zone == wishes.zone, f"z {zone}", zone.split("/")[1]) for zone in ZONES]
    if what == "regions":
        return [
            ticked(turn, region in wishes.regions, f"r {region}", region_name(region, turn.language))
            for region in REGIONS
        ]
    programs = wishes.programs or PROGRAMS
    return [
        ticked(turn, stream in wishes.streams, f"s {stream}", stream_name(program, stream, turn.language))
        for program in programs
        for stream in streams_of(program)
        if stream in STREAMS
    ]


def ticked(turn: Turn, on: bool, argument: str, text: str) -> Button:
    return turn.go("tick" if on else "untick", "alert", argument, text=text)


def ask_codes(turn: Turn, problem: bool = False) -> Outcome:
    """Asks for NOC codes; the next text is read as such."""
    waiting = turn.at(turn.session.at(awaiting=WAITING))
    wishes = turn.session.alerts or AlertFilters()
    buttons = rows(turn.go("alerts.no_codes", "alert", "c"), turn.go("alerts.back", "alerts"))
    return waiting.say("alerts_codes", buttons, codes=wishes.codes, most=MOST_CODES, problem=problem)


def read_codes(turn: Turn, _: str, text: str) -> Outcome:
    """The typed codes; anything else is asked again."""
    codes = tuple(dict.fromkeys(re.findall(r"(?<!\d)\d{5}(?!\d)", text)))
    if not codes or len(codes) > MOST_CODES or turn.session.alerts is None:
        return ask_codes(turn, problem=True)
    return change(turn, f"c {','.join(codes)}")


def with_scores(turn: Turn, wishes: AlertFilters) -> AlertFilters:
    """The wishes with the person's scores as their answers stand today."""
    profile = turn.session.profile
    crs = card_on(profile, "crs", "", turn.today)
    eoi = card_on(profile, "g3", "workforce_priority", turn.today)
    return wishes.at(score_crs=crs.total if crs else None, score_eoi=eoi.total if eoi else None)


def own_code(turn: Turn) -> tuple[str, ...]:
    """The person's own occupation where they have given it as today's code."""
    code = str(turn.session.profile.noc) if turn.session.profile.knows("noc") else ""
    return (code,) if re.fullmatch(r"\d{5}", code) else ()


def named(turn: Turn, wishes: AlertFilters) -> dict[str, list[str]]:
    """The chosen programs, streams and regions in words."""
    language = turn.language
    program_of = {stream: program for program in PROGRAMS for stream in streams_of(program)}
    return {
        "programs": [program_name(program, language) for program in wishes.programs],
        "streams": [stream_name(program_of[each], each, language) for each in wishes.streams],
        "regions": [region_name(region, language) for region in wishes.regions],
    }


def spoken_anew(outcome: Outcome) -> Outcome:
    """The outcome of a changed language: the alerts come in it too."""
    session = outcome.session
    if session.alerts is None or session.alerts.language == session.language:
        return outcome
    wishes = session.alerts.at(language=session.language)
    written = Subscribe(wishes.model_dump(mode="json"))
    return Outcome(session.at(alerts=wishes), outcome.replies, (*outcome.effects, written))


@dataclass(frozen=True, slots=True)
class Kept:
    """A turn after a change of the wishes, and the effects that write it down."""

    turn: Turn
    effects: tuple[Effect, ...]


def _kept(turn: Turn, wishes: AlertFilters) -> Kept:
    fresh = with_scores(turn, wishes.at(language=turn.language))
    return Kept(turn.at(turn.session.at(alerts=fresh)), (Subscribe(fresh.model_dump(mode="json")),))


def _said(turn: Turn, fresh: AlertFilters, text: str, buttons: Keyboard, old: AlertFilters) -> Outcome:
    effects: tuple[Effect, ...] = (Subscribe(fresh.model_dump(mode="json")),) if fresh != old else ()
    return Outcome(turn.session.at(alerts=fresh), (Say(text, buttons),), effects)


def _toggled(chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)


def _next(values: tuple[object, ...], now: object) -> object:
    return values[(values.index(now) + 1) % len(values)] if now in values else values[0]


def _quiet(wishes: AlertFilters, _: str) -> AlertFilters:
    start, end = QUIET[(_place(wishes) + 1) % len(QUIET)]
    return wishes.at(quiet_from=start, quiet_to=end)


def _place(wishes: AlertFilters) -> int:
    now = (wishes.quiet_from, wishes.quiet_to)
    return QUIET.index(now) if now in QUIET else 0


CHANGES: Mapping[str, Callable[[AlertFilters, str], AlertFilters]] = {
    "p": lambda wishes, value: wishes.at(programs=_toggled(wishes.programs, LETTERS[value]), streams=()),
    "s": lambda wishes, value: wishes.at(streams=_toggled(wishes.streams, value)),
    "r": lambda wishes, value: wishes.at(regions=_toggled(wishes.regions, value)),
    "c": lambda wishes, value: wishes.at(codes=tuple(value.split(",")) if value else ()),
    "z": lambda wishes, value: wishes.at(zone=value),
    "margin": lambda wishes, _: wishes.at(within=_next(MARGINS, wishes.within)),
    "quiet": _quiet,
    "kind": lambda wishes, _: wishes.at(quiet="silent" if wishes.quiet == "wait" else "wait"),
    "pause": lambda wishes, _: wishes.at(paused=True),
    "resume": lambda wishes, _: wishes.at(paused=False),
}
# After a tick the list it stood in is shown again.
PICKED: Mapping[str, str] = {"s": "streams", "r": "regions"}
