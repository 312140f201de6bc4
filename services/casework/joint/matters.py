"""A matter that several partnerships sign: whose case carries it, who decides, what is signed.

In a joint review the lead's case carries the rapid review, the terms, the report and publication;
the joining side reads them as they are shown to it, and signs on a row of its own. Each partnership
carries and signs its own action plan (rules.md 4, GOV-11).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from services.casework.effects import place_order
from services.casework.joint.orders import DeliverSignature
from services.database.cases import Case
from services.database.decisions import SignOff, sign_offs, signed_by
from services.database.history import Entry, all_of
from services.database.joint_reviews import JointMembership, membership_of
from services.database.shown import members, shown
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId, PartnershipId, PersonId
from services.domain.joint_reviews import DECIDED_WITH, JointMember, joint_parties
from services.domain.parties import Party
from services.domain.roles import Seat
from services.domain.sign_off import SignOffMatter
from services.domain.todos import TODO, Todo


@dataclass(frozen=True, slots=True)
class Bearer:
    """The case that carries a matter: our own, or the lead's as it is shown to us."""

    tenant_id: UUID
    case_id: UUID
    joint_review_id: UUID | None = None

    def is_own(self, case: Case) -> bool:
        """Tell whether it is our own case."""
        return self.case_id == case.id


def bearer_of(work: UnitOfWork, case: Case, matter: SignOffMatter) -> Bearer:
    """Return which case carries the matter."""
    membership = membership_of(work.session, case.id) if matter in DECIDED_WITH else None
    if membership is None:
        return Bearer(case.tenant_id, case.id)
    review = membership.joint_review_id
    if membership.is_lead:
        return Bearer(case.tenant_id, case.id, review)
    for member in members(work.session, review):
        if member.is_lead:
            return Bearer(member.tenant_id, member.case_id, review)
    return Bearer(case.tenant_id, case.id, review)


def entries_said(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *types: EntryType
) -> list[Entry]:
    """Return the entries of these types on the case that carries the matter, oldest first.

    Of the lead's case only what is shown to us now is found.
    """
    bearer = bearer_of(work, case, matter)
    if bearer.is_own(case):
        found = [one for kind in types for one in all_of(work.session, case.id, kind)]
        return sorted(found, key=lambda one: one.number)
    question = select(Entry).where(
        Entry.tenant_id == bearer.tenant_id,
        Entry.case_id == bearer.case_id,
        col(Entry.entry_type).in_(types),
    )
    return list(work.session.exec(shown(question.order_by(col(Entry.number)))))


def parties_deciding(work: UnitOfWork, case: Case, matter: SignOffMatter) -> tuple[Party, ...]:
    """Return every party that signs the matter: those of one partnership, or of several."""
    review = bearer_of(work, case, matter).joint_review_id
    if review is None:
        return work.partnership.parties
    taking_part = [as_member(one) for one in members(work.session, review)]
    return joint_parties(taking_part, matter)


def signatures(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int
) -> Sequence[SignOff]:
    """Return every party's position on the matter in this round, in each party's own words."""
    review = bearer_of(work, case, matter).joint_review_id
    if review is None:
        return sign_offs(work.session, case.id, matter, round_)
    question = select(SignOff).where(
        SignOff.joint_review_id == review, SignOff.matter == matter, SignOff.round == round_
    )
    return work.session.exec(shown(question.order_by(col(SignOff.at), col(SignOff.id)))).all()


def signatures_of(
    work: UnitOfWork, case: Case, matter: SignOffMatter, person_id: PersonId
) -> Sequence[SignOff]:
    """Return all that a person signed on the case, and in its joint review on whichever side."""
    review = bearer_of(work, case, matter).joint_review_id
    own = signed_by(work.session, case.id, person_id)
    if review is None:
        return own
    question = select(SignOff).where(
        SignOff.joint_review_id == review, SignOff.person_id == person_id
    )
    return [*own, *work.session.exec(shown(question))]


def as_member(membership: JointMembership) -> JointMember:
    """Return the membership as the rules of joint reviews take it."""
    partnership_id = PartnershipId(membership.tenant_id)
    return JointMember(
        partnership_id=partnership_id,
        part=membership.part,
        parties=tuple(
            Party(partnership_id, Seat(one["seat"]), one["authority"]) for one in membership.parties
        ),
        is_lead=membership.is_lead,
    )


def said_by_lead(work: UnitOfWork, case: Case, types: Sequence[EntryType]) -> list[Entry]:
    """Return the newest entry of each type on the lead's case, if ours joins a review it leads."""
    bearer = bearer_of(work, case, SignOffMatter.RAPID_REVIEW)
    if bearer.is_own(case):
        return []
    found = [entries_said(work, case, SignOffMatter.RAPID_REVIEW, one)[-1:] for one in types]
    return [entry for newest in found for entry in newest]


def deliver_signature(
    work: UnitOfWork, case: Case, signature: SignOff, bearer: Bearer, todo: Todo
) -> None:
    """Have a signature put on record on the lead's case, which alone decides what follows."""
    assert bearer.joint_review_id is not None  # noqa: S101 - another's case is of a joint review
    order = DeliverSignature(
        sign_off_id=signature.id,
        joint_review_id=bearer.joint_review_id,
        partnership_id=bearer.tenant_id,
    )
    place_order(work, CaseId(case.id), TODO[todo].step, order)
