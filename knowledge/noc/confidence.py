"""How sure an answer is: from the probability of the best code and how far the second is behind."""

from __future__ import annotations

import numpy as np

from knowledge.noc.match_result import Confidence
from knowledge.noc.postings import Floats
from knowledge.noc.settings import Settings, Threshold, Told
from knowledge.noc.splitting import Said


def probabilities(scores: Floats, temperature: float) -> Floats:
    """Scores as probabilities that sum to one over all unit groups."""
    raised = np.exp((scores - scores.max()) / np.float32(temperature))
    shares: Floats = (raised / raised.sum()).astype(np.float32)
    return shares


def told_by(said: Said) -> Told:
    """How much was told: a title alone, one duty, or several."""
    if not said.duties:
        return "title"
    return "duty" if len(said.duties) == 1 else "duties"


def confidence(best: float, second: float, told: Told, settings: Settings) -> Confidence:
    """Sure and likely only where the tuning sets bear it out for as much as was told."""
    if reaches(best, second, settings.sure[told]):
        return "sure"
    return "likely" if reaches(best, second, settings.likely[told]) else "unsure"


def reaches(best: float, second: float, threshold: Threshold) -> bool:
    return best >= threshold.probability and best - second >= threshold.gap
