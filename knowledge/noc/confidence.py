"""How sure an answer is: from the probability of the best code and how far the second is behind."""

from __future__ import annotations

import numpy as np

from knowledge.noc.match_result import Confidence
from knowledge.noc.postings import Floats
from knowledge.noc.settings import Settings, Threshold


def probabilities(scores: Floats, temperature: float) -> Floats:
    """Scores as probabilities that sum to one over all unit groups."""
    raised = np.exp((scores - scores.max()) / np.float32(temperature))
    shares: Floats = (raised / raised.sum()).astype(np.float32)
    return shares


def confidence(best: float, second: float, settings: Settings) -> Confidence:
    """ "sure" and "likely" only where the tuning sets bear it out."""
    if reaches(best, second, settings.sure):
        return "sure"
    return "likely" if reaches(best, second, settings.likely) else "unsure"


def reaches(best: float, second: float, threshold: Threshold) -> bool:
    return best >= threshold.probability and best - second >= threshold.gap
