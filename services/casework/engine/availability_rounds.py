"""The addresses of published reports are asked each day, in every partnership (PUB-29, K13).

No transaction is open while an address is asked. Where the installation has no way out to the
internet, a person is asked to look each month and at the end of the year.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Final, Protocol
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.steps.publication.address_file import (
    NoteFile,
    digest_published,
    note_file,
)
from services.casework.steps.publication.availability import (
    NoteAvailability,
    ask_to_look,
    note_availability,
    published_address,
)
from services.database import watch
from services.database.assignments import open_of
from services.database.cases import Case, cases_of
from services.database.clocks import RunningClock, open_of_kind
from services.database.unit_of_work import UnitOfWork
from services.domain.availability import is_to_be_asked, is_to_be_looked_at
from services.domain.clocks.rules import ClockId
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.todos import Todo
from services.domain.working_days import london_date
from services.link_checks import LinkChecker

MOST: Final = 20
"""How many addresses a round asks, of all partnerships: each may take its time to be silent."""

_log = logging.getLogger("keyline.links")


class LinkContext(TransactionContext, Protocol):
    """What asking the addresses needs of the process's neighbours."""

    @property
    def links(self) -> LinkChecker: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True)
class AddressToAsk:
    """A published report that is kept available: whose it is, and whether it is a file."""

    partnership_id: PartnershipId
    case_id: CaseId
    address: str
    is_a_file: bool


def check_published(context: LinkContext) -> None:
    """Ask what is to be asked; one partnership's trouble does not stop the others."""
    due: list[AddressToAsk] = []
    for partnership_id in watch.partnerships(context.engine):
        try:
            due += _look_in(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the sweep's one catch: counted, and on
            _log.error("Links of %s failed: %s.", partnership_id, type(trouble).__name__)
    # A few at a time and in any order: a round waits for each, and none waits for ever.
    SystemRandom().shuffle(due)
    for one in due[:MOST]:
        try:
            _ask(context, one)
        except Exception as trouble:  # noqa: BLE001 - the same for one address
            _log.error("The link of case %s failed: %s.", one.case_id, type(trouble).__name__)


def _look_in(context: LinkContext, partnership_id: PartnershipId) -> list[AddressToAsk]:
    """Return what is to be asked in the partnership; of the others, ask its people instead."""
    with as_keyline(context, partnership_id) as work:
        kept = _kept_available(work)
        found = _addresses(work, kept) if context.links.is_set_up else {}
        _ask_people(work, [one for one in kept if one[1].id not in found])
        return [
            AddressToAsk(
                partnership_id,
                CaseId(case.id),
                found[case.id],
                bool(digest_published(work, case)),
            )
            for clock, case in kept
            if case.id in found
            and is_to_be_asked(
                clock.seen_at, clock.asked_at, work.now, is_doubted=clock.unseen_since is not None
            )
        ]


def _addresses(work: UnitOfWork, kept: Sequence[tuple[RunningClock, Case]]) -> Mapping[UUID, str]:
    """Return the addresses that are known, by the case: of what the repository shows, once told."""
    found = {case.id: published_address(work, case) for _, case in kept}
    return {case_id: address for case_id, address in found.items() if address}


def _ask(context: LinkContext, one: AddressToAsk) -> None:
    answers = context.links.answers(one.address)
    found = context.links.digest(one.address) if answers and one.is_a_file else ""
    with as_keyline(context, one.partnership_id) as work:
        note_availability(work, one.case_id, NoteAvailability(address=one.address, answers=answers))
        note_file(work, one.case_id, NoteFile(address=one.address, sha256=found))


def _kept_available(work: UnitOfWork) -> list[tuple[RunningClock, Case]]:
    """Return the clocks of published reports with their cases."""
    running = open_of_kind(work.session, ClockId.K13)
    cases = cases_of(work.session, {one.case_id for one in running})
    return [(clock, cases[clock.case_id]) for clock in running]


def _ask_people(work: UnitOfWork, kept: Sequence[tuple[RunningClock, Case]]) -> None:
    asked = {one.case_id for one in open_of(work.session, Todo.CONFIRM_AVAILABLE)}
    for clock, case in kept:
        if clock.case_id not in asked and _is_to_be_looked_at(work, clock):
            ask_to_look(work, case, clock)


def _is_to_be_looked_at(work: UnitOfWork, clock: RunningClock) -> bool:
    seen_on = london_date(clock.seen_at) if clock.seen_at else clock.anchored_on
    return is_to_be_looked_at(seen_on, work.today, clock.due)
