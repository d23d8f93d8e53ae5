"""What looking at one requirement brought: its truth, what is still to be asked, and what to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rules.truth import Truth

Facts = Mapping[str, object]
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """The truth of a requirement for a person.

    `asks` are the fields not yet given that can still settle it (empty once settled, and where the missing
    fact is ours and not theirs). `variant` names the sentence to say where yes / no / unknown is too coarse;
    `facts` fills its gaps.
    """

    truth: Truth
    asks: frozenset[str] = _NOTHING
    variant: str | None = None
    facts: Facts = field(default_factory=dict)

    def said(self, variant: str | None = None, /, **facts: object) -> Finding:
        """The same finding, said in another way."""
        return replace(self, variant=variant or self.variant, facts={**self.facts, **facts})


def yes(variant: str | None = None, /, **facts: object) -> Finding:
    return Finding(Truth.YES, _NOTHING, variant, facts)


def no(variant: str | None = None, /, **facts: object) -> Finding:
    return Finding(Truth.NO, _NOTHING, variant, facts)


def unknown(*asks: str) -> Finding:
    return Finding(Truth.UNKNOWN, frozenset(asks))


def decided(holds: bool, /, **facts: object) -> Finding:
    return Finding(Truth.of(holds), facts=facts)


def all_of(*findings: Finding) -> Finding:
    """Yes when all are; the first failing part speaks for a no."""
    return _joined(findings, decisive=Truth.NO, otherwise=Truth.YES)


def any_of(*findings: Finding) -> Finding:
    """Yes when one is; the first part that holds speaks for a yes."""
    return _joined(findings, decisive=Truth.YES, otherwise=Truth.NO)


def _joined(findings: tuple[Finding, ...], decisive: Truth, otherwise: Truth) -> Finding:
    if len(findings) == 1:
        return findings[0]
    facts: dict[str, object] = {}
    still_open = []
    for finding in findings:
        if finding.truth is decisive:
            return Finding(decisive, _NOTHING, finding.variant, _all_facts(findings, finding))
        facts.update(finding.facts)
        if finding.truth is Truth.UNKNOWN:
            still_open.append(finding)
    if not still_open:
        return Finding(otherwise, facts=facts)
    variant = next((finding.variant for finding in still_open if finding.variant), None)
    asks = _NOTHING.union(*(finding.asks for finding in still_open))
    return Finding(Truth.UNKNOWN, asks, variant, facts)


def _all_facts(findings: tuple[Finding, ...], speaker: Finding) -> Facts:
    """What every part knows; where two say the same thing, the speaker's word stands."""
    facts: dict[str, object] = {}
    for finding in findings:
        facts.update(finding.facts)
    facts.update(speaker.facts)
    return facts
