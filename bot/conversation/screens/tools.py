"""The tools in one place."""

from __future__ import annotations

import re

from bot.conversation.turn import Outcome, Turn, rows

TOOLS = ("relocation", "myfile", "letter", "checklist", "deadlines", "article", "provinces", "human")
ASKING = (
    r"(?:(?:please )?(?:show|give|open|make|send|print|i need|i want)(?: me)?(?: (?:my|the|a))? |"
    r"(?:montre|donne|ouvre|imprime|envoie|je veux|il me faut)\w*(?:[- ]moi)?(?: (?:ma|mon|mes|la|le|les|une?|des))? )?"
)
# Whole messages that name a tool. A lawyer or a consultant alone is somebody's occupation.
NAMES: tuple[tuple[str, str], ...] = (
    ("tools", r"tools?|outils?"),
    ("relocation", r"relocation|where else(?: in ontario)?|other cities|autres villes|où ailleurs(?: en ontario)?"),
    ("myfile", r"(?:my )?(?:file|pdf)|(?:mon )?(?:dossier|pdf)"),
    ("letter", r"(?:reference|experience|employment) letters?|lettres? (?:de référence|d'expérience|d'emploi)"),
    ("checklist", r"(?:document )?check ?-?lists?|documents?|liste(?:s)? de documents|documents à fournir"),
    ("deadlines", r"deadlines?|due dates?|échéances?|dates? limites?"),
    ("article", r"check an? (?:old )?(?:article|claim)|vérifier un (?:vieil )?article"),
    ("provinces", r"(?:other|compare) provinces?|ontario or elsewhere|autres provinces|comparer les provinces"),
    ("human", r"(?:talk|speak) to (?:a |an |some)?\w+|find an? (?:lawyer|consultant|human)|human|real person|"
              r"parler à (?:une? |quelqu)['’\w]+|trouver un (?:avocat|consultant)|un humain"),
)  # fmt: skip
NAMED = tuple((tool, re.compile(rf"{ASKING}(?:{words})", re.IGNORECASE)) for tool, words in NAMES)


def show(turn: Turn) -> Outcome:
    """Every tool as a button."""
    buttons = [turn.go(f"tool.{tool}", tool) for tool in TOOLS]
    return turn.say("tools", rows(*buttons, turn.go("to_menu", "menu")))


def named(text: str) -> str | None:
    """The command of the tool that a short message names; None where it says anything else."""
    plain = text.strip(" .!?…").replace("’", "'")
    return next((tool for tool, words in NAMED if words.fullmatch(plain)), None)
