"""One moment of the bot for each reply template, with real values: what the snapshots are taken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from bot.alerts.filters import AlertFilters
from bot.alerts.message import compose
from bot.conversation import groups, interview
from bot.conversation.events import Asker, Media, Text
from bot.conversation.library import Library
from bot.conversation.machine import LONGEST_TEXT, on_text
from bot.conversation.replies import Attachment, Export, Say
from bot.conversation.screens import (
    admin,
    alerts,
    article,
    checklist,
    consent,
    deadlines,
    draws,
    faq,
    human,
    letter,
    my_file,
    noc,
    privacy,
    provinces,
    relocation,
    results,
    score,
    settings,
    start,
    tools,
)
from bot.conversation.session import Session
from bot.conversation.turn import Outcome, Turn
from knowledge.content.render import Language, render
from knowledge.draws.view import Wanted
from knowledge.noc.match_result import CodeMatch, DecidingQuestion, Evidence, MatchResult
from rules.profile import Profile

TODAY = date(2026, 11, 23)
NINE = {"speaking": 9, "listening": 9, "reading": 9, "writing": 9}
DEVELOPER: Mapping[str, object] = {
    "has_job_offer": True, "noc": "21231", "job_location": "Ottawa", "hourly_wage": 62.5, "job_full_time": True,
    "months_in_position": 14, "education": "master", "english": NINE, "status": "work_permit", "residence": "ontario",
}  # fmt: skip
NO_OFFER: Mapping[str, object] = {"has_job_offer": False, "noc": "21231"}
DUTIES: Mapping[str, str] = {
    "en": "I turn what users need into a system design.\nI build back-end services and review the team's code.",
    "fr": "Je traduis les besoins des utilisateurs en architecture de système.\nJe conçois les services.",
}
OLD_CLAIM: Mapping[str, str] = {
    "en": "Ontario holds tech draws in 2026. Leaving Toronto gives 8 points.",
    "fr": "L'Ontario tient des tirages techno en 2026. Quitter Toronto donne 8 points.",
}
LETTER: Mapping[str, str] = {
    "en": "Employed since March 2021, 40 hours a week.\n- Designing our payment platform\n- Reviewing code",
    "fr": "Employée depuis mars 2021, 40 heures par semaine.\n- Conception de notre plateforme",
}
CORRECTED = {"score_min": 60}


@dataclass(frozen=True, slots=True)
class Stage:
    """Makes the turn of somebody who told something, in one language."""

    library: Library
    language: Language

    def turn(self, told: Mapping[str, object] | None = None, **session: Any) -> Turn:
        made = Session(
            id="ab12",
            language=self.language,
            consent=session.pop("consent", "given"),
            profile=Profile.parse(dict(told or {})),
            **session,
        )
        return Turn(made, Asker(1, self.language), TODAY, self.library)

    def wishes(self) -> AlertFilters:
        return AlertFilters(
            language=self.language, codes=("21231",), regions=("east",), within=20, score_eoi=76, score_crs=480,
            quiet_from=22, quiet_to=7,
        )  # fmt: skip

    def draw(self) -> Any:
        """The newest Ontario draw with a score and a list of codes."""
        found = self.library.draws.find(Wanted(program="ontario"))
        return next(draw for draw in found if draw.score_min is not None and draw.codes)


Scene = Callable[[Stage], Outcome | str]


def words(made: Outcome | str) -> str:
    """Everything a person reads of a scene: texts, captions and the labels of the buttons."""
    if isinstance(made, str):
        return made
    parts = [reply for reply in made.replies if isinstance(reply, Say | Attachment)]
    told = [reply.text if isinstance(reply, Say) else reply.caption for reply in parts]
    told += [effect.caption for effect in made.effects if isinstance(effect, Export)]
    keys = [" ".join(f"[{button.label}]" for button in row) for reply in parts for row in reply.keyboard]
    said = "\n\n".join([*told, *(["\n".join(keys)] if keys else [])])
    # the sources' addresses have tests of their own: a snapshot names the host alone
    return re.sub(r"((?:https://|www\.)[^/\"<\s]+)/[^\"<\s]+", r"\1/…", said)


def matched(stage: Stage, said: list[str]) -> str:
    """A match as the matcher gives it, held still: which code fits best is measured elsewhere."""
    duties = stage.library.noc["21231"].duties.to(stage.language)
    evidence = tuple(Evidence(told, duty, 0.8, 0.5) for told, duty in zip(said, duties, strict=False))
    best = CodeMatch("21231", 0.9, evidence, duties[len(said) : 4 + len(said)], 0.18, 0.25)
    question = DecidingQuestion("21231", "21232", stage.library.noc["21231"].confused_with[0].question)
    result = MatchResult(stage.language, tuple(said), (best, CodeMatch("21232", 0.1)), "likely", question)
    turn = stage.turn()
    return words(
        Outcome(turn.session, (Say(noc.match_text(turn, result), noc.match_keyboard(turn, result)),))
    )


def alert(kind: str) -> Scene:
    def made(stage: Stage) -> str:
        draw = stage.draw()
        data: dict[str, Any] = {"draw": draw.to_json(), "facts": ["crs.education"]}
        if kind == "correction":
            data |= {"before": draw.to_json() | CORRECTED, "changed": ["score"]}
        return compose(kind, data, None, stage.wishes(), TODAY).text

    return made


def progress(stage: Stage) -> Any:
    about = SimpleNamespace(id=7, kind="draw", state="waiting", note="Checked by hand.")
    return SimpleNamespace(
        alert=about, settled=120, total=4000, uncertain=[3], counts={"sent": 120}, rate=25.0, left=155.0
    )


def admin_page(stage: Stage) -> str:
    source = SimpleNamespace(
        name="ontario", checked_at=datetime(2026, 11, 23, 14, 5, tzinfo=UTC), error=None, failures=0
    )
    review = SimpleNamespace(name="crs", review_since=datetime(2026, 11, 20, tzinfo=UTC))
    name = stage.draw().stream
    return render(
        "admin",
        stage.language,
        lines=[progress(stage)],
        name=lambda _: name,
        sources=[source],
        reviews=[review],
    )


def admin_alert(stage: Stage) -> str:
    line = progress(stage)
    return render("admin_alert", stage.language, line=line, done=True, reaches=4000, name=stage.draw().stream)


def notice(stage: Stage) -> str:
    told = SimpleNamespace(kind="waiting", details={"draw": stage.draw().to_json()})
    return render("notice", stage.language, today=TODAY, notice=told, people=4000)


SCENES: Mapping[str, Scene] = {
    "welcome": lambda s: start.welcome(s.turn()),
    "menu": lambda s: start.menu(s.turn()),
    "help": lambda s: start.help_page(s.turn()),
    "help-unknown": lambda s: start.help_page(s.turn(), unknown="dance"),
    "not_text": lambda s: start.not_text(s.turn(), Media("photo")),
    "not_text-voice": lambda s: start.not_text(s.turn(), Media("voice")),
    "edited": lambda s: start.edited(s.turn()),
    "cancelled": lambda s: start.cancel(s.turn(asking="noc")),
    "restarted": lambda s: start.restart(s.turn()),
    "too_long": lambda s: on_text(s.turn(), Text("x" * (LONGEST_TEXT + 1))),
    "only_private": lambda s: groups.elsewhere(s.turn()),
    "consent": lambda s: consent.ask(s.turn(consent="unasked")),
    "consent_refused": lambda s: consent.answer(s.turn(consent="unasked"), "no"),
    "question": lambda s: interview.ask(s.turn({"has_job_offer": True, "noc": "21231"}), "hourly_wage"),
    "question-own-occupation": lambda s: interview.ask(s.turn({"has_job_offer": False}), "noc"),
    "question-french": lambda s: interview.ask(s.turn(DEVELOPER), "french"),
    "problem": lambda s: render("problem", s.language, said=None, problem="21239?"),
    "review": lambda s: results.review(s.turn(DEVELOPER, declined=("french", "age"))),
    "noc_prompt": lambda s: noc.prompt(s.turn()),
    "noc_match": lambda s: matched(s, DUTIES[s.language].splitlines()),
    "noc_match-title": lambda s: matched(s, []),
    "noc_nothing": lambda s: noc.match(s.turn(), "zzz"),
    "noc_card": lambda s: noc.card(s.turn(), "21231"),
    "noc_compare": lambda s: noc.compare(s.turn(), "21231 21232"),
    "noc_decided": lambda s: noc.decide(s.turn(), "y 21231 21232"),
    "noc_kept": lambda s: noc.use(s.turn(), "21231"),
    "noc_old_code": lambda s: noc.by_text(s.turn(), "2173"),
    "noc_unknown": lambda s: noc.card(s.turn(), "21239"),
    "faq_topics": lambda s: faq.topics(s.turn()),
    "faq_answer": lambda s: faq.show(s.turn(), "no-job-offer"),
    "faq_none": lambda s: faq.answer(s.turn(), "zzz qqq"),
    "faq_thanks": lambda s: faq.feedback(s.turn(), "y no-job-offer"),
    "streams_result": lambda s: results.show(s.turn(DEVELOPER, goal="ontario")),
    "streams_result-no-offer": lambda s: results.show(s.turn(NO_OFFER, goal="ontario")),
    "streams_why": lambda s: results.why(s.turn(NO_OFFER, goal="ontario"), "workforce_priority_teer_0_3"),
    "streams_closed": lambda s: results.closed(s.turn(NO_OFFER)),
    "score_choose": lambda s: score.choose(s.turn()),
    "score_result": lambda s: results.show(s.turn(DEVELOPER, goal="eoi", declined=("best_year_earnings",))),
    "score_result-crs": lambda s: results.show(s.turn({"age": 29, "education": "master", "english": NINE}, goal="crs")),
    "next_steps": lambda s: score.steps(s.turn(DEVELOPER)),
    "settings": lambda s: settings.show(s.turn()),
    "language_set": lambda s: settings.language(s.turn(), s.language),
    "privacy": lambda s: privacy.show(s.turn()),
    "privacy-refused": lambda s: privacy.show(s.turn(consent="refused")),
    "forget_confirm": lambda s: privacy.confirm(s.turn()),
    "forgotten": lambda s: privacy.forget(s.turn(), "yes"),
    "export_caption": lambda s: privacy.export(s.turn()),
    "draws": lambda s: draws.overview(s.turn(DEVELOPER)),
    "draws_help": lambda s: draws.help_page(s.turn()),
    "draws_list": lambda s: draws.browse(s.turn(DEVELOPER), "o///1"),
    "draws_none": lambda s: draws.found(s.turn(), "1999"),
    "draw": lambda s: draws.show(s.turn(DEVELOPER), draws.short(s.draw())),
    "draws_chart": lambda s: draws.chart(s.turn(), "f/cec"),
    "alerts_off": lambda s: alerts.show(s.turn()),
    "alerts": lambda s: alerts.show(s.turn(alerts=s.wishes())),
    "alerts_stopped": lambda s: alerts.unsubscribe(s.turn(alerts=s.wishes())),
    "alerts_streams": lambda s: alerts.pick(s.turn(alerts=s.wishes()), "streams"),
    "alerts_regions": lambda s: alerts.pick(s.turn(alerts=s.wishes()), "regions"),
    "alerts_zones": lambda s: alerts.pick(s.turn(alerts=s.wishes()), "zones"),
    "alerts_codes": lambda s: alerts.ask_codes(s.turn(alerts=s.wishes()), problem=True),
    "alert_draw": alert("draw"),
    "alert_correction": alert("correction"),
    "alert_rules": alert("rules"),
    "admin": admin_page,
    "admin_alert": admin_alert,
    "admin_note": lambda s: admin.ask_note(s.turn(), "7"),
    "admin_refused": lambda s: admin.command(s.turn()),
    "admin_unknown": lambda s: render("admin_unknown", s.language, said="99"),
    "notice": notice,
    "tools": lambda s: tools.show(s.turn()),
    "provinces": lambda s: provinces.show(s.turn()),
    "provinces_others": lambda s: provinces.others(s.turn()),
    "human": lambda s: human.show(s.turn()),
    "relocation": lambda s: relocation.show(s.turn(DEVELOPER)),
    "checklist": lambda s: checklist.command(s.turn(DEVELOPER)),
    "checklist_choose": lambda s: checklist.choose(s.turn()),
    "deadlines_choose": lambda s: deadlines.choose(s.turn()),
    "deadlines_ask": lambda s: deadlines.ask(s.turn(), "invitation"),
    "deadlines": lambda s: deadlines.show(s.turn(DEVELOPER), "invitation", date(2026, 11, 2)),
    "article_ask": lambda s: article.ask(s.turn()),
    "article": lambda s: article.read(s.turn(), "", OLD_CLAIM[s.language]),
    "letter": lambda s: letter.show(s.turn(DEVELOPER)),
    "letter_ask": lambda s: letter.ask(s.turn(DEVELOPER), "21231"),
    "letter_check": lambda s: letter.read(s.turn(DEVELOPER), "21231", LETTER[s.language]),
    "letter_skeleton": lambda s: letter.show_skeleton(s.turn(DEVELOPER), "21231"),
    "my_file": lambda s: my_file.show(s.turn(DEVELOPER)),
    "my_file_empty": lambda s: my_file.show(s.turn()),
}  # fmt: skip
