"""Everything a person told and got, as plain data for one printed file: words ready, sources numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.conversation import goals
from bot.conversation.answers import askable
from bot.conversation.questions import wording, wordings
from bot.conversation.screens import results, score
from bot.conversation.spoken import shown
from bot.conversation.turn import Turn
from knowledge.content.render import long_date
from knowledge.documents.checklist import (
    Entry,
    Pathway,
    checklist,
    documents,
    pathway_of,
    stages,
)
from rules import next_steps
from rules.errors import RuleError
from rules.profile import Job
from rules.rulebook import Citation
from rules.scorecard import ScoreCard
from rules.streams import CriterionResult, StreamAssessment

Data = dict[str, object]
SCORES = ("eoi", "crs", "fsw")
MOST_STEPS = 10
LABELS = (
    "title", "name", "colon", "notice", "glance", "told", "unknown", "jobs", "job.when", "job.what", "job.where",
    "job.hours", "ontario", "federal", "others", "criterion", "reason", "scores", "factor", "points", "of",
    "not_known", "partly_known", "steps", "checklist", "checklist_note", "questions", "sources", "page", "footer",
)  # fmt: skip


@dataclass(slots=True)
class Sources:
    """The sources in the order they are first cited; `number` gives each its number, from 1."""

    turn: Turn
    cited: list[Citation] = field(default_factory=list)

    def number(self, citation: Citation) -> int:
        """One page read on one day is one source, whoever cites it."""
        known = [page_of(one) for one in self.cited]
        if page_of(citation) not in known:
            self.cited.append(citation)
            known.append(page_of(citation))
        return known.index(page_of(citation)) + 1

    def listed(self) -> list[Data]:
        return [{"text": self.told(citation), "url": citation.url} for citation in self.cited]

    def told(self, citation: Citation) -> str:
        return self.turn.label(
            "myfile.source",
            title=citation.titled(self.turn.language),
            day=long_date(citation.as_of, self.turn.language),
            confidence=self.turn.label(f"confidence.{citation.confidence}"),
        )


def page_of(citation: Citation) -> tuple[str, date, str]:
    return citation.url, citation.as_of, citation.confidence


def my_file(turn: Turn) -> Data:
    """The data of bot.printing.my_file, JSON types only."""
    sources = Sources(turn)
    ontario = results.ranked(turn, goals.STREAMS["ontario"])
    federal = results.ranked(turn, goals.STREAMS["federal"])
    cards = [scored(turn, name, sources) for name in SCORES]
    return {
        "language": turn.language,
        "words": {name: turn.label(f"myfile.{name}") for name in LABELS},
        "made": turn.label("myfile.made", day=long_date(turn.today, turn.language)),
        "glance": glance(turn, ontario[0], federal[0], cards),
        "told": told(turn),
        "unknown": [wording(name).name.to(turn.language) for name in turn.session.declined],
        "jobs": [job(turn, one) for one in turn.session.profile.jobs],
        "ontario": assessed(turn, ontario[0], sources),
        "others": [brief(turn, one, sources) for one in ontario[1:]],
        "federal": [assessed(turn, one, sources) for one in federal],
        "scores": cards,
        "steps": steps(turn),
        "checklist": papers(turn, sources),
        "sources": sources.listed(),
    }


def glance(
    turn: Turn, ontario: StreamAssessment, federal: StreamAssessment, cards: Sequence[Data]
) -> list[list[str]]:
    """The few lines a reader wants first."""
    lines = []
    code = turn.session.profile.noc
    if code and code in turn.library.noc:
        lines.append(
            [
                wording("noc").name.to(turn.language),
                f"{code} {turn.library.noc[code].title.to(turn.language)}",
            ]
        )
    lines += [[one.name.text(turn.language), verdict(turn, one)] for one in (ontario, federal)]
    return lines + [[str(card["name"]), str(card["short"])] for card in cards]


def verdict(turn: Turn, assessment: StreamAssessment) -> str:
    return turn.label(f"verdict.{assessment.verdict.value}")


def told(turn: Turn) -> list[list[str]]:
    """Every answer but the work history, which has a table of its own."""
    profile = turn.session.profile
    given = [name for name in wordings() if name in askable() and name != "jobs" and profile.knows(name)]
    return [
        [wording(name).name.to(turn.language), shown(name, getattr(profile, name), turn.language)]
        for name in given
    ]


def job(turn: Turn, one: Job) -> list[str]:
    until = long_date(one.end, turn.language) if one.end else turn.label("now")
    title = turn.library.noc[one.noc].title.to(turn.language) if one.noc in turn.library.noc else ""
    alone = f" ({turn.label('myfile.self_employed')})" if one.self_employed else ""
    hours = f"{one.hours_per_week:g}" if one.hours_per_week is not None else ""
    return [
        f"{long_date(one.start, turn.language)} – {until}",
        f"{one.noc} {title}{alone}",
        one.place or "",
        hours,
    ]


def assessed(turn: Turn, one: StreamAssessment, sources: Sources) -> Data:
    """A stream with every criterion."""
    return {
        **brief(turn, one, sources),
        "criteria": [criterion(turn, each, sources) for each in one.criteria],
        "notes": [note.text.text(turn.language) for note in one.notes],
    }


def brief(turn: Turn, one: StreamAssessment, sources: Sources) -> Data:
    """A stream in a line: name, state, verdict."""
    return {
        "name": one.name.text(turn.language),
        "state": turn.label(f"state.{one.state}"),
        "verdict": verdict(turn, one),
        "truth": one.verdict.value,
        "source": sources.number(one.state_source),
    }


def criterion(turn: Turn, one: CriterionResult, sources: Sources) -> Data:
    change = turn.label("myfile.change", text=one.change.text(turn.language)) if one.change else ""
    return {
        "truth": one.verdict.value,
        "mark": turn.label(f"truth.{one.verdict.value}"),
        "label": one.label.text(turn.language),
        "reason": one.reason.text(turn.language),
        "change": change,
        "source": sources.number(one.source),
    }


def scored(turn: Turn, name: str, sources: Sources) -> Data:
    """A score with its factors; where it cannot be reckoned, why."""
    title = turn.label(f"grid.{name}")
    try:
        card = score.card(turn, name)
    except RuleError as problem:
        why = turn.label("myfile.no_score", problem=problem.text(turn.language))
        return {"name": title, "short": why, "factors": [], "caveats": [], "total": "", "source": 0}
    return {"name": title, **counted(turn, card), "source": sources.number(card.citation)}


def counted(turn: Turn, card: ScoreCard) -> Data:
    total = f"{card.total} {turn.label('myfile.of')} {card.maximum}"
    partly = "" if card.known else f" ({turn.label('myfile.partly')})"
    return {
        "total": total,
        "short": total + partly,
        "factors": [
            {
                "label": factor.label.text(turn.language),
                "points": factor.points,
                "maximum": factor.maximum,
                "known": factor.known,
            }
            for factor in card.factors
        ],
        "caveats": [caveat.text(turn.language) for caveat in card.caveats],
    }


def steps(turn: Turn) -> list[str]:
    try:
        found = next_steps.next_steps(turn.session.profile, turn.today)
    except RuleError:
        # a place that cannot be told apart: the scores above say so
        return []
    return [step.text(turn.language) for step in found[:MOST_STEPS]]


def papers(turn: Turn, sources: Sources) -> Data:
    """The checklist of the pathway the person is on, the TEER 0-3 one while that is not known."""
    profile = turn.session.profile
    pathway: Pathway = pathway_of(profile) or "teer_0_3"
    return {
        "pathway": documents().pathways[pathway].text(turn.language),
        "official": documents().official,
        "stages": [
            {
                "title": documents().stages[stage].text(turn.language),
                "items": [paper(turn, entry, sources) for entry in checklist(profile, pathway, stage)],
            }
            for stage in stages(profile, pathway)
        ],
    }


def paper(turn: Turn, entry: Entry, sources: Sources) -> Data:
    basis = turn.label(f"basis.{entry.document.basis}")
    return {
        "name": entry.document.name.text(turn.language),
        "only_if": ", ".join(words.text(turn.language) for words in entry.only_if),
        "detail": entry.detail(turn.language, turn.today),
        "source": sources.number(entry.proof.citation(turn.language)),
        "proved": turn.label("myfile.proved", who=entry.document.proves.text(turn.language), basis=basis),
    }
