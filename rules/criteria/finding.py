"""What looking at one requirement brought: its truth, what is still to be asked, and what to say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from rules.truth import Truth, every, some

Facts = Mapping[str, object]
PLAIN = {truth: truth.value for truth in Truth}
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

    @property
    def said_as(self) -> str:
        return self.variant or PLAIN[self.truth]


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
    return _joined(findings, every, Truth.NO)


def any_of(*findings: Finding) -> Finding:
    """Yes when one is; the first part that holds speaks for a yes."""
    return _joined(findings, some, Truth.YES)


Joiner = Callable[[list[Truth]], Truth]


def _joined(findings: tuple[Finding, ...], join: Joiner, decisive: Truth) -> Finding:
    truth = join([finding.truth for finding in findings])
    facts: dict[str, object] = {}
    for finding in findings:
        facts.update(finding.facts)
    if truth is Truth.UNKNOWN:
        asks = frozenset[str]().union(*(part.asks for part in findings if part.truth is Truth.UNKNOWN))
        variants = [part.variant for part in findings if part.truth is Truth.UNKNOWN and part.variant]
        return Finding(truth, asks, variants[0] if variants else None, facts)
    speaker = next((part for part in findings if part.truth is decisive), None)
    if truth is decisive and speaker is not None:
        return Finding(truth, variant=speaker.variant, facts={**facts, **speaker.facts})
    variants = [part.variant for part in findings if part.variant]
    return Finding(truth, variant=variants[0] if len(findings) == 1 and variants else None, facts=facts)
