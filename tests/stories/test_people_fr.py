"""Les douze mêmes personnes en français : the same twelve people, each served in French throughout."""

from __future__ import annotations

from bot.sandbox import StoryClient
from tests.stories.telling import (
    GOOD_EMPLOYER,
    checks_ontario,
    heard_in,
    interviewed,
    is_readable_aloud,
    is_sourced,
    line_with,
    spaced,
)

OFFER = {
    "has_job_offer": "oui",
    "job_full_time": "oui",
    "job_permanent": "oui",
    "licence": "pas de permis exigé",
}
SETTLED = {"residence": "En Ontario", "status": "permis de travail", "intends_ontario": "oui"}
EMPLOYER = {
    **GOOD_EMPLOYER,
    "employer_premises": "oui",
    "employer_public_service": "non",
    "employer_years": "12 ans",
    "employer_orders": "non",
    "employer_revenue": "6 000 000",
}
TEER_0_3 = "Priorité à la main-d'œuvre de l'Ontario, FÉER 0 à 3"
TEER_4_5 = "Priorité à la main-d'œuvre de l'Ontario, FÉER 4 et 5"
PHYSICIANS = "médecins autonomes"
DI = "Pointage DI de l'Ontario :"


async def test_une_nouvelle_venue_sans_offre(story: StoryClient) -> None:
    """L'offre manque : it is said at once, nothing about an offer is asked, and what is left is shown."""
    nia = await story.person("Nia", language="fr")
    await checks_ontario(nia, {"has_job_offer": "non", "noc": "21231"}, until=TEER_0_3)
    assert "Quel est le salaire de l'offre" not in nia.chat
    assert "Quel est le code CNP de votre profession" in nia.chat
    assert "non rempli, Offre d'emploi" in spaced(nia.last.text)
    await nia.tap("Sans offre : que faire ?")
    assert is_sourced(nia)
    assert "offre" in nia.last.text
    await nia.send("/provinces")
    assert "Colombie-Britannique" in nia.reply


async def test_un_developpeur_du_grand_toronto(story: StoryClient) -> None:
    """Tous les critères remplis, 96 sur 130, et aucune promesse d'invitation."""
    dev = await story.person("Dev", language="fr")
    told = {
        **OFFER,
        **SETTLED,
        **EMPLOYER,
        "noc": "21231",
        "job_location": "Mississauga",
        "hourly_wage": "120 000 $ par an",
        "months_in_position": "14 mois",
        "best_year_earnings": "95 000",
        "english": "NCLC 9",
        "french": "aucun",
        "education": "maîtrise",
        "canadian_credentials": "aucun",
        "has_eca": "oui",
    }
    await checks_ontario(dev, told, until=TEER_0_3)
    assert "57,69 $ l'heure" in spaced(dev.chat) or "57,69 $ de l'heure" in spaced(dev.chat)
    assert "tous les critères sont remplis" in dev.last.text
    assert "ouvert le 23 novembre 2026" in spaced(dev.last.text)
    assert "Remplir les critères n'est pas une invitation" in dev.last.text
    await dev.tap("Pointage DI de l'Ontario")
    await interviewed(dev, told, until=DI)
    assert "Pointage DI de l'Ontario : 96 sur 130" in spaced(dev.last.text)
    assert "inconnu" not in dev.last.text
    assert is_sourced(dev)


async def test_une_scientifique_des_donnees_a_ottawa(story: StoryClient) -> None:
    """Des tâches en mots simples donnent 21211 ; Ottawa est dans l'Est : 109 sur 130."""
    olu = await story.person("Olu", language="fr")
    await olu.send(
        "J'analyse de grands ensembles de données avec des modèles statistiques et l'apprentissage automatique. "
        "Je construis des modèles prédictifs en Python et j'explique les résultats aux gestionnaires. "
        "Je mène des tests A/B et je nettoie des données non structurées."
    )
    assert "21211" in olu.last.text
    assert "tests A/B" in olu.last.text
    await olu.tap("Choisir 21211")
    await olu.tap("Oui, gardez mes réponses")
    told = {
        "has_job_offer": "oui",
        "job_location": "Kanata",
        "hourly_wage": "52 $ de l'heure",
        "months_in_position": "30 mois",
        "best_year_earnings": "90 000 $",
        "status": "permis de travail",
        "education": "maîtrise",
        "canadian_credentials": "1",
        "english": "NCLC 10",
        "french": "aucun",
    }
    await olu.send("/score")
    await olu.tap("Pointage DI de l'Ontario")
    await interviewed(olu, told, until=DI)
    assert "Pointage DI de l'Ontario : 109 sur 130" in spaced(olu.last.text)
    assert "10 sur 15" in line_with(olu, "Région de l'emploi")


async def test_une_personne_en_feer_5(story: StoryClient) -> None:
    """Le volet FÉER 4 et 5, son propre niveau de langue ; 51 points, rien de promis au fédéral."""
    mia = await story.person("Mia", language="fr")
    told = {
        **OFFER,
        **SETTLED,
        **EMPLOYER,
        "noc": "65310",
        "job_location": "Windsor",
        "hourly_wage": "21 $ de l'heure",
        "months_in_position": "14 mois",
        "best_year_earnings": "32 000",
        "english": "NCLC 5",
        "french": "aucun",
        "education": "secondaire",
        "high_school": "oui",
        "canadian_credentials": "aucun",
    }
    await checks_ontario(mia, told, until=TEER_4_5)
    assert "inconnu, Salaire" in spaced(mia.last.text), "no regional figure is held, so nothing is guessed"
    assert "tous les critères sont remplis" not in mia.last.text
    assert "rempli, Langue" in spaced(mia.last.text)
    await mia.tap("Pointage DI de l'Ontario")
    await interviewed(mia, told, until=DI)
    assert "Pointage DI de l'Ontario : 51 sur 130" in spaced(mia.last.text)


async def test_une_medecin(story: StoryClient) -> None:
    """Sans offre, mais avec un numéro de facturation et un certificat ; le point ouvert sur la langue est dit."""
    ida = await story.person("Ida", language="fr")
    told = {
        "has_job_offer": "non",
        "noc": "31102",
        "ohip_billing": "oui",
        "cpso_certificate": "Exercice autonome",
        **SETTLED,
    }
    await checks_ontario(ida, told, until=PHYSICIANS)
    assert PHYSICIANS in ida.last.text.splitlines()[2] and "ouvert" in ida.last.text.splitlines()[2]
    assert "rempli, Numéro de facturation" in spaced(ida.last.text)
    await ida.tap("Pourquoi ?")
    assert "niveau" in ida.last.text and "NCLC 6" in spaced(ida.last.text)
    assert is_sourced(ida)


async def test_un_francophone_a_sudbury(story: StoryClient) -> None:
    """Le français est la première langue, les deux valent dix points : 116 sur 130."""
    luc = await story.person("Luc", language="fr")
    told = {
        "has_job_offer": "oui",
        "noc": "21232",
        "job_location": "Sudbury",
        "hourly_wage": "41 $ de l'heure",
        "months_in_position": "14 mois",
        "best_year_earnings": "72 000",
        "status": "permis de travail",
        "education": "maîtrise",
        "canadian_credentials": "1",
        "french": "NCLC 9",
        "english": "NCLC 6",
    }
    await luc.send("Le volet des travailleurs qualifiés d'expression française est-il ouvert ?")
    assert "ferm" in luc.reply and is_sourced(luc)
    await luc.send("/score")
    await luc.tap("Pointage DI de l'Ontario")
    await luc.tap("Oui, gardez mes réponses")
    await interviewed(luc, told, until=DI)
    assert "Pointage DI de l'Ontario : 116 sur 130" in spaced(luc.last.text)
    assert "10 sur 10" in line_with(luc, "Langues officielles")


async def test_quelqu_un_qui_a_depose_avant_juin(story: StoryClient) -> None:
    """Un dossier déposé à temps suit les règles de sa date ; les dates de fermeture sont données."""
    ben = await story.person("Ben", language="fr")
    await ben.send("J'ai déposé ma demande avant la fermeture des volets, que devient-elle ?")
    assert "30 mai 2026" in spaced(ben.reply) or "règles du jour" in ben.reply
    assert is_sourced(ben)
    await ben.send("/streams")
    await ben.tap("Oui, gardez mes réponses")
    await interviewed(ben, {"has_job_offer": "non", "noc": "21231"}, until=TEER_0_3)
    await ben.tap("Volets fermés")
    assert "est jugé selon les règles de sa date" in ben.last.text
    assert "fermé depuis le 30 mai 2026" in line_with(ben, "capital humain")
    await ben.tap("Priorités en matière de capital humain")
    assert "fermé" in ben.last.text and is_sourced(ben)


async def test_quelqu_un_qui_croit_un_vieil_article(story: StoryClient) -> None:
    """Chaque affirmation dépassée est citée, datée et sourcée."""
    amy = await story.person("Amy", language="fr")
    await amy.send("/article")
    await amy.send(
        "L'Ontario tient des tirages techno pour les développeurs de logiciels. Quitter Toronto donne 8 points. "
        "Avec Priorités en matière de capital humain, aucune offre d'emploi n'est requise."
    )
    assert "30 mai 2026" in spaced(amy.last.text)
    assert "capital humain" in amy.last.text.lower()
    assert is_sourced(amy)
    await amy.send("Quand aura lieu le prochain tirage techno ?")
    assert "14 décembre 2023" in spaced(amy.reply)


async def test_quelqu_un_en_colere(story: StoryClient) -> None:
    """Une insulte reçoit un mot calme et aucune profession ; la vraie question, sa réponse, et une personne."""
    rob = await story.person("Rob", language="fr")
    await rob.send("Ce robot est nul !!!")
    assert "dites-moi ce que vous cherchiez" in rob.reply
    await rob.send("POURQUOI L'ONTARIO M'A REFUSÉ ??")
    assert "30 jours" in spaced(rob.reply)
    await rob.send("/human")
    assert "college-ic.ca" in " ".join(rob.last.links)


async def test_quelqu_un_qui_ne_fait_que_taper(story: StoryClient) -> None:
    """Aucun bouton sauf l'accord : lieux, salaires, retour, résumé et arrêt en mots simples."""
    kim = await story.person("Kim", language="fr")
    await kim.send("bonjour")
    assert "Vérifier les volets de l'Ontario" in kim.buttons
    await kim.send("/streams")
    await kim.tap("Oui, gardez mes réponses")
    for typed in ("ouais", "21231", "K-W", "85 000 $ par an, 37,5 heures"):
        await kim.send(typed)
    assert "43,59 $" in spaced(kim.last.text), "85 000 par 52 semaines de 37,5 heures"
    await kim.send("retour")
    assert "Quel est le salaire de l'offre" in kim.last.text
    await kim.send("44 de l'heure")
    assert "44 $" in spaced(kim.last.text)
    await kim.send("mes réponses")
    assert "Lieu de l'emploi" in kim.last.text and "Salaire offert : 44 $" in spaced(kim.last.text)
    await kim.send("arrêter")
    assert "Vérifier les volets de l'Ontario" in kim.buttons


async def test_quelqu_un_qui_ecoute_son_ecran(story: StoryClient) -> None:
    """Rien n'est dit par un emoji ou une image seule."""
    sam = await story.person("Sam", language="fr")
    await sam.send("/start")
    told = {**OFFER, "noc": "21231", "job_location": "Ottawa", "hourly_wage": "60 $/h"}
    await checks_ontario(sam, told, until=TEER_0_3)
    lines = sam.last.text.splitlines()
    for line in lines[1:]:
        if line[:2] in ("✓ ", "✗ ", "? "):
            assert line[2:].startswith(("rempli", "non rempli", "inconnu"))
    for command in ("/tools", "/settings", "/draws", "/privacy", "/help", "/provinces"):
        await sam.send(command)
    picture = next(m for m in sam.messages if m.photo)
    assert "Entrée express" in picture.text
    assert is_readable_aloud(sam)


async def test_un_groupe(story: StoryClient) -> None:
    """Dans un groupe, le robot se tait tant qu'on ne le nomme pas et ne demande rien de personnel."""
    ada, bob = await story.person("Ada", language="fr"), await story.person("Bob", language="fr")
    room = await story.group("Ontario 2026", ada, bob)
    await ada.send("C'est quoi un code CNP ?", chat_id=room)
    await ada.send("/noc 21231", chat_id=room)
    await bob.send("/streams", chat_id=room)
    card, personal = await heard_in(story, room, 2)
    assert "Ingénieurs" in card.text and "FÉER 1" in spaced(card.text)
    assert "Choisir 21231" not in card.buttons
    assert "conversation privée" in personal.text and not personal.buttons
