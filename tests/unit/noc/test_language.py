"""Which language a text is in."""

from __future__ import annotations

import pytest

from knowledge.noc.language import detect
from knowledge.noc.tokens import stems


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I write code and test it with the team", "en"),
        ("Je programme des services et je teste avec l’équipe", "fr"),
        ("infirmière", "fr"),
        ("Directeur(rice)", "fr"),
        ("nurse", "en"),
        (
            "Je code en Java et je teste les services. I also lead the team and work with the clients for releases.",
            "mixed",
        ),
        (
            "Desarrollo aplicaciones web para los clientes y el equipo de la empresa con las bases de datos",
            "other",
        ),
        ("Ich entwickle die Software für den Kunden und teste sie mit dem Team", "other"),
        ("我是软件工程师", "other"),
        ("Я программист и пишу код", "other"),
        ("मैं सॉफ्टवेयर इंजीनियर हूँ", "other"),
        ("", "en"),
    ],
)
def test_the_language_is_detected(text, language):
    assert detect(text) == language


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("engineers", "engineer"),
        ("planning", "plan"),
        ("tested", "test"),
        ("technicienne", "technicien"),
        ("infirmières", "infirmier"),
        ("directrice", "directeur"),
        ("studies", "study"),
    ],
)
def test_endings_do_not_matter(one, other):
    assert stems(one) == stems(other)


def test_names_with_signs_stay_themselves():
    assert stems("C++, C#, .NET and Node.js") == ("cplusplus", "csharp", "dotnet", "nodej")


def test_both_genders_in_brackets_read_as_one():
    assert stems("Adjoint(e) administratif(ive)") == ("adjoint", "administratif")
