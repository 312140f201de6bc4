"""The addresses of published reports are asked each day, in every partnership (PUB-29, K13).

No transaction is open while an address is asked. Where the installation has no way out to the
internet, a person is asked to look each month and at the end of the year.
"""

import logging
from collections.abc import Iterator
from random import SystemRandom
from typing import Final, Protocol

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.steps.publication.availability import (
    NoteAvailability,
    ask_to_look,
    note_availability,
    published_address,
)
from services.database import watch
from services.database.assignments import open_of
from services.database.cases import cases_of
from services.database.clocks import RunningClock, open_of_kind
from services.database.unit_of_work import UnitOfWork
from services.domain.availability import is_to_be_looked_at
from services.domain.clocks.rules import ClockId
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.todos import Todo
from services.domain.working_days import london_date
from services.link_checks import LinkChecker

MOST: Final = 5

_log = logging.getLogger("keyline.links")


class LinkContext(TransactionContext, Protocol):
    """What asking the addresses needs of the process's neighbours."""

    @property
    def links(self) -> LinkChecker: ...  # noqa: D102 - named for what it is


def check_published(context: LinkContext) -> None:
    """Ask what was not asked today; one partnership's trouble does not stop the others."""
    for partnership_id in watch.partnerships(context.engine):
        try:
            _check_in(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Links of %s failed: %s.", partnership_id, type(trouble).__name__)


def _check_in(context: LinkContext, partnership_id: PartnershipId) -> None:
    with as_keyline(context, partnership_id) as work:
        if not context.links.is_set_up:
            _ask_people(work)
            return
        due = list(_not_seen_today(work))
    # A few at a time and in any order: a round waits for each, and none waits for ever.
    SystemRandom().shuffle(due)
    for case_id, address in due[:MOST]:
        answers = context.links.answers(address)
        with as_keyline(context, partnership_id) as work:
            note_availability(work, case_id, NoteAvailability(address=address, answers=answers))


def _not_seen_today(work: UnitOfWork) -> Iterator[tuple[CaseId, str]]:
    running = open_of_kind(work.session, ClockId.K13)
    cases = cases_of(work.session, {one.case_id for one in running})
    for clock in running:
        if clock.seen_at is None or london_date(clock.seen_at) < work.today:
            yield CaseId(clock.case_id), published_address(work, cases[clock.case_id])


def _ask_people(work: UnitOfWork) -> None:
    running = open_of_kind(work.session, ClockId.K13)
    cases = cases_of(work.session, {one.case_id for one in running})
    asked = {one.case_id for one in open_of(work.session, Todo.CONFIRM_AVAILABLE)}
    for clock in running:
        if clock.case_id not in asked and _is_to_be_looked_at(work, clock):
            ask_to_look(work, cases[clock.case_id], clock)


def _is_to_be_looked_at(work: UnitOfWork, clock: RunningClock) -> bool:
    seen_on = london_date(clock.seen_at) if clock.seen_at else clock.anchored_on
    return is_to_be_looked_at(seen_on, work.today, clock.due)
