"""Valid commands about a disagreement between the partners, and one that is not resolved."""

from typing import Any
from uuid import UUID

from services.casework.steps.sign_off import dialogue, sign_off
from services.casework.steps.sign_off.dialogue import RecordDialogue
from services.casework.steps.sign_off.replacement import ReplacePosition
from services.database.decisions import signed_on_case
from services.domain.dissent import DialogueResult
from services.domain.parties import newest_positions
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from tests.driven import Driven
from tests.words import words_of

NO: dict[str, Any] = {"position": Position.DISAGREES, "reasons": "The alert is not weighed."}


def record_dialogue(**but: Any) -> RecordDialogue:
    usual = {
        "matter": SignOffMatter.RAPID_REVIEW,
        "held_on": "2026-01-05",
        "result": DialogueResult.NOT_RESOLVED,
    }
    return words_of(RecordDialogue, but, **usual)


def replace_position(signature: UUID, **but: Any) -> ReplacePosition:
    usual = {
        "signature": signature,
        "position": Position.AGREES,
        "named_lead": "The chief constable",
    }
    return words_of(ReplacePosition, but, **usual)


def given_by(case: Driven, seat: Seat) -> UUID:
    """Return the newest position of our seat on the rapid review, by its id."""
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        found = signed_on_case(work.session, case.case_id, SignOffMatter.RAPID_REVIEW)
        (newest,) = (one.id for one in newest_positions(found) if one.seat is seat)
        return newest


def unresolved(case: Driven, when: str = "2026-01-05") -> Driven:
    """Have the police disagree with what is put, and the dialogue about it end without agreement.

    The others agree: only the position of the police stands in the way.
    """
    agree = (Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    case.sign(sign_off.sign_rapid_review, when, *agree)
    case.sign(sign_off.sign_rapid_review, when, Seat.POLICE, **NO)
    held = record_dialogue(held_on=when)
    case.do(dialogue.record_dialogue, held, Role.REVIEW_GROUP_CHAIR, when)
    return case
