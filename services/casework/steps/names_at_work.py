"""Who has an account and is taken for somebody at work, and who is of the family (LC-34)."""

from services.casework.steps.family import members_on_record
from services.database.cases import Case, children
from services.database.people import everybody
from services.database.unit_of_work import UnitOfWork
from services.domain.record_checks.passages import plain_words


def names_of_practitioners(work: UnitOfWork, case: Case) -> frozenset[str]:
    """Return the full names of those who have an account, but for the case's family."""
    named = {*everybody(work.session).values()}
    of_family = {plain_words(one) for one in family_named(work, case)}
    return frozenset(
        one for one in named if len(one.split()) > 1 and plain_words(one) not in of_family
    )


def family_named(work: UnitOfWork, case: Case) -> set[str]:
    """Return the names of the children and of the family, as they are on record."""
    named = {one.name for one in children(work.session, case.id)}
    return named | {one.name for one in members_on_record(work, case)}
