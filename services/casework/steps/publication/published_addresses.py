"""Where what is published is to be found, of several cases at once (PUB-29)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from services.casework.steps.publication.availability import SAY_WHERE
from services.database.history import all_of_cases
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType


def published_addresses(work: UnitOfWork, case_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the address of what is public now, of each case that has one on record.

    That is the report's, where it has moved to since, or of what is published in its place.
    """
    told = all_of_cases(work.session, case_ids, *SAY_WHERE, EntryType.IMPROVEMENTS_PUBLISHED)
    return {
        case_id: str(one.command["address"])
        for case_id, said in told.items()
        for one in said
        if one.command.get("address")
    }
