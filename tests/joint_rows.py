"""One row of each table of joint reviews, on our case, with a partnership that does not exist."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from services.database.joint_reviews import (
    CaseGrant,
    FiledWords,
    JointInvitation,
    JointMembership,
    JointReply,
)
from services.database.partnership_row import PartnershipRow
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import Section
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.sign_off import SignOffMatter

SAID = "An example"


def joint_rows(work: UnitOfWork, case_id: UUID) -> Iterator[PartnershipRow]:
    """Yield a grant that no one has approved, an invitation, a reply, words, a membership."""
    of = {"tenant_id": work.actor.partnership_id, "case_id": case_id}
    review, third, person = uuid4(), uuid4(), work.actor.person_id
    shared = {"joint_review_id": review, "partnership_id": third}
    yield CaseGrant(
        **of,
        **shared,
        sections=[Section.MEETING],
        purpose=SAID,
        lawful_basis=SAID,
        granted_by=person,
        granted_at=work.now,
        until_at=work.now,
    )
    yield _invitation(work, of | shared)
    yield JointReply(
        **of,
        invitation_id=uuid4(),
        partnership_id=third,
        answer=JointAnswer.ASKED,
        reasons=SAID,
        replied_by=person,
        replied_at=work.now,
    )
    yield _filed(of | {"joint_review_id": review}, work)
    yield JointMembership(
        **of,
        joint_review_id=review,
        part=JointPart.CONSULTED,
        is_lead=True,
        parties=[],
        from_at=work.now,
    )


def _invitation(work: UnitOfWork, of: dict[str, UUID]) -> JointInvitation:
    areas = dict.fromkeys(("residence_id", "incident_id", "lead_id"), of["partnership_id"])
    return JointInvitation(
        **of,
        **areas,
        grant_id=uuid4(),
        part=JointPart.CONSULTED,
        reasons=SAID,
        lead_reasons=SAID,
        invited_by=work.actor.person_id,
        invited_at=work.now,
    )


def _filed(of: dict[str, UUID], work: UnitOfWork) -> FiledWords:
    return FiledWords(
        **of,
        matter=SignOffMatter.REPORT,
        round=1,
        carried_by=uuid4(),
        words=[{"act": SAID, "command": {}}],
        names={},
        sha256=SAID,
        said=[],
        filed_at=work.now,
    )
