"""Labels of a personal data breach: the risk, what was said of destroying it, how it stands."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "BreachRisk": {
        "unlikely": "a risk to people is unlikely",
        "risk": "a risk to people",
        "high": "a high risk to people",
    },
    "Destroyed": {
        "confirmed": "it was destroyed, and they said so",
        "refused": "they refused",
        "not_answered": "they have not answered",
    },
    "BreachStanding": {
        "running": "the hours run",
        "near": "fewer than 24 hours left",
        "passed": "the 72 hours have passed",
        "decided": "decided",
    },
}
