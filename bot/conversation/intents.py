"""What plain text wants: a unit group by code, an answer, a code for duties, or the menu."""

from __future__ import annotations

import re

from bot.conversation.turn import Outcome, Turn

CODE_NAME = r"(?:(?:noc|cnp|code|teer|unit group|groupe)\s*){0,2}[:#]?\s*"
CODE_5 = re.compile(rf"^{CODE_NAME}(\d{{5}})\s*\?*$", re.IGNORECASE)
CODE_4 = re.compile(rf"^{CODE_NAME}(\d{{4}})\s*\?*$", re.IGNORECASE)
# "draws with 21231", "tirages 2025": a search in the draws; a question about them is an FAQ
DRAWS = re.compile(
    r"^(?:(?:show|list|last|latest|recent|derniers?|montre\w*)\s+)?(?:draws?|tirages?|rondes?)\b"
    r"\s*(?:with|for|in|of|avec|pour|en|de)?\s*(?P<what>[^?]*)$",
    re.IGNORECASE,
)
QUESTION_START = re.compile(
    r"^(what|which|who|when|where|why|how|can|could|do|does|did|is|are|am|will|would|should|may|must|has|have|"
    r"quel\w*|qui|quand|où|pourquoi|comment|combien|est-ce|puis-je|dois-je|peut-on|y a-t-il|faut-il|suis-je|ai-je)\b",
    re.IGNORECASE,
)
# "I want to talk to somebody", "my application was sent in May": about the person's case, not about their work
OWN_CASE = re.compile(
    r"^(i (?:want|need|would like|wish|applied|was refused|got refused|have applied)|i'd like|help me|tell me|show me|"
    r"my (?:application|file|eoi|profile|employer|permit|visa|wife|husband|partner|nomination|test|offer|score)|"
    r"je (?:veux|voudrais|souhaite|cherche à|dois)|j'aimerais|j'ai (?:présenté|déposé|été refus)|aidez-moi|dites-moi|"
    r"m(?:on|a|es) (?:dossier|demande|profil|employeur|permis|visa|conjointe?|femme|mari|désignation|test|offre|"
    r"pointage))\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(hi|hello|hey|good (morning|evening|afternoon)|bonjour|salut|bonsoir|coucou|allo|allô|start|menu|thanks?|"
    r"thank you|merci|ok(ay)?)\b[\s!.,]*$",
    re.IGNORECASE,
)
# Words of the program, not of a trade: who uses them without a question mark still asks.
IMMIGRATION = re.compile(
    r"\b(oinp|pnp|crs|eoi|ielts|celpip|pte|tef|tcf|clb|nclc|lmia|eimt|ircc|pgwp|bowp|eca|teer|noc|cnp|"
    r"express entry|entrée express|draws?|tirages?|rondes?|nomin\w+|désignation\w*|immigra\w+|streams?|volets?|"
    r"job offer|offre d'emploi|work permit|permis de travail|study permit|permis d'études|permanent residen\w+|"
    r"résiden\w+ permanent\w*|visas?|points?|cut-?offs?|pointage|score|refus\w+|citizenship|citoyenneté|asylum|asile|"
    r"sponsor\w*|parrain\w*|processing time|délais?|fees?|frais|invitation\w*|notification\w*|spouse|conjoint\w*)\b",
    re.IGNORECASE,
)
DUTY_WORDS = 12
ASKING_WORDS = 4


def code_in(text: str) -> str | None:
    """The five- or four-digit NOC code a short text names, or None."""
    text = text.strip()
    found = CODE_5.match(text) or CODE_4.match(text)
    return found[1] if found else None


def is_question(text: str) -> bool:
    """Whether a short text is put as a question."""
    text = text.strip()
    if len(text.split()) > 40:
        return False
    return text.endswith("?") or bool(QUESTION_START.match(text))


def may_be_question(text: str) -> bool:
    """Whether words that are no answer to the open question may ask something themselves."""
    return is_question(text) or is_about_immigration(text) or len(text.split()) >= ASKING_WORDS


def is_greeting(text: str) -> bool:
    return bool(GREETING.match(text.strip()))


def is_about_immigration(text: str) -> bool:
    return bool(IMMIGRATION.search(text))


def is_duties(text: str) -> bool:
    """Whether a text is long or listed enough to be somebody's duties rather than a title or a question."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(text.split()) >= DUTY_WORDS or len(lines) >= 3


def answer(turn: Turn, text: str) -> Outcome:
    """What plain text gets outside the interview: the menu, a unit group, an answer, or a match of duties."""
    from bot.conversation import routes
    from bot.conversation.screens import draws, faq, noc, start, tools

    if is_greeting(text):
        return start.menu(turn)
    tool = tools.named(text)
    if tool and not turn.asker.in_group:
        return routes.COMMANDS[tool](turn, "")
    searched = DRAWS.match(text)
    if searched:
        return draws.command(turn, searched["what"].strip())
    if code_in(text):
        return noc.by_text(turn, text)
    if turn.library.noc.has_title(text):
        return noc.match(turn, text)
    if is_question(text) or (is_about_immigration(text) and not is_duties(text)):
        return faq.answer(turn, text)
    if OWN_CASE.match(text) and faq.knows(turn, text):
        return faq.answer(turn, text)
    return occupation_or_answer(turn, text)


def occupation_or_answer(turn: Turn, text: str) -> Outcome:
    """Words that are no question: somebody's work, unless no occupation fits and an answer does."""
    from bot.conversation.screens import faq, noc

    found = turn.library.matcher.match(text)
    if found.problem in ("nothing_found", "too_short") and faq.knows(turn, text):
        return faq.answer(turn, text)
    return noc.matched(turn, text, found)
