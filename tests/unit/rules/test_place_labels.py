"""A place offered by its full label, because its name is ambiguous, is understood when it is chosen."""

import pytest

from rules import geography
from rules.places import Place, index
from rules.texts import LANGUAGES


def every_place() -> list[Place]:
    return sorted({place for found in index().values() for place in found if place.kind != "region"}, key=str)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_leads_back_to_its_place(lang: str) -> None:
    lost = [
        place.label(lang)  # type: ignore[arg-type]
        for place in every_place()
        if geography.resolve(place.label(lang)).place.standing != place.standing  # type: ignore[arg-type]
    ]
    assert lost == []
