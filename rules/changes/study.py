"""Changes of schooling and of who applies: a credential, its assessment, the partner as principal applicant."""

from __future__ import annotations

from collections.abc import Iterator

from rules.changes.change import Change
from rules.profile import Profile
from rules.texts import Reason

_ENOUGH = 2


def changes(profile: Profile) -> Iterator[Change]:
    yield from _credential(profile)
    yield from _assessment(profile)


def _credential(profile: Profile) -> Iterator[Change]:
    """One more Canadian credential of a year or more."""
    told = profile.knows("canadian_credentials") or profile.knows("canadian_credential")
    if not told or profile.canadian_credentials >= _ENOUGH:
        return
    answers: dict[str, object] = {"canadian_credentials": profile.canadian_credentials + 1}
    if profile.canadian_credential == "none":
        answers["canadian_credential"] = "one_or_two_years"
    text = Reason("step.credential", {"count": answers["canadian_credentials"]})
    yield Change("credential", text, profile.with_answers(**answers))


def _assessment(profile: Profile) -> Iterator[Change]:
    """The assessment of a foreign diploma, where there is none yet."""
    if profile.knows("has_eca") and not profile.has_eca:
        yield Change("assessment", Reason("step.assessment"), profile.with_answers(has_eca=True))
