"""Whose position may be replaced by their named lead, and who puts it on record (GOV-12)."""

from collections.abc import Iterator
from uuid import UUID

from services.casework.joint.matters import (
    parties_deciding,
    positions_of,
    signatures,
    signatures_of,
)
from services.casework.steps.reviewers_called import reviewers_called
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.casework.steps.sign_off.dissent_route import dissents_now, is_unresolved
from services.casework.steps.sign_off.sign_off_conditions import (
    OF_THE_REVIEWER,
    authority_to_sign,
)
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.delegations import authority_of
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.delegation import DelegatedAuthority, is_named_in
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken, StepNotOpen
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.parties import must_be_free_to_sign, party_of
from services.domain.sign_off import SignOffMatter


def replaceable(work: UnitOfWork, case: Case) -> Iterator[SignOff]:
    """Yield the positions of our own parties that a named lead may replace by this person now."""
    party, person_id = party_of(work.actor), work.actor.person_id
    for matter in SignOffMatter:
        if not is_unresolved(work, case, matter):
            continue
        for one in signatures(work, case, matter, round_of(work, case, matter)):
            is_ours = one.tenant_id == case.tenant_id and party in (None, one.party)
            if is_ours and person_id not in _who_gave(work, case, one):
                yield one


def must_stand(work: UnitOfWork, case: Case, signature: UUID) -> SignOff:
    """Return the position of ours that is meant, if it stands in the newest round of its matter."""
    for matter in SignOffMatter:
        for one in signatures(work, case, matter, round_of(work, case, matter)):
            if one.id == signature and one.tenant_id == case.tenant_id:
                return one
    raise AnswerRefused("signature", "That position does not stand: choose one that does.")


def must_be_unresolved(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Refuse a lead before the partners sought to resolve it among themselves (GOV-11)."""
    if not dissents_now(work, case, matter):
        raise StepNotOpen(
            f"No partner disagrees any more with what was put to them of {label(matter)}."
        )
    if not is_unresolved(work, case, matter):
        raise StepNotOpen(
            f"The partners seek to resolve it first: that their dialogue on {label(matter)} ended "
            "without agreement is not on record (GOV-11)."
        )


def delegate_of(work: UnitOfWork, case: Case, before: SignOff) -> SignOff:
    """Return the position of the delegate who signed first for the party in the round."""
    given = positions_of(work, case, before.matter, before.round)
    (first,) = (one for one in given if one.party == before.party and one.replaces is None)
    return first


def lead_on_record(work: UnitOfWork, case: Case, before: SignOff) -> str:
    """Return to whom the delegate answers: by the register today, or as when they signed."""
    first = delegate_of(work, case, before)
    now = authority_of(work.session, first.person_id, first.party, work.today)
    return (now.accountable_to if now else "") or first.accountable_to


def must_be_of_named_lead(work: UnitOfWork, case: Case, before: SignOff, said: str | None) -> str:
    """Return the lead for whom it is put on record; nothing where they do it themself.

    Refuse another seat, the delegate themself, and whoever the register does not name (GOV-12).
    """
    if work.actor.person_id in _who_gave(work, case, before):
        raise RuleBroken("Nobody replaces a position that they gave themself (GOV-12).")
    party = party_of(work.actor)
    if party is None:
        return _named(work, case, before, said)
    if party != before.party:
        raise NotPermitted("A partner's position is replaced by that partner's own lead alone.")
    name = names(work.session, {work.actor.person_id}).get(work.actor.person_id, "")
    must_be_named_by_register(name, lead_on_record(work, case, before))
    ever = signatures_of(work, case, before.matter, work.actor.person_id)
    needed = parties_deciding(work, case, before.matter)
    must_be_free_to_sign((), ever, party, work.actor.person_id, needed)
    return ""


def must_be_named_by_register(name: str, lead: str) -> None:
    """Refuse a person in the seat whom the register does not name as the delegate's lead."""
    if not is_named_in(name, lead):
        enters = in_own_words("the business manager records it in the directory by your name")
        raise RuleBroken(
            f"The register says that the delegate answers to {lead or 'nobody'}. Where that is "
            f"you, {enters} (GOV-12)."
        )


def authority_of_lead(work: UnitOfWork, before: SignOff) -> DelegatedAuthority:
    """Return by what authority a lead signs in the seat; of one without an account none is kept."""
    if party_of(work.actor) is None:
        return DelegatedAuthority("", "")
    return authority_to_sign(work, before.party)


def _who_gave(work: UnitOfWork, case: Case, one: SignOff) -> set[UUID]:
    """Return the delegate, and who gave the position: whoever records it for a lead did not."""
    delegate = delegate_of(work, case, one).person_id
    return {delegate} if one.named_lead else {delegate, one.person_id}


def _named(work: UnitOfWork, case: Case, before: SignOff, said: str | None) -> str:
    """Return the lead as whoever records it names them; the delegate is nobody's lead."""
    if not said:
        raise AnswerRefused("named_lead", "Enter which named lead replaces it (GOV-12).")
    delegate = delegate_of(work, case, before).person_id
    name = names(work.session, {delegate}).get(delegate, "")
    if is_named_in(name, said):
        raise AnswerRefused("named_lead", "A delegate does not replace their own position.")
    must_not_be_reviewer(work, case, before.matter, said)
    return said


def must_not_be_reviewer(work: UnitOfWork, case: Case, matter: SignOffMatter, said: str) -> None:
    """Refuse a reviewer as the named lead who decides on what is their own (GOV-12).

    Those too whom a partnership appointed that led the joint review before.
    """
    if matter not in OF_THE_REVIEWER:
        return
    if any(is_named_in(one, said) for one in reviewers_called(work, case)):
        raise AnswerRefused(
            "named_lead", "A lead reviewer cannot sign off their own report or recommendations."
        )
