"""Twelve people who meet the bot in English, each with what matters to them."""

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
)

OFFER = {
    "has_job_offer": "yes",
    "job_full_time": "yes",
    "job_permanent": "yes",
    "licence": "no licence needed",
}
SETTLED = {"residence": "In Ontario", "status": "work permit", "intends_ontario": "yes"}
TEER_0_3 = "Ontario Workforce Priority, TEER 0-3"
TEER_4_5 = "Ontario Workforce Priority, TEER 4-5"
PHYSICIANS = "Ontario Workforce Priority, self-employed physicians"


async def test_a_newcomer_without_a_job_offer(story: StoryClient) -> None:
    """Hears at once that the offer is missing, is asked nothing about one, and learns what is left."""
    nia = await story.person("Nia")
    await checks_ontario(nia, {"has_job_offer": "no", "noc": "21231"}, until=TEER_0_3)
    assert "What does the job offer pay?" not in nia.chat
    assert "Which NOC code is your occupation?" in nia.chat
    assert "not met, Job offer" in nia.last.text
    assert "a criterion is not met" in nia.last.text
    await nia.tap("No offer: what can I do?")
    assert is_sourced(nia)
    assert "offer" in nia.last.text and "nominated" not in nia.last.text
    await nia.send("/provinces")
    assert "British Columbia" in nia.reply and "Alberta" in nia.reply


async def test_a_developer_in_the_gta_with_an_offer(story: StoryClient) -> None:
    """Every criterion met, a score of 96 of 130, and no promise of an invitation."""
    dev = await story.person("Dev")
    told = {
        **OFFER,
        **SETTLED,
        **GOOD_EMPLOYER,
        "noc": "21231",
        "job_location": "Mississauga",
        "hourly_wage": "120k a year",
        "months_in_position": "14 months",
        "best_year_earnings": "95,000",
        "english": "CLB 9",
        "french": "no test",
        "education": "master",
        "canadian_credentials": "none",
        "has_eca": "yes",
    }
    await checks_ontario(dev, told, until=TEER_0_3)
    assert "$57.69 an hour" in dev.chat, "the yearly wage is read back by the hour"
    assert "By what you told me, every criterion is met" in dev.last.text
    assert "open on 23 November 2026" in dev.last.text
    assert "Meeting the criteria is not an invitation" in dev.last.text
    await dev.tap("Ontario EOI score")
    await interviewed(dev, told, until="Ontario EOI score:")
    assert "Ontario EOI score: 96 of 130" in dev.last.text
    assert "5 of 15" in line_with(dev, "Region of the job")
    assert "15 of 18" in line_with(dev, "Months in the offered position")
    assert "unknown" not in dev.last.text
    assert is_sourced(dev)


async def test_a_data_scientist_in_ottawa(story: StoryClient) -> None:
    """Duties in plain words give 21211 with evidence; Ottawa is Eastern Ontario: 109 of 130."""
    olu = await story.person("Olu")
    await olu.send(
        "I analyse large data sets with statistical models and machine learning. I build predictive models in "
        "Python and explain the results to managers. I run A/B tests and clean unstructured data."
    )
    assert "21211 Data scientists" in olu.last.text
    assert "A/B tests" in olu.last.text, "his own words stand beside the group's duties"
    await olu.tap("Use 21211")
    await olu.tap("Yes, keep my answers")
    told = {
        "has_job_offer": "yes",
        "job_location": "Kanata",
        "hourly_wage": "$52/h",
        "months_in_position": "30 months",
        "best_year_earnings": "$90,000",
        "status": "work permit",
        "education": "master",
        "canadian_credentials": "one",
        "english": "CLB 10",
        "french": "no test",
    }
    await olu.send("/score")
    await olu.tap("Ontario EOI score")
    await interviewed(olu, told, until="Ontario EOI score:")
    assert "Ontario EOI score: 109 of 130" in olu.last.text
    assert "10 of 15" in line_with(olu, "Region of the job")
    await olu.tap("What would raise it?")
    assert "Only true changes count" in olu.last.text


async def test_a_cleaner_in_teer_5(story: StoryClient) -> None:
    """The TEER 4-5 pathway, its own language level and time in the job; 51 points, and no federal promise."""
    mia = await story.person("Mia")
    told = {
        **OFFER,
        **SETTLED,
        **GOOD_EMPLOYER,
        "noc": "65310",
        "job_location": "Windsor",
        "hourly_wage": "21 an hour",
        "months_in_position": "14 months",
        "best_year_earnings": "32,000",
        "english": "CLB 5",
        "french": "no test",
        "education": "high school",
        "high_school": "yes",
        "canadian_credentials": "none",
    }
    await checks_ontario(mia, told, until=TEER_4_5)
    assert f"{TEER_4_5}: open on 23 November 2026" in mia.last.text
    assert "met, Language" in mia.last.text and "met, Time in the job" in mia.last.text
    assert "unknown, Wage" in mia.last.text, "no regional figure is held, so nothing is guessed"
    assert "every criterion is met" not in mia.last.text
    assert "qualifies nobody for a federal profile" in mia.last.text
    await mia.tap("Ontario EOI score")
    await interviewed(mia, told, until="Ontario EOI score:")
    assert "Ontario EOI score: 51 of 130" in mia.last.text


async def test_a_physician(story: StoryClient) -> None:
    """No offer is needed, but a billing number and a certificate; the open point about language is said."""
    ida = await story.person("Ida")
    told = {
        "has_job_offer": "no",
        "noc": "31102",
        "ohip_billing": "yes",
        "cpso_certificate": "Independent practice",
        **SETTLED,
    }
    await checks_ontario(ida, told, until=PHYSICIANS)
    assert f"{PHYSICIANS}: open on 23 November 2026" in ida.last.text
    assert "met, OHIP billing number" in ida.last.text
    assert "met, Certificate of registration (CPSO)" in ida.last.text
    await ida.tap("Why?")
    assert "Two sources list no language level for physicians" in ida.last.text
    assert is_sourced(ida)


async def test_a_francophone_in_sudbury(story: StoryClient) -> None:
    """Both languages count ten points; the old French stream is closed, and said to be."""
    luc = await story.person("Luc")
    told = {
        "has_job_offer": "yes",
        "noc": "21232",
        "job_location": "Sudbury",
        "hourly_wage": "$41 an hour",
        "months_in_position": "14 months",
        "best_year_earnings": "72,000",
        "status": "work permit",
        "education": "master",
        "canadian_credentials": "one",
        "french": "NCLC 9",
        "english": "CLB 6",
    }
    await luc.send("Is the French-Speaking Skilled Worker stream open?")
    assert "closed" in luc.reply and is_sourced(luc)
    await luc.send("/score")
    await luc.tap("Ontario EOI score")
    await luc.tap("Yes, keep my answers")
    await interviewed(luc, told, until="Ontario EOI score:")
    assert "Ontario EOI score: 116 of 130" in luc.last.text
    assert "10 of 10" in line_with(luc, "Official languages")
    assert "15 of 15" in line_with(luc, "Language level")


async def test_somebody_who_filed_before_june(story: StoryClient) -> None:
    """A file sent in time is decided by the rules of its day; the closing dates are given."""
    ben = await story.person("Ben")
    await ben.send("I filed my OINP application before the streams closed, what happens to it?")
    assert "closing" in ben.reply or "closed" in ben.reply
    assert is_sourced(ben)
    await ben.send("/streams")
    await ben.tap("Yes, keep my answers")
    await interviewed(ben, {"has_job_offer": "no", "noc": "21231"}, until=TEER_0_3)
    await ben.tap("Closed streams")
    assert "A file sent in before the closing is decided under the rules of its own date." in ben.last.text
    assert "Human Capital Priorities" in ben.last.text
    assert "closed since 30 May 2026" in line_with(ben, "Human Capital Priorities")
    assert "closed since" in line_with(ben, "PhD Graduate")
    await ben.tap("Human Capital Priorities")
    assert "Human Capital Priorities (closed)" in ben.last.text
    assert is_sourced(ben)


async def test_somebody_who_believes_an_old_article(story: StoryClient) -> None:
    """Each outdated claim is quoted, dated and sourced; a plain question gets the same facts."""
    amy = await story.person("Amy")
    await amy.send("/article")
    await amy.send(
        "Ontario holds tech draws for 21232 software developers. Jobs outside Toronto get 8 points. "
        "With Human Capital Priorities you need no job offer."
    )
    assert "No longer so, since 30 May 2026" in amy.last.text
    assert "Human Capital Priorities" in amy.last.text and "0, 5, 10 and 15" in amy.last.text
    assert is_sourced(amy)
    await amy.send("When is the next tech draw?")
    assert "14 December 2023" in amy.reply, "the last one, with its date"
    assert "next tech draw is" not in amy.reply


async def test_somebody_angry(story: StoryClient) -> None:
    """Abuse gets a calm word and no occupation; the real question behind it gets its answer, and a person."""
    rob = await story.person("Rob")
    await rob.send("This bot is useless garbage!!!")
    assert "tell me what you were looking for" in rob.reply
    assert "74205" not in rob.chat
    await rob.send("you are an idiot")
    assert "tell me what you were looking for" in rob.reply
    await rob.send("WHY DID ONTARIO REFUSE ME??")
    assert "internal review within 30 days" in rob.reply
    assert "I cannot" in rob.reply, "no advice on the letter itself"
    await rob.send("/human")
    assert "college-ic.ca" in " ".join(rob.last.links)


async def test_somebody_who_only_types(story: StoryClient) -> None:
    """No tap but the consent: yes, places, wages, levels, back, review and stop by plain words."""
    kim = await story.person("Kim")
    await kim.send("hello")
    assert "Check Ontario streams" in kim.buttons
    await kim.send("/streams")
    await kim.tap("Yes, keep my answers")
    for typed in ("yep", "21231", "K-W", "85k a year, 37.5 hours"):
        await kim.send(typed)
    assert "$43.59 an hour" in kim.last.text, "85,000 by 52 weeks of 37.5 hours"
    await kim.send("back")
    assert "What does the job offer pay?" in kim.last.text
    await kim.send("44 an hour")
    assert "$44 an hour" in kim.last.text
    await kim.send("my answers")
    assert "Place of the job" in kim.last.text and "Wage offered: $44 an hour" in kim.last.text
    await kim.send("What is the processing time?")
    assert "I do not know" not in kim.reply
    await kim.send("stop")
    assert "Check Ontario streams" in kim.buttons


async def test_somebody_who_listens_to_the_screen(story: StoryClient) -> None:
    """Nothing is told by an emoji or a picture alone: verdicts in words, pictures with the same in words."""
    sam = await story.person("Sam")
    await sam.send("/start")
    told = {**OFFER, "noc": "21231", "job_location": "Ottawa", "hourly_wage": "$60/h"}
    await checks_ontario(sam, told, until=TEER_0_3)
    for line in sam.last.text.splitlines():
        if line[:2] in ("✓ ", "✗ ", "? ") and line != sam.last.text.splitlines()[0]:
            assert line[2:].startswith(("met", "not met", "unknown"))
    for command in ("/tools", "/settings", "/draws", "/privacy", "/help", "/provinces"):
        await sam.send(command)
    picture = next(m for m in sam.messages if m.photo)
    assert "Express Entry" in picture.text, "the caption says in words what the picture shows"
    assert is_readable_aloud(sam)


async def test_a_group(story: StoryClient) -> None:
    """In a group the bot is silent until named, answers for everybody, and asks nothing personal."""
    ada, bob = await story.person("Ada"), await story.person("Bob")
    room = await story.group("Ontario 2026", ada, bob)
    await ada.send("What is a NOC code?", chat_id=room)
    await ada.send("/noc 21231", chat_id=room)
    await bob.send("/streams", chat_id=room)
    card, personal = await heard_in(story, room, 2)
    assert "Software engineers and designers" in card.text
    assert "Use 21231" not in card.buttons, "nobody's offer is noted for a whole group"
    assert "only in a private chat" in personal.text and not personal.buttons
    await bob.send("/start")
    assert "not legal advice" in bob.last.text, "alone with the bot, he is served in full"
