"""The few words the carrier says by itself, when the conversation cannot speak: in English and French."""

from __future__ import annotations

TEXTS = {
    "apology": {
        "en": (
            "Something went wrong on my side, and it has been noted. Your answers are kept. "
            "Please try that again, or send /start."
        ),
        "fr": (
            "Un problème est survenu de mon côté ; il a été noté. Vos réponses sont conservées. "
            "Veuillez réessayer ou envoyer /start."
        ),
    },
    "slow_down": {
        "en": (
            "That is more than I can answer at once. I will skip the next messages for a little while; "
            "your answers so far are kept. Please go on in a minute."
        ),
        "fr": (
            "C'est plus que je ne peux traiter à la fois. Je vais ignorer les prochains messages un petit "
            "moment ; vos réponses sont conservées. Veuillez continuer dans une minute."
        ),
    },
}


def text(name: str, language_code: str | None) -> str:
    """The text `name` in the language Telegram reports for the person, English where it is neither."""
    french = (language_code or "").lower().startswith("fr")
    return TEXTS[name]["fr" if french else "en"]
