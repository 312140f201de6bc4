"""The months that a policy chooses: from one look to the next, and the first of a reported year."""

from typing import Final

MOST_MONTHS: Final = 12
_SAID: Final = (
    f"an action plan is reviewed every 1 to {MOST_MONTHS} months (EMB-04)",
    f"the trends are looked at every 1 to {MOST_MONTHS} months (EMB-10)",
    f"the year of the yearly report begins with one of the {MOST_MONTHS} months",
)


def why_no_months(plan: int | None, trends: int | None, report: int | None) -> str:
    """Return why one of these cannot be chosen, or nothing where each is none or can be."""
    chosen = zip((plan, trends, report), _SAID, strict=True)
    wrong = (said for one, said in chosen if one is not None and not 1 <= one <= MOST_MONTHS)
    return next(wrong, "")
