"""The tables that the API tells: actions and publications, by ids, codes and days, without words.

A system of an agency is told of that agency's actions, one of the partnership of all. A person is
told of what they read at the pages.
"""

from collections.abc import Iterable

from services.casework.access.cases import record_viewing
from services.casework.systems.reading import cases_told
from services.database.actions import Action, actions_of_cases
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotPermitted
from services.domain.roles import Permission
from services.domain.viewings import Viewed


def actions_told(work: UnitOfWork) -> list[tuple[Action, Case]]:
    """Return every action that the reader may read of, with its case, those due first first."""
    if not work.actor.is_system and not work.actor.may(Permission.READ_OWN_PART):
        work.actor.must(Permission.READ_CASE)
    cases = {case.id: case for case in cases_told(work)}
    found = actions_of_cases(work.session, cases.keys())
    everything = work.actor.may(Permission.READ_CASE)
    if work.actor.is_system:
        everything = work.actor.agency_id is None
    mine = (one for one in found if everything or one.agency_id == work.actor.agency_id)
    return [(one, cases[one.case_id]) for one in mine]


def publications_told(work: UnitOfWork) -> list[Case]:
    """Return the cases whose report has a day of publication, the latest first.

    Raises NotPermitted for a system of an agency, and for a person who reads a part alone.
    """
    if not work.actor.is_system:
        work.actor.must(Permission.READ_CASE)
    elif work.actor.agency_id is not None:
        raise NotPermitted("Days of publication are told to systems of the partnership itself.")
    dated = [
        (on, case) for case in cases_told(work) if (on := case.published_on or case.publish_on)
    ]
    return [case for _on, case in sorted(dated, key=lambda one: one[0], reverse=True)]


def note_looks(work: UnitOfWork, cases: Iterable[Case], what: Viewed) -> None:
    """Record of each of these cases that this was looked at (G7)."""
    for case in {one.id: one for one in cases}.values():
        record_viewing(work, case, what)
