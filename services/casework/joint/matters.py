"""A matter that several partnerships sign: whose case carries it, who decides, what is signed.

In a joint review the lead's case carries the rapid review, the terms, learning that is shared
before the report, the report and publication; the joining side reads them as they are shown to it,
and signs on a row of its own. Each partnership carries and signs its own action plan (rules.md 4,
GOV-11).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from services.casework.effects import place_order
from services.casework.joint.membership import members_with, part_in_matter
from services.casework.joint.orders import DeliverSignature
from services.database.cases import Case
from services.database.decisions import SignOff, sign_offs, signed_by, signed_on_case
from services.database.history import Entry, Fact, all_of, facts
from services.database.joint_reviews import JointMembership
from services.database.shown import shown, signed_together
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId, PartnershipId, PersonId
from services.domain.joint_reviews import JointMember, joint_parties
from services.domain.parties import Party, newest_positions
from services.domain.roles import Seat
from services.domain.sign_off import Position, SignOffMatter
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
    """Return which case carries the matter, or carried it while what was shared lasted."""
    part = part_in_matter(work, case, matter)
    if part is None:
        return Bearer(case.tenant_id, case.id)
    if part.is_lead:
        return Bearer(case.tenant_id, case.id, part.joint_review_id)
    for member in members_with(work, part):
        if member.is_lead:
            return Bearer(member.tenant_id, member.case_id, part.joint_review_id)
    return Bearer(case.tenant_id, case.id, part.joint_review_id)


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


def facts_said(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *types: EntryType
) -> list[Fact]:
    """Return these entries as the rules see them, with those that a police mark hides."""
    return facts(work.session, bearer_of(work, case, matter).case_id, *types)


def parties_deciding(work: UnitOfWork, case: Case, matter: SignOffMatter) -> tuple[Party, ...]:
    """Return every party that signs the matter: those of one partnership, or of several."""
    part = part_in_matter(work, case, matter)
    if part is None:
        return work.partnership.parties
    return joint_parties([as_member(one) for one in members_with(work, part)], matter)


def signatures(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int
) -> Sequence[SignOff]:
    """Return every party's newest position on the matter in this round, in its own words."""
    return newest_positions(positions_of(work, case, matter, round_))


def positions_of(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int
) -> Sequence[SignOff]:
    """Return every position that was given in this round, with those that were replaced since."""
    part = part_in_matter(work, case, matter)
    if part is None:
        return sign_offs(work.session, case.id, matter, round_)
    if part.is_lead and matter is SignOffMatter.INTERIM_LEARNING:
        # What a lead's partners agreed to alone, before it was put to those of both, stays so.
        return [one for one in signed_ever(work, case, matter) if one.round == round_]
    return [one for one in _signed_together(work, part, matter) if one.round == round_]


def signed_ever(work: UnitOfWork, case: Case, matter: SignOffMatter) -> Sequence[SignOff]:
    """Return every position that was ever given on the matter, in whichever round, oldest first."""
    part = part_in_matter(work, case, matter)
    own = signed_on_case(work.session, case.id, matter)
    found = {one.id: one for one in own if part is not None or one.joint_review_id is None}
    if part is not None:
        found |= {one.id: one for one in _signed_together(work, part, matter)}
    return sorted(found.values(), key=lambda one: (one.at, str(one.id)))


def positions_before(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int
) -> Sequence[SignOff]:
    """Return every position of the earlier rounds, of whichever side; each stays in sight."""
    return [one for one in signed_ever(work, case, matter) if one.round < round_]


def dissents_before(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int
) -> Sequence[SignOff]:
    """Return every disagreement of the earlier rounds, of whichever side."""
    before = positions_before(work, case, matter, round_)
    return [one for one in before if one.position is Position.DISAGREES]


def _signed_together(
    work: UnitOfWork, part: JointMembership, matter: SignOffMatter
) -> Sequence[SignOff]:
    found = signed_together(work.session, part.joint_review_id)
    return [one for one in found if one.matter == matter]


def signatures_of(
    work: UnitOfWork, case: Case, matter: SignOffMatter, person_id: PersonId
) -> Sequence[SignOff]:
    """Return all that a person signed on the case, and in its joint review on whichever side."""
    part = part_in_matter(work, case, matter)
    own = signed_by(work.session, case.id, person_id)
    if part is None:
        return own
    question = select(SignOff).where(
        SignOff.joint_review_id == part.joint_review_id, SignOff.person_id == person_id
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
