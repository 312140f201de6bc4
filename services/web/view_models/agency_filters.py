"""How a list is narrowed by agency: by name, or by kind of agency, such as all schools."""

from collections.abc import Collection
from uuid import UUID

from services.database.partnerships import every_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_kinds import kind_code, kind_in_words
from services.web.long_table import ListFilter
from services.web.path_ids import id_told


def agency_filters(work: UnitOfWork, agency: str) -> tuple[ListFilter, ...]:
    """Return the questions about the agency: one of a single case is named once it is asked for."""
    known = every_agency(work.session)
    offered = [one for one in known if one.case_id is None or str(one.id) == agency]
    named = tuple((str(one.id), one.name) for one in offered)
    kinds = {kind_code(one.kind): kind_in_words(one.kind) for one in known}
    sorted_kinds = tuple(sorted(kinds.items(), key=lambda one: one[1]))
    return (
        ListFilter("agency", "Agency", "Every agency", named),
        ListFilter("kind", "Kind of agency", "Every kind", sorted_kinds),
    )


def agencies_wanted(work: UnitOfWork, agency: str, kind: str) -> Collection[UUID] | None:
    """Return the agencies that are asked for, or nothing where none is."""
    if not agency and not kind:
        return None
    chosen = id_told(agency)
    return [
        one.id
        for one in every_agency(work.session)
        if (not agency or one.id == chosen) and (not kind or kind_code(one.kind) == kind)
    ]
