"""The history of a case as pages tell it: who did what, when, and what was answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.casework import answers_as_text
from services.casework.access.parts import is_closed_log, reads_family
from services.casework.acts import act_of
from services.casework.labels import label
from services.casework.people.deputies import acted_for
from services.database.cases import Case
from services.database.history import Entry, entries
from services.database.operator_acts import OperatorActRow, acts_of_operators
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer
from services.domain.parties import party_name
from services.domain.plain_text import capital
from services.domain.roles import Permission, Role
from services.domain.sign_off import Position
from services.identity.actors import KEYLINE_ITSELF


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of the history as a page tells it."""

    number: int
    entry_type: str
    subject: str
    who: str
    role: str
    at: datetime
    said: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class TimelineNames:
    """What people and agencies are called, by id, authorities by code, and who is a deputy."""

    by_id: Mapping[UUID, str]
    authorities: Mapping[str, str]
    acted_for: Callable[[UUID, Role, datetime], str] = lambda _person, _role, _at: ""


def names_for(work: UnitOfWork, people: Iterable[UUID]) -> Mapping[str, str]:
    """Return the names behind ids as text: of these people, and of the partnership's agencies."""
    known = answers_as_text.names_for(work, *people)
    return {str(one): name for one, name in known.items()} | {str(KEYLINE_ITSELF): "Keyline"}


def tell(work: UnitOfWork, kept: Sequence[Entry]) -> list[Told]:
    """Tell these entries, with what was said only to those who may read that."""
    reads_all = {one: reads_family(work, one) for one in {entry.case_id for entry in kept}}
    return tell_as_read(work, kept, lambda one: _reads(work, one, reads_all))


def tell_as_read(
    work: UnitOfWork,
    kept: Sequence[Entry],
    reads: Callable[[Entry], bool],
    without: frozenset[str] = frozenset(),
) -> list[Told]:
    """Tell these entries, with the words of those that the actor reads, ``without`` some fields."""
    commands = {one.id: _command_of(one) for one in kept}
    ids = {one.person_id for one in kept}.union(*map(answers_as_text.ids_in, commands.values()))
    known = answers_as_text.names_for(work, *ids) | {
        one: name for entry in kept for one, name in entry.names_handed_over.items()
    }
    names = TimelineNames(known, work.partnership.authorities, acted_for(work))
    return _told(kept, names, reads, without)


def tell_shown(
    kept: Sequence[Entry], known: Mapping[UUID, str], *, reads_family: bool
) -> list[Told]:
    """Tell entries that another partnership shows, with the names that it shows with them."""
    names = TimelineNames(known, {})
    return _told(kept, names, lambda one: reads_family or not act_of(one).holds_family_data)


def _told(
    kept: Sequence[Entry],
    names: TimelineNames,
    reads: Callable[[Entry], bool],
    without: frozenset[str] = frozenset(),
) -> list[Told]:
    commands = {one.id: _command_of(one) for one in kept}
    known = {**names.by_id, KEYLINE_ITSELF: "Keyline"}
    by_text = {str(one): name for one, name in known.items()}
    return [
        Told(
            number=one.number,
            entry_type=_titled(one, commands[one.id], reads=reads(one)),
            subject=by_text.get(one.subject, ""),
            who=known.get(one.person_id, "A person who has left"),
            role=_role(one, names),
            at=one.at,
            said=tuple(answers_as_text.as_answers(commands[one.id], known, without=without))
            if reads(one)
            else (),
        )
        for one in kept
    ]


def timeline_of(work: UnitOfWork, case: Case, *, newest: int | None = None) -> list[Told]:
    """Return what happened, newest first: all of it to those who see whole cases, else their own.

    With `newest`, no more than so many are told.
    """
    told = tell(work, entries_seen(work, case)[:newest])
    if not work.actor.may(Permission.READ_CASE):
        return told
    beside = [_by_operators(one) for one in acts_of_operators(work.session, case.id)]
    return sorted([*told, *beside], key=lambda one: one.at, reverse=True)[:newest]


def entries_seen(work: UnitOfWork, case: Case) -> list[Entry]:
    """Return what happened, newest first, as far as the actor may know of it."""
    found = entries(work.session, case.id)
    if work.actor.may(Permission.READ_CASE):
        return found
    return [one for one in found if one.person_id == work.actor.person_id]


def _by_operators(act: OperatorActRow) -> Told:
    """Tell what an operator did about the case's machine work or emails; who stays in the audit."""
    return Told(
        number=0,
        entry_type=f"{capital(label(act.act))}: {label(act.outcome)}",
        subject="",
        who="an operator of this service",
        role=label(Role.OPERATIONS),
        at=act.at,
        said=(Answer(label="Why?", text=act.because),),
    )


def _titled(entry: Entry, command: BaseModel, *, reads: bool) -> str:
    """Return what happened; of a position which one, so that no dissent hides in it (GOV-11)."""
    position = getattr(command, "position", None) if reads else None
    which = f": {label(position)}" if isinstance(position, Position) else ""
    return f"{capital(label(entry.entry_type))}{which}"


def _role(entry: Entry, names: TimelineNames) -> str:
    """Return in which role it was done, for which seat, and as whose deputy if as one."""
    whom = names.acted_for(entry.person_id, entry.role, entry.at)
    deputy = f", as deputy of {whom}" if whom else ""
    if entry.seat is None:
        return f"{label(entry.role)}{deputy}"
    seat = party_name(entry.seat, entry.authority, names.authorities)
    return f"{label(entry.role)}, {seat}{deputy}"


def _reads(work: UnitOfWork, entry: Entry, reads_all: Mapping[UUID, bool]) -> bool:
    """Tell whether the actor reads what the entry says: everything, or all but the family."""
    if is_closed_log(work, entry.entry_type):
        return False
    if reads_all[entry.case_id]:
        return True
    return work.actor.may(Permission.READ_CASE) and not act_of(entry).holds_family_data


def _command_of(entry: Entry) -> BaseModel:
    return act_of(entry).content.model_validate(entry.command)
