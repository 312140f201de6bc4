"""What the forms of scoping open with: what is on record already, to be gone on from."""

from typing import Any, Final

from services.casework.steps.family import family_on_record
from services.casework.steps.scoping.return_questions import InvolvementWith, SubmitReturn
from services.casework.steps.scoping.scoping import RequestReturns
from services.database.cases import Case, children
from services.database.guests import guest_of
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType

TO_LOOK_FOR: Final = (
    "Every contact of your agency with each child and each member of the family who is named in "
    "this letter, now and in the past, also under other names and at earlier addresses; what was "
    "known of risk and of safety before the incident, and what was done; and other agencies that "
    "you know to be involved."
)


def return_to_fill_in(work: UnitOfWork, case: Case) -> SubmitReturn:
    """Return the scoping form with everybody who is named in the letter, and who fills it in.

    Who the family is stays out where a police mark hides it from the actor.
    """
    guest = guest_of(work.session, work.actor.person_id)
    known: dict[str, Any] = {
        "family": everybody_named(work, case),
        "author": guest.post if guest is not None else None,
    }
    return SubmitReturn.model_construct(**known)


def everybody_named(work: UnitOfWork, case: Case) -> tuple[InvolvementWith, ...]:
    """Return a row for each child and each of the family, as far as the actor reads of them."""
    named = [one.name for one in children(work.session, case.id)]
    named += [one.name for one in family_on_record(work, case)]
    return tuple(InvolvementWith(name=one) for one in named)


def asking_again(work: UnitOfWork, case: Case) -> RequestReturns:
    """Return what agencies are asked to look for: as those before them were, else as usual.

    The lawful basis is considered for the case, and stands there only once it was (INF-04).
    """
    asked = all_of(work.session, case.id, EntryType.RETURNS_REQUESTED)[-1:]
    before = [RequestReturns.model_validate(one.command) for one in asked]
    return RequestReturns.model_construct(
        agencies=(),
        message=(*(one.message for one in before), TO_LOOK_FOR)[0],
        lawful_basis=(*(one.lawful_basis for one in before), "")[0],
    )
