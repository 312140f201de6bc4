"""Pages of the agencies' chronologies: sent by each of them, and put together as one paper."""

from typing import Final
from uuid import UUID

from services.casework.commands import Command
from services.casework.steps.local_review import chronologies, chronologies_merged
from services.casework.steps.local_review.chronologies_sent import changes_in, chronology_in
from services.casework.steps.local_review.chronology_pasted import table_of
from services.casework.steps.local_review.chronology_rows import (
    MOST_PASTED,
    ChronologyEvent,
    OrganisationalChange,
    SubmitChanges,
    SubmitChronology,
)
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.web.act_pages.act_page import ActPage
from services.web.forms.parsing import MOST_ROWS


def _chronology_sent(work: UnitOfWork, case: Case) -> Command | None:
    """Return what the actor's agency sent last: as rows, or as a table where they are many.

    A table that has become longer than one may be is pasted anew.
    """
    said = chronology_in(all_of(work.session, case.id, EntryType.CHRONOLOGY_SENT), _own(work))
    if said is None:
        return None
    if len(said.events) > MOST_ROWS:
        table = table_of(said.events)
        return SubmitChronology(pasted=table) if len(table) <= MOST_PASTED else None
    return SubmitChronology(events=said.events)


def _changes_sent(work: UnitOfWork, case: Case) -> Command | None:
    """Return the changes that the actor's agency sent last, in the same way."""
    said = changes_in(all_of(work.session, case.id, EntryType.CHANGES_SENT), _own(work))
    if said is None:
        return None
    if len(said.changes) > MOST_ROWS:
        table = table_of(said.changes)
        return SubmitChanges(pasted=table) if len(table) <= MOST_PASTED else None
    return SubmitChanges(changes=said.changes)


def _own(work: UnitOfWork) -> UUID | None:
    return work.actor.agency_id


CHRONOLOGY: Final = ActPage(
    act=chronologies.SUBMIT_CHRONOLOGY,
    path="agency-reports/chronology",
    title="Send the agency's chronology",
    button="Send the chronology",
    done="Your agency's chronology is received.",
    prefill=_chronology_sent,
    takes_table=ChronologyEvent,
)
CHANGES: Final = ActPage(
    act=chronologies.SUBMIT_CHANGES,
    path="agency-reports/changes",
    title="Send the chronology of changes in the organisation",
    button="Send the changes",
    done="Your agency's chronology of changes is received.",
    prefill=_changes_sent,
    takes_table=OrganisationalChange,
)
PAGES = (
    CHRONOLOGY,
    CHANGES,
    ActPage(
        act=chronologies_merged.MERGE_CHRONOLOGIES,
        path="agency-reports/chronologies",
        title="Make one chronology of the agencies'",
        button="Make the paper",
        done="The chronology is being made as a paper.",
    ),
)
