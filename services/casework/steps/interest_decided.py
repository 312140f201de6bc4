"""What is said where a declared interest is decided, and when it holds (G7, LC-01)."""

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import latest_command
from services.casework.commands import Command, LongText, NeededWhen, PersonChoice, ShortText, YesNo
from services.database.cases import Case
from services.database.decisions import Declaration, declaration, declarations_on
from services.database.people import names, roles_held
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.interests import WhoDecides, who_decides


class DecideOnInterest(Command):
    """Whether somebody who declared an interest in the case may take part in it (LC-01, G7).

    Until it is decided the case is closed to them, and whoever else holds their post acts. Nobody
    decides on an interest of their own. It may be decided again, as when the interest has ended.
    They are told by email that it is decided: the reasons and how it is managed are not in it.
    """

    person: PersonChoice = Field(title="Whose declared interest?")
    takes_part: YesNo = Field(title="May they take part in the case?")
    reasons: LongText = Field(title="Reasons")
    managed: Annotated[LongText | None, NeededWhen("if they may take part")] = Field(
        default=None,
        title="How is the interest managed?",
        description="For example: on what they do not speak or sign, and who does so for them.",
    )
    decided_by: Annotated[
        ShortText | None, NeededWhen("of a safeguarding partner or the local authority")
    ] = Field(
        default=None,
        title="Which lead of their own organisation decided it?",
        description="Their name and post. What you record here is that lead's decision.",
    )
    all_agree: Annotated[YesNo | None, NeededWhen("of the chair of the review group")] = Field(
        default=None, title="Do all the safeguarding partners decide so?"
    )


def interests_before(work: UnitOfWork, case: Case) -> Iterator[tuple[Declaration, WhoDecides]]:
    """Yield each interest declared on the case that the actor puts a decision on record of."""
    for person_id, one in declarations_on(work.session, case.id).items():
        if one.has_conflict and person_id != work.actor.person_id:
            decides = who_decides(roles_held(work.session, person_id, work.today))
            if decides is not None and decides.may(work.actor.role):
                yield one, decides


def decision_on(work: UnitOfWork, case: Case, person_id: UUID) -> DecideOnInterest | None:
    """Return what was decided last on the interest of the person, if the actor reads it."""
    subject = str(person_id)
    return latest_command(work, case, EntryType.INTEREST_DECIDED, DecideOnInterest, subject)


def declared_interest(work: UnitOfWork, case: Case, person_id: UUID) -> Declaration:
    """Return the interest that this other person declared on the case. Raises AnswerRefused."""
    found = declaration(work.session, case.id, person_id)
    if found is None or not found.has_conflict:
        raise AnswerRefused("person", "This person has declared no interest in this case.")
    if person_id == work.actor.person_id:
        raise AnswerRefused("person", "Nobody decides on an interest of their own (G7).")
    return found


def must_be_decided_by(work: UnitOfWork, decides: WhoDecides, said: DecideOnInterest) -> None:
    """Refuse a lead who is not named or is the person, and partners who are not of one mind."""
    whose = names(work.session, {said.person}).get(said.person, "")
    if decides.is_of_lead and not said.decided_by:
        raise AnswerRefused("decided_by", "Enter which lead of their organisation decided it (G7).")
    if whose and whose.casefold() in (said.decided_by or "").casefold():
        raise AnswerRefused("decided_by", "Nobody decides on an interest of their own (G7).")
    if decides.is_of_partners and not said.all_agree:
        raise AnswerRefused(
            "all_agree", "The partners decide on the chair's interest together (GOV-11, G7)."
        )


def must_be_managed(declared: Declaration, said: DecideOnInterest) -> None:
    """Refuse that somebody takes part unmanaged, or without having agreed to confidentiality."""
    if not said.managed:
        raise AnswerRefused("managed", "Enter how the interest is managed.")
    if not declared.keeps_confidential:
        raise AnswerRefused(
            "takes_part", "They have not agreed to keep the case confidential (LC-01)."
        )
