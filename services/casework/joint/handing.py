"""What the lead of a joint review hands over to the partnership that leads next.

The former lead's rows stay as they are. The new lead gets rows of its own, made in its own unit of
work, that say the same: what was said of the review, by whom and when, the same clocks with the
same days, and the same that people are asked to do.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from sqlmodel import select

from services.casework.audit import note_entry
from services.casework.effects import open_todo
from services.database.assignments import open_assignments
from services.database.cases import Case, Child, children
from services.database.clocks import RunningClock, clocks
from services.database.history import Entry, count, entries
from services.database.partnerships import agencies_on
from services.database.people import names
from services.database.police_marks import PoliceMark, live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REFERRAL, EntryType
from services.domain.joint_changes import (
    LEADS_CLOCKS,
    LEADS_TODOS,
    THE_NOTIFICATION,
    is_handed_over,
)
from services.domain.police_marks import waits_for_signers
from services.domain.roles import Role, Seat
from services.domain.sign_off import SignOffMatter

# What of the case row says how far the review has come, and what the referral said of the incident.
OF_REVIEW: Final = (
    "meeting_at",
    "pack_accepted_on",
    "met_on",
    "outcome",
    "criteria_met",
    "decision_round",
    "decided_on",
    "submitted_at",
    "panel_answered_on",
    "commissioned_on",
    "report_version",
    "publishes",
    "publish_on",
    "presented_on",
    "published_on",
)
OF_NOTIFICATION: Final = ("notified_at", "notification_reference")
OF_INCIDENT: Final = (
    "is_death",
    "is_looked_after_death",
    "is_care_leaver_death",
    "has_child",
    "abuse_suspected",
    "incident_on",
)
_ID_LENGTH: Final = 36


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The lead's record of the review, as its own unit of work has read it.

    ``waiting`` are the matters that are not put yet, because of a police mark. ``event`` is the
    plan of the learning event that is to be held.
    """

    fields: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]
    clocks: tuple[Mapping[str, Any], ...]
    children: tuple[Mapping[str, Any], ...]
    todos: tuple[Mapping[str, Any], ...]
    marks: tuple[Mapping[str, Any], ...]
    waiting: tuple[SignOffMatter, ...]
    event: Mapping[str, Any] | None = None


def hand_over(work: UnitOfWork, case: Case) -> HandedOver:
    """Read what the new lead needs; our own rows stay as they are."""
    said = [
        one
        for one in reversed(entries(work.session, case.id))
        if is_handed_over(one.entry_type, one.section)
    ]
    known, todos = _known(work, case, said), open_assignments(work.session, case.id)
    waiting = (waits_for_signers(one.todo, one.subject) for one in todos)
    return HandedOver(
        fields={
            one: getattr(case, one)
            for one in (*OF_REVIEW, *OF_NOTIFICATION, *OF_INCIDENT, "guidance")
        },
        entries=tuple(_copied(one, known) for one in said),
        clocks=tuple(_values(one) for one in lead_clocks(work, case)),
        children=tuple(_values(one) for one in children(work.session, case.id)),
        todos=tuple(
            {"todo": one.todo, "last_day": one.last_day, "subject": one.subject}
            for one in todos
            if one.todo in LEADS_TODOS
        ),
        marks=tuple(_marked(one, said) for one in live_marks(work.session, case.id)),
        waiting=tuple(dict.fromkeys(filter(None, waiting))),
    )


def lead_clocks(work: UnitOfWork, case: Case) -> list[RunningClock]:
    """Return the lead's clocks that run on the case."""
    return [one for one in clocks(work.session, case.id) if one.clock in LEADS_CLOCKS and one.runs]


def take_over(work: UnitOfWork, case: Case, handed: HandedOver) -> None:
    """Put the former lead's record of the review on our own case; what we have already stays.

    A notification and a referral of our own stay what they are; where we have none that stands,
    those on which the review rests are taken over (K10 counts from the notification, the pack holds
    both): what was said of the notification is taken with its day, and with that alone.
    """
    own = {one.entry_type for one in entries(work.session, case.id)}
    taken, without = list(OF_REVIEW), own & set(THE_REFERRAL)
    if case.notified_at is None:
        taken += OF_NOTIFICATION
    else:
        without |= THE_NOTIFICATION
    if EntryType.REFERRED not in own:
        taken += OF_INCIDENT
        work.session.add_all(Child(**_ours(case, one)) for one in handed.children)
    for name in taken:
        setattr(case, name, handed.fields[name])
    case.guidance = {**handed.fields["guidance"], **case.guidance}
    work.session.add(case)
    refers = frozenset(THE_REFERRAL) if EntryType.REFERRED in own else frozenset()
    _take_entries(work, case, handed, without=without | refers)
    running = {one.clock for one in lead_clocks(work, case)}
    work.session.add_all(
        RunningClock(**_ours(case, one)) for one in handed.clocks if one["clock"] not in running
    )
    work.session.flush()
    _take_marks(work, case, handed)
    for one in handed.todos:
        open_todo(work, case, one["todo"], last_day=one["last_day"], subject=one["subject"])


def _take_entries(
    work: UnitOfWork, case: Case, handed: HandedOver, without: Set[EntryType]
) -> None:
    """Add the entries that are not on our case already, in the order in which they were said."""
    ours = select(Entry.id, Entry.origin_id).where(Entry.case_id == case.id)
    known = {one for row in work.session.exec(ours) for one in row}
    number = count(work.session, case.id)
    for one in handed.entries:
        if one["origin_id"] in known or one["entry_type"] in without:
            continue
        number += 1
        entry = Entry(**{**_ours(case, one), "number": number})
        work.session.add(entry)
        work.session.flush()
        note_entry(work, entry)


def _take_marks(work: UnitOfWork, case: Case, handed: HandedOver) -> None:
    """Hide here what is hidden on the former lead's case, by marks in the care of our police."""
    rows = select(Entry.origin_id, Entry.id).where(Entry.case_id == case.id)
    here = {origin or own: own for origin, own in work.session.exec(rows)}
    marked = {(one.entry_id, one.section) for one in live_marks(work.session, case.id)}
    for one in handed.marks:
        entry_id = here.get(one["entry_id"]) if one["entry_id"] else None
        is_here = one["section"] is not None or entry_id is not None
        if is_here and (entry_id, one["section"]) not in marked:
            care = {"marked_by": work.actor.person_id, "role": Role.SAFEGUARDING_PARTNER}
            care |= {"seat": Seat.POLICE, "marked_at": work.now}
            on: dict[str, Any] = {"entry_id": entry_id, "document_id": None, "agencies": []}
            work.session.add(PoliceMark(**{**_ours(case, one), **on, **care}))


def _known(work: UnitOfWork, case: Case, said: list[Entry]) -> dict[str, str]:
    """Return what the ids in the entries stand for; people with the partnership they act for."""
    ids = {UUID(one) for entry in said for one in _ids(entry.command)}
    people = names(work.session, {entry.person_id for entry in said} | ids)
    ours = work.partnership.name
    return {
        **{str(one.id): one.name for one in agencies_on(work.session, case.id)},
        **{str(one): f"{name}, {ours}" for one, name in people.items()},
        **{str(key): name for entry in said for key, name in entry.names_handed_over.items()},
    }


def _copied(entry: Entry, known: Mapping[str, str]) -> dict[str, Any]:
    """Return the entry as it is handed over: its words unchanged, with the names in it."""
    within = {str(entry.person_id), *_ids(entry.command), *_ids(entry.subject)}
    return _values(entry, "once", "form_digest", "salt", "names") | {
        "origin_id": entry.origin_id or entry.id,
        "names": {one: known[one] for one in sorted(within) if one in known},
    }


def _marked(mark: PoliceMark, said: list[Entry]) -> dict[str, Any]:
    """Return the mark as it is handed over: on the entry as it was said first, on any case."""
    origins = {one.id: one.origin_id or one.id for one in said}
    return _values(mark) | {"entry_id": mark.entry_id and origins.get(mark.entry_id)}


def _ids(value: object) -> Iterator[str]:
    """Yield every id in what was said."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _ids(one)
    elif isinstance(value, list):
        for one in value:
            yield from _ids(one)
    elif isinstance(value, str) and len(value) == _ID_LENGTH and value.count("-") == 4:
        yield value


def _values(row: Entry | RunningClock | Child | PoliceMark, *without: str) -> dict[str, Any]:
    left_out = {"tenant_id", "id", "case_id", *without}
    return {name: getattr(row, name) for name in type(row).model_fields if name not in left_out}


def _ours(case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "tenant_id": case.tenant_id, "case_id": case.id, "id": uuid4()}
