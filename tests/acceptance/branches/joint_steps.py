"""The stretches that the joint branches share: both areas begin, the review is set up, signed."""

from typing import Final

from services.domain.workflow import Outcome
from tests.acceptance.branches import shared_steps
from tests.acceptance.chapters import notify
from tests.acceptance.fixtures import Family

MET_ON: Final = "Tue 17 Mar 2026"


def of_residence(family: Family, outcome: Outcome) -> shared_steps.RapidReview:
    """Return the review of the area where the child lives, which hears of it a day later."""
    return shared_steps.RapidReview(
        incident=notify.Incident(
            family=family, happened_on="Sun 1 Mar 2026", received_at="Wed 4 Mar 2026 09:30"
        ),
        aware_at="Tue 3 Mar 2026 15:00",
        referred="Wed 4 Mar 2026 10:00",
        notified="Thu 5 Mar 2026 10:00",
        returned="Wed 11 Mar 2026 10:00",
        meets=f"{MET_ON} 14:00",
        signed="Mon 23 Mar 2026 10:00",
        outcome=outcome,
        criteria_met=True,
        due={
            "K1": "Tue 10 Mar 2026",
            "K4": "Fri 6 Mar 2026",
            "K5": "Fri 6 Mar 2026",
            "K6": "Thu 12 Mar 2026",
            "K7": "Fri 13 Mar 2026 to Mon 23 Mar 2026",
            "K8": "Thu 19 Mar 2026",
            "K9": "Tue 24 Mar 2026",
            "K10": "Thu 26 Mar 2026",
            "K11": "Wed 23 Sep 2026",
        },
        how={"K4": "early", "K8": "late", "K9": "early"},
    )


def of_the_incident(family: Family, outcome: Outcome) -> shared_steps.RapidReview:
    """Return the review of the area where the child was harmed, which notifies first."""
    return shared_steps.RapidReview(
        incident=notify.Incident(
            family=family, happened_on="Sun 1 Mar 2026", received_at="Tue 3 Mar 2026 09:30"
        ),
        aware_at="Mon 2 Mar 2026 15:00",
        referred="Tue 3 Mar 2026 10:00",
        notified="Wed 4 Mar 2026 10:00",
        returned="Wed 11 Mar 2026 10:00",
        meets=f"{MET_ON} 14:00",
        signed="Mon 23 Mar 2026 10:00",
        outcome=outcome,
        criteria_met=True,
        due={
            "K1": "Mon 9 Mar 2026",
            "K4": "Thu 5 Mar 2026",
            "K5": "Wed 4 Mar 2026",
            "K6": "Wed 11 Mar 2026",
            "K7": "Mon 16 Mar 2026 to Thu 19 Mar 2026",
            "K8": "Thu 19 Mar 2026",
            "K9": "Thu 19 Mar 2026",
            "K10": "Tue 24 Mar 2026",
        },
        how={"K5": "on the day"},
    )
