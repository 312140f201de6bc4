"""Valid words of other reviews and proceedings beside a case, and of contacts about them."""

from typing import Any
from uuid import UUID

from services.casework.steps.agreements_logged import LogAgreements
from services.casework.steps.other_reviews.disclosure import ScheduleMaterial
from services.casework.steps.other_reviews.liaison import RecordLiaison
from services.casework.steps.other_reviews.processes import ChangeProcess, RecordProcess
from services.casework.steps.other_reviews.requirements import ListRequirements
from services.casework.steps.referred_out import ReferOut
from tests.words import words_of

HAD_BY = "Sam Sprocket, detective superintendent"
SETTLED = {
    "goes_first": "one_report",
    "agreed_by": "The chairs of both boards",
    "agreed_on": "2025-12-12",
}


def refer_out(agency: UUID, **but: Any) -> ReferOut:
    """Return that an agency was told of what its own procedure is for."""
    return words_of(ReferOut, but, agency=agency, told_on="2025-12-16")


def record_process(**but: Any) -> RecordProcess:
    """Return a safeguarding adult review that is considered; nothing is settled yet."""
    usual = {
        "kind": "safeguarding_adult",
        "called": "SAR-7",
        "state": "considered",
        "since": "2025-12-12",
        "goes_first": "not_settled",
        "constraints": ({"holds_back": "published", "words": "The report", "until": "The plea"},),
    }
    return words_of(RecordProcess, usual | but)


def change_process(process: UUID, **but: Any) -> ChangeProcess:
    """Return that the two boards agreed on one joint report."""
    usual = record_process().model_dump() | {"state": "under_way"} | SETTLED
    return words_of(ChangeProcess, {"process": process} | usual | but)


def record_liaison(**but: Any) -> RecordLiaison:
    """Return a talk with the prosecution about scope and methods, before there is a team."""
    usual = {"whom": "prosecution", "held_on": "2025-12-12", "had_by": HAD_BY}
    return words_of(RecordLiaison, usual | but)


def list_requirements(process: UUID, **but: Any) -> ListRequirements:
    """Return two requirements of a joint report, of which it meets one."""
    listed = (
        {"requirement": "The adult's own views", "met_by": "Chapter 3"},
        {"requirement": "What the boards learn", "met_by": None},
    )
    return words_of(ListRequirements, but, process=process, requirements=listed)


def schedule_material(**but: Any) -> ScheduleMaterial:
    """Return that everything is disclosed but one thing."""
    back = ({"what": "The practitioners' conversations", "why": "Until the trial has ended"},)
    return words_of(ScheduleMaterial, {"agreed_on": "2026-02-02", "kept_back": back} | but)


def log_agreements(**but: Any) -> LogAgreements:
    """Return one thing that was agreed in an exchange of emails."""
    beside = {
        "what": "That the second meeting is not needed.",
        "who": "The chair, and Sam Sprocket of the hospital",
        "how": "By email",
        "agreed_on": "2025-12-12",
    }
    return words_of(LogAgreements, {"beside": (beside,)} | but)
