"""What a named attendee reads: the pack until the record is agreed, and then the record.

It comes from being on the list of that meeting in one's own person, and not from a role: an
agency's lead who is not on it reads none of it (RR-45, RR-47). Whoever opens the case has declared.
"""

from collections.abc import Set
from typing import Final
from uuid import UUID

from services.database.assignments import open_assignments
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.history import all_of, said_for_review
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import OF_THE_RECORD
from services.domain.workflow import Stage

BEFORE_PANEL: Final = frozenset(
    {Stage.LEAD, Stage.REQUESTED, Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW}
)

FILES_OF_PACK: Final = ("sin_form", "minutes_file")
"""Which answers of who accepts the pack name a file that goes with it."""


def attends(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor is named to attend the meeting of the case."""
    is_named = work.actor.person_id in named_attendees(work.session, case.id)
    return is_named and work.actor.may(Permission.ATTEND_MEETING)


def kinds_for_attendee(work: UnitOfWork, case: Case) -> Set[DocumentKind]:
    """Return the kinds of document that the actor reads now as an attendee."""
    if not attends(work, case):
        return frozenset()
    kinds = {DocumentKind.MEETING_RECORD}
    if case.pack_accepted_on is not None and not is_settled(work, case):
        kinds.add(DocumentKind.MEETING_PACK)
    # The completed record goes to attendees too (RR-49); one that was never decided does not.
    if is_final(case) and case.decided_on is not None:
        kinds.add(DocumentKind.RAPID_REVIEW_RECORD)
    return kinds


def files_for_attendee(work: UnitOfWork, case: Case) -> Set[UUID]:
    """Return the files that go with the pack, while the actor reads it as an attendee (RR-45)."""
    if DocumentKind.MEETING_PACK not in kinds_for_attendee(work, case):
        return frozenset()
    accepted = all_of(work.session, case.id, EntryType.PACK_ACCEPTED)[-1:]
    named = [entry.command.get(file) for entry in accepted for file in FILES_OF_PACK]
    named += [one for entry in accepted for one in entry.command.get("files", ())]
    return frozenset(UUID(one) for one in named if one)


def is_settled(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the record is agreed: it is written, and nobody has still to answer.

    Once the rapid review has gone to the Panel the record is as it is, and nobody is asked.
    """
    if is_final(case):
        return True
    if not is_written(work, case):
        return False
    return not any(one.todo in OF_THE_RECORD for one in open_assignments(work.session, case.id))


def is_final(case: Case) -> bool:
    """Tell whether the record has gone to the Panel: it is as it is, and nobody is asked."""
    return case.stage not in BEFORE_PANEL


def is_written(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a record of the meeting; one of a review that ended is of another."""
    return bool(said_for_review(work.session, case.id, EntryType.RECORD_WRITTEN))
