"""Lines of a letter or a question that tell no duty: greetings, addresses, pay, hours, the question itself."""

from __future__ import annotations

import re

GREETINGS = (
    r"to whom (?:it|this) may concern",
    r"^dear\b",
    r"^(?:yours )?(?:sincerely|truly|faithfully)",
    r"^(?:best |kind |warm )?regards",
    r"^(?:hi|hello|hey|thanks|thank you|cheers|bonjour|merci|salut)\b[^.]{0,60}$",
    r"à qui de droit",
    r"^(?:cher|chère|madame|monsieur)\b",
    r"veuillez agréer",
    r"(?:please )?(?:do not hesitate|feel free) to (?:contact|reach)",
    r"n['’]hésitez pas à",
)
CERTIFYING = (
    r"this (?:letter )?is to (?:certify|confirm)",
    r"(?:letter|certificate) (?:is|serves|was) ",
    r"la présente (?:atteste|confirme|certifie|vise)",
    r"(?:was|is|has been|have been|am|were) (?:currently )?employed (?:with|by|at|as|full|in|from|since)",
    r"a (?:été )?(?:travaillé|employée?) (?:chez|pour|au|à)",
)
PARTICULARS = (
    r"^(?:tel|phone|fax|email|e-mail|courriel|tél|website|date|subject|re|objet)\b\.?\s*[:.#]",
    r"^(?:salary|salaire|hours|heures)\b\.?\s*[:.#]",
    r"\b[\w.+-]+@[\w-]+\.\w+|https?://",
    r"(?:annual|hourly|monthly) (?:salary|wage|pay)|salaire annuel|taux horaire",
    r"\b\d{2,3}(?:[.,]\d)?\s*(?:hours|heures)\s*(?:per|a|par|/)\s*(?:week|semaine)",
)
QUESTIONS = (
    r"^(?:which|what) noc\b|\bnoc (?:code )?(?:should|is|do|would|fits|for)\b",
    r"should (?:it|i) (?:be|choose|use|pick)",
    r"^(?:please )?(?:help|advise|review my)\b[^.]{0,50}$",
)
HEADINGS = (
    r"^(?:key |main |primary |my |job )?(?:duties|responsibilities|tasks)(?: and responsibilities)?\s*:?$",
    r"^(?:mes |ses )?(?:principales )?(?:fonctions|tâches|responsabilités)\s*:?$",
)
NO_DUTY = re.compile("|".join((*GREETINGS, *CERTIFYING, *PARTICULARS, *QUESTIONS, *HEADINGS)), re.I)

# What stands above the greeting and below the closing of a letter is the employer's and the signer's.
SALUTATION = re.compile(
    r"^\s*(?:to whom (?:it|this) may concern|dear\b|à qui de droit|madame|monsieur|cher|chère)", re.I
)
CLOSING = re.compile(
    r"^\s*(?:yours )?(?:sincerely|truly|faithfully)|^\s*(?:best |kind |warm )?regards|^\s*cordialement|"
    r"veuillez (?:agréer|recevoir)",
    re.I,
)

DUTY_NOUN = r"(?:duties|responsibilities|tasks|role|functions|job|fonctions|tâches|responsabilités)"
SAYS = (
    r"(?:include[sd]?|including|were|are|is|comprise[sd]?|as follows|following|"
    r"suivantes|comprennent|sont|étaient|incluent)"
)
LEAD_IN = re.compile(
    rf"^(?:(?:.{{0,120}}?\b{DUTY_NOUN}\b[^:.]{{0,60}}{SAYS}?\s*:\s*)"
    r"|(?:my |his |her |their |the |actual )?(?:main |key |primary )?(?:duties|responsibilities|tasks)"
    r"\s+(?:include[sd]?|were|are)\s+"
    r"|(?:mes |ses |les )?(?:principales )?(?:fonctions|tâches|responsabilités)"
    r"\s+(?:comprennent|incluent|sont)\s+)",
    re.I,
)
TITLE_LABEL = re.compile(
    r"^\s*(?:job title|position(?: title)?|title|role|designation|occupation|poste|fonction|"
    r"titre(?: du poste| d’emploi)?)\s*[:=]\s*(.{2,80})$",
    re.I,
)
