"""From /start to a NOC code with evidence, a stream criterion by criterion, a score, and a question on the way."""

from __future__ import annotations

from bot.sandbox import StoryClient, StoryPerson

DUTIES_EN = """I design the architecture of our payment platform and turn what users need into a system design.
I build back-end services in Go and Kubernetes and review the team's code.
I plan integration and load tests, measure performance and fix what is slow.
I lead two developers and keep the technical documentation."""
DUTIES_FR = """Je traduis les besoins des utilisateurs en exigences techniques et en architecture de système.
Je conçois notre plateforme de paiement infonuagique, j'automatise les déploiements et je révise le code.
Je planifie les tests d'intégration, je mesure la performance et je corrige ce qui est lent.
Je dirige deux développeurs et je tiens la documentation technique."""
UNKNOWN = {"en": "I don't know", "fr": "je ne sais pas"}


async def leave_open(person: StoryPerson, until: str, language: str = "en") -> None:
    """Answers "I don't know" until the text `until` shows."""
    for _ in range(40):
        if until in person.last.text:
            return
        await person.send(UNKNOWN[language])
    raise AssertionError(f"{until!r} never came:\n{person.chat}")


async def test_a_developer_finds_a_code_a_stream_and_a_score(story: StoryClient) -> None:
    ada = await story.person("Ada", language="en")
    await ada.send("/start")
    assert "not legal advice" in ada.last.text

    await ada.tap("Find my NOC")
    await ada.send(DUTIES_EN)
    assert "21231" in ada.last.text
    assert "payment platform" in ada.last.text, "the evidence quotes her own duties"
    await ada.tap("Use 21231")
    assert "May I keep your answers?" in ada.last.text
    await ada.tap("Yes, keep my answers")
    assert "Software engineers and designers" in ada.last.text

    await ada.tap("Check Ontario streams")
    assert "offered you a job" in ada.last.text
    await ada.send("yes")
    await ada.send("K-W")
    await ada.send("$62 an hour")
    assert "$62 an hour" in ada.last.text, "the answer is repeated before the next question"
    await ada.send("yes")
    # a question half-way is answered, and the interview comes back to its own
    asked = ada.last.text
    await ada.send("Is there still a tech draw in Ontario?")
    assert "2023" in ada.messages[-2].text or "2024" in ada.messages[-2].text
    assert asked.splitlines()[-1] in ada.last.text
    await ada.send("yes")
    await ada.send("14 months")
    await ada.send("CLB 9")
    await ada.send("Bachelor")
    await leave_open(ada, "Ontario Workforce Priority")
    assert "open on 23 November 2026" in ada.last.text
    assert "met" in ada.last.text and "unknown" in ada.last.text
    await ada.tap("Why?")
    assert "Source" in ada.last.text and "as of" in ada.last.text

    await ada.tap("Back to my result")
    await ada.tap("Ontario EOI score")
    await leave_open(ada, "Ontario EOI score:")
    for factor in ("TEER", "wage", "language"):
        assert factor.lower() in ada.last.text.lower()


async def test_une_developpeuse_fait_de_meme_en_francais(story: StoryClient) -> None:
    eve = await story.person("Ève", language="fr")
    await eve.send("/start")
    assert "pas un avis juridique" in eve.last.text

    await eve.send(DUTIES_FR)
    assert "21231" in eve.last.text
    assert "plateforme de paiement" in eve.last.text
    await eve.tap("Choisir 21231")
    await eve.tap("Oui, gardez mes réponses")
    await eve.tap("Vérifier les volets de l'Ontario")
    await eve.send("oui")
    await eve.send("Ottawa")
    await eve.send("62 $ de l'heure")
    await eve.send("oui")
    asked = eve.last.text
    await eve.send("Y a-t-il encore un tirage techno en Ontario ?")
    assert asked.splitlines()[-1] in eve.last.text
    await eve.send("oui")
    await eve.send("14 mois")
    await eve.send("NCLC 9")
    await leave_open(eve, "FÉER 0 à 3", "fr")
    assert "rempli" in eve.last.text and "inconnu" in eve.last.text
    await eve.tap("Pointage DI de l'Ontario")
    await leave_open(eve, "Pointage DI de l'Ontario", "fr")


async def test_one_answer_is_changed_alone_and_the_rest_stays(story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("/score")
    await ada.tap("Federal CRS score")
    await ada.tap("Yes, keep my answers")
    for _ in range(2):
        await ada.send("I don't know")
    await ada.send("/review")
    before = ada.last.text
    assert "Not known" in before
    await ada.tap(ada.last.buttons[1])
    await ada.send("/review")
    assert "Your answers" in ada.last.text


async def test_the_person_comes_back_days_later(story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("/streams")
    await ada.tap("Yes, keep my answers")
    await ada.send("yes")
    asked = ada.last.text.splitlines()[-1]
    await ada.send("/start")
    await ada.tap("Continue where I was")
    assert asked in ada.last.text


async def test_no_consent_keeps_nothing_and_still_answers(story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("/streams")
    await ada.tap("No, keep nothing")
    assert "nothing will be kept" in ada.last.text
    await ada.send("21231")
    assert "Software engineers and designers" in ada.last.text
    await ada.send("/review")
    assert "None yet" in ada.last.text


async def test_forget_leaves_nothing(story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("/streams")
    await ada.tap("Yes, keep my answers")
    await ada.send("yes")
    await ada.send("/forget")
    await ada.tap("Yes, delete everything")
    assert "deleted" in ada.last.text
    await ada.send("/review")
    assert "None yet" in ada.last.text
