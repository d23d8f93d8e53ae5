"""What Telegram shows of the bot before a word is said: command menu and descriptions, in each language.

Set at start-up and only where it differs, because Telegram limits how often a bot may change its profile.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot, BotCommand


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile in one language: `commands` in the order of the menu, name to description."""

    commands: dict[str, str]
    description: str
    short: str


ENGLISH = Profile(
    commands={
        "start": "Where to begin",
        "noc": "Find your NOC code from what you do",
        "streams": "Check which streams fit you",
        "score": "Work out a score: CRS, Ontario EOI, federal 67 points",
        "faq": "Questions and answers",
        "tools": "Letters, checklists, deadlines, other places, my file as a PDF",
        "settings": "Language and preferences",
        "privacy": "What is kept about you",
        "forget": "Delete everything kept about you",
        "cancel": "Stop what we are doing",
        "help": "What I can do",
    },
    description=(
        "I help you find your NOC code from your duties, see which Ontario and federal skilled-worker streams "
        "fit you, and work out your score, each answer dated and with its official source. I am not a "
        "government service, and this is not legal advice."
    ),
    short="Ontario skilled-worker immigration: NOC codes, streams, scores. Not official, not legal advice.",
)
FRENCH = Profile(
    commands={
        "start": "Par où commencer",
        "noc": "Trouver votre code CNP d'après vos tâches",
        "streams": "Voir quels volets vous conviennent",
        "score": "Calculer un pointage : SCG, EDI de l'Ontario, 67 points",
        "faq": "Questions et réponses",
        "tools": "Lettres, listes, échéances, autres lieux, mon dossier en PDF",
        "settings": "Langue et préférences",
        "privacy": "Ce qui est conservé à votre sujet",
        "forget": "Supprimer tout ce qui est conservé",
        "cancel": "Arrêter ce que nous faisons",
        "help": "Ce que je peux faire",
    },
    description=(
        "Je vous aide à trouver votre code CNP d'après vos tâches, à voir quels volets de l'Ontario et du "
        "fédéral vous conviennent et à calculer votre pointage ; chaque réponse est datée et cite sa source "
        "officielle. Je ne suis pas un service du gouvernement et ceci n'est pas un avis juridique."
    ),
    short="Immigration qualifiée en Ontario : codes CNP, volets, pointages. Ni officiel, ni avis juridique.",
)
# The empty code is what people of every other language see.
PROFILES = {"": ENGLISH, "en": ENGLISH, "fr": FRENCH}


async def introduce(bot: Bot) -> int:
    """Bring Telegram's copy up to date; returns how many entries had to be changed."""
    changed = 0
    for code, profile in PROFILES.items():
        language = code or None
        changed += await _commands(bot, language, profile)
        changed += await _description(bot, language, profile)
        changed += await _short(bot, language, profile)
    return changed


async def _commands(bot: Bot, language: str | None, profile: Profile) -> bool:
    shown = await bot.get_my_commands(language_code=language)
    if {command.command: command.description for command in shown} == profile.commands:
        return False
    wanted = [BotCommand(name, description) for name, description in profile.commands.items()]
    return await bot.set_my_commands(wanted, language_code=language)


async def _description(bot: Bot, language: str | None, profile: Profile) -> bool:
    if (await bot.get_my_description(language_code=language)).description == profile.description:
        return False
    return await bot.set_my_description(profile.description, language_code=language)


async def _short(bot: Bot, language: str | None, profile: Profile) -> bool:
    if (await bot.get_my_short_description(language_code=language)).short_description == profile.short:
        return False
    return await bot.set_my_short_description(profile.short, language_code=language)
