"""Valid commands about a declared interest."""

from typing import Any
from uuid import UUID

from services.casework.steps.declaration import DeclareAgain
from services.casework.steps.interest_decided import DecideOnInterest
from tests.words import words_of


def declare_again(**but: Any) -> DeclareAgain:
    return words_of(DeclareAgain, but, particulars="Since last week: the uncle is a colleague.")


def decide_on_interest(person: UUID, **but: Any) -> DecideOnInterest:
    usual = {
        "person": person,
        "takes_part": True,
        "managed": "The other partner of the force signs.",
        "decided_by": "The chief constable",
        "all_agree": True,
    }
    return words_of(DecideOnInterest, but, **usual)
