"""Gate G9: each person of the family took part, or the report says why not (FAM-10).

Counted are those on record whom the reviewer reads of. The words are kept with the version of the
report: what is decided later about somebody changes no text that was assured and signed.
"""

from collections.abc import Iterator

from services.casework.steps.families.contact_said import FamilyContactKept
from services.casework.steps.families.decided import DecidedRelative, decided_for_each
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.families import FamilyMatter, TakesPart


def not_involved(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    """Return how the report says of each who took no part why; raises RuleBroken for a gap.

    A gap is somebody about whom nothing is decided, or who is invited and was not heard.
    """
    family = [one for one in decided_for_each(work, case) if one.is_on_record]
    gaps = list(_gaps(work, case, family))
    if gaps:
        raise RuleBroken(
            "Each of the family takes part, or the report says why not (FAM-10). Still open: "
            f"{'; '.join(gaps)}."
        )
    words = (one.said.in_report for one in family if one.said is not None)
    return tuple(filter(None, words))


def invited_family(work: UnitOfWork, case: Case) -> tuple[DecidedRelative, ...]:
    """Return those on record who are invited to take part."""
    return tuple(
        one
        for one in decided_for_each(work, case)
        if one.is_on_record and one.said and one.said.takes_part is TakesPart.INVITED
    )


def spoken_about(
    work: UnitOfWork, case: Case, matter: FamilyMatter, *, after: int = 0
) -> frozenset[str]:
    """Return whom somebody spoke with about the matter, by id; after that entry, if one is said."""
    return frozenset(
        entry.subject
        for entry in all_of(work.session, case.id, EntryType.FAMILY_CONTACTED)
        if entry.number > after and matter in FamilyContactKept.model_validate(entry.command).about
    )


def _gaps(work: UnitOfWork, case: Case, family: list[DecidedRelative]) -> Iterator[str]:
    heard = spoken_about(work, case, FamilyMatter.THEIR_VIEWS)
    for one in family:
        if one.said is None:
            yield f"{one.person.name} (nothing is decided)"
        elif one.said.takes_part is TakesPart.INVITED and str(one.person.id) not in heard:
            yield f"{one.person.name} (invited, and their views are not on record)"
