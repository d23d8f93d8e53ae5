"""From duties to a unit group: the match with its evidence, the deciding question, and the card of a code."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import intents, interview
from bot.conversation.replies import Button, Keyboard, Say
from bot.conversation.screens import faq
from bot.conversation.session import NocChoice
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.noc.match_result import MatchResult
from knowledge.noc.unit_group import UnitGroup

SHOWN_EVIDENCE = 8
SHOWN_MISSING = 4
LISTED = 3
# A group that meets no duty and scores less is no alternative worth a line.
WORTH_NAMING = 0.05


def command(turn: Turn, argument: str) -> Outcome:
    """`/noc`, with a code, a title or duties behind it or without anything."""
    return by_text(turn, argument) if argument else prompt(turn)


def card_or_prompt(turn: Turn, code: str) -> Outcome:
    return card(turn, code) if code else prompt(turn)


def prompt(turn: Turn) -> Outcome:
    return turn.say("noc_prompt", rows(turn.go("to_menu", "menu")))


def by_text(turn: Turn, text: str) -> Outcome:
    code = intents.code_in(text)
    if code and len(code) == 4:
        return old_code(turn, code)
    return card(turn, code) if code else match(turn, text)


def card(turn: Turn, code: str) -> Outcome:
    """What the unit group is, what is not here, what it is confused with, and the official text."""
    group = turn.library.noc.get(code)
    if group is None:
        return unknown_code(turn, code)
    return Outcome(turn.session, (Say(card_text(turn, group), card_keyboard(turn, group)),))


def card_text(turn: Turn, group: UnitGroup) -> str:
    return turn.text("noc_card", group=group, catalogue=turn.library.noc)


def card_keyboard(turn: Turn, group: UnitGroup) -> Keyboard:
    neighbours = [
        turn.go("compare_with", "compare", f"{group.code} {other.code}", code=other.code)
        for other in group.confused_with[:2]
    ]
    official = Button(turn.label("official_profile"), url=group.official_profile(turn.language))
    use = turn.go("use_code", "use", group.code, code=group.code)
    return rows(use, *neighbours, official, turn.go("to_menu", "menu"))


def unknown_code(turn: Turn, code: str) -> Outcome:
    """A code NOC 2021 does not have, with the nearest ones that it has."""
    alike = [other for other in turn.library.noc if other[:3] == code[:3]]
    near = [
        turn.library.noc[other] for other in sorted(alike, key=lambda other: abs(int(other) - int(code[:5])))
    ]
    near = near[:LISTED]
    buttons = [turn.go("show_code", "noc", group.code, code=group.code) for group in near]
    return turn.say("noc_unknown", rows(*buttons, turn.go("menu.noc", "noc")), code=code[:5], near=near)


def old_code(turn: Turn, code: str) -> Outcome:
    """A four-digit code of NOC 2016: where it went, with the choice where it was split."""
    successors = tuple(new for new in turn.library.concordance.get(code, ()) if new in turn.library.noc)
    if not successors:
        return unknown_code(turn, code)
    groups = [turn.library.noc[new] for new in successors]
    buttons = [turn.go("show_code", "noc", new, code=new) for new in successors[:8]]
    return turn.say("noc_old_code", rows(*buttons), code=code, groups=groups)


def match(turn: Turn, text: str) -> Outcome:
    """The best codes for a text, with evidence; nothing of the text is kept."""
    return matched(turn, text, turn.library.matcher.match(text))


def matched(turn: Turn, text: str, found: MatchResult) -> Outcome:
    """What a match that is made already is answered with."""
    result = worth_naming(found)
    if is_anger(turn, text, result):
        return faq.answer(turn, text)
    if not result.matches:
        return turn.say("noc_nothing", rows(turn.go("menu.noc", "noc")), problem=result.problem)
    codes = tuple(found.code for found in result.matches[:LISTED])
    session = turn.session.at(noc=NocChoice(codes=codes, confidence=result.confidence))
    turn = turn.at(session)
    return Outcome(session, (Say(match_text(turn, result), match_keyboard(turn, result)),))


def worth_naming(result: MatchResult) -> MatchResult:
    """The result with the best group and those that come near it."""
    others = result.matches[1:LISTED]
    near = tuple(found for found in others if found.evidence or found.score >= WORTH_NAMING)
    return replace(result, matches=result.matches[:1] + near)


def is_anger(turn: Turn, text: str, result: MatchResult) -> bool:
    """Whether words that meet no duty are abuse: it gets a calm answer, not an occupation."""
    backed = result.matches and result.matches[0].evidence
    return not backed and turn.library.faq.search(text, turn.language).out_of_scope == "abuse"


def match_text(turn: Turn, result: MatchResult) -> str:
    best = result.matches[0]
    return turn.text(
        "noc_match",
        result=result,
        best=best,
        catalogue=turn.library.noc,
        evidence=best.evidence[:SHOWN_EVIDENCE],
        missing=best.missing[:SHOWN_MISSING],
        others=result.matches[1:LISTED],
        deciding=result.question if result.confidence != "sure" else None,
    )


def match_keyboard(turn: Turn, result: MatchResult) -> Keyboard:
    codes = [found.code for found in result.matches[:LISTED]]
    question = result.question if result.confidence != "sure" else None
    deciding: Keyboard = ()
    if question:
        pair = f"{question.yes} {question.no}"
        deciding = ((turn.go("yes", "decide", f"y {pair}"), turn.go("no", "decide", f"n {pair}")),)
    uses = [turn.go("use_code", "use", code, code=code) for code in codes[:1]]
    cards = [turn.go("show_code", "noc", code, code=code) for code in codes]
    comparing = (
        [turn.go("compare_two", "compare", " ".join(codes[:2]), a=codes[0], b=codes[1])]
        if len(codes) > 1
        else []
    )
    return deciding + rows(*uses, *cards, *comparing, width=3)


def decide(turn: Turn, argument: str) -> Outcome:
    """The answer to the deciding question: yes and no each lead to one code."""
    answer, yes, no = (*argument.split(" "), "", "", "")[:3]
    code, other = (yes, no) if answer == "y" else (no, yes)
    if code not in turn.library.noc or other not in turn.library.noc:
        return prompt(turn)
    buttons = rows(
        turn.go("use_code", "use", code, code=code),
        turn.go("show_code", "noc", code, code=code),
        turn.go("compare_two", "compare", f"{code} {other}", a=code, b=other),
    )
    return turn.say("noc_decided", buttons, group=turn.library.noc[code], other=turn.library.noc[other])


def compare(turn: Turn, argument: str) -> Outcome:
    """Two unit groups side by side, with the question that decides."""
    first, _, second = argument.partition(" ")
    if first not in turn.library.noc or second not in turn.library.noc:
        return prompt(turn)
    groups = turn.library.noc[first], turn.library.noc[second]
    questions = [
        (group, other)
        for group, other in (groups, groups[::-1])
        for confusion in group.confused_with
        if confusion.code == other.code
    ][:1]
    buttons = rows(*(turn.go("use_code", "use", group.code, code=group.code) for group in groups))
    deciding = next(
        (
            c.question.to(turn.language)
            for group, other in questions
            for c in group.confused_with
            if c.code == other.code
        ),
        None,
    )
    yes = questions[0][0].code if questions else None
    return turn.say("noc_compare", buttons, groups=groups, deciding=deciding, yes=yes)


def use(turn: Turn, code: str) -> Outcome:
    """Takes a code as the answer to the open question, or as the code of the job offer."""
    if code not in turn.library.noc:
        return unknown_code(turn, code)
    asking = turn.session.asking
    if asking in ("noc", "job.noc"):
        return interview.accept(turn, asking, code)
    if turn.session.consent != "given":
        from bot.conversation.screens import consent

        return consent.ask_for(turn, code)
    session = interview.keep(turn.session, "noc", code).at(asking=asking)
    group = turn.library.noc[code]
    buttons = rows(
        turn.go("menu.streams", "goal", "ontario"), turn.go("menu.score", "score"), turn.go("to_menu", "menu")
    )
    return turn.at(session).say("noc_kept", buttons, group=group)


def in_interview(turn: Turn, text: str) -> Outcome:
    """Duties or a title typed where a code is asked: the match, its codes as answers to the open question."""
    code = intents.code_in(text)
    if code:
        found = old_code(turn, code) if len(code) == 4 else unknown_code(turn, code)
        return found.then(interview.again(turn.at(found.session)))
    found = match(turn, text)
    return found.then(interview.again(turn.at(found.session)))
