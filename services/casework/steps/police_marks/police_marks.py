"""What the police hold back: a mark hides it from every seat that is not listed (rules.md 4)."""

from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    AgencyChoices,
    Command,
    Day,
    EntryChoice,
    LongText,
    MarkableSection,
    MarkChoice,
    YesNo,
    named,
)
from services.casework.effects import close_todos
from services.casework.joint.membership import fellow_members
from services.casework.steps.police_marks.mark_targets import remake_what_is_left, what_is_marked
from services.casework.steps.rounds.sign_off_rounds import put_what_waits
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.police_marks import PoliceMark, live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.police_marks import ListedSeat
from services.domain.roles import Permission, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage


class Listing(Command):
    """Who reads what is marked, and until when that stands without another look."""

    seats: tuple[ListedSeat, ...] = Field(
        title="Which seats read it?", description="The police seat always does."
    )
    agencies: AgencyChoices = Field(
        default=(), title="The leads of which agencies read it, if any?"
    )
    fellows: YesNo = Field(
        title="Do the same seats of the partnerships in the joint review read it?",
        description="Where the case is in no joint review, answer no.",
    )
    review_on: Day = Field(title="On which day is the mark looked at again?")
    reasons: LongText = Field(
        title="Why is it police-sensitive?",
        description="Only those who read it read this, until the mark is lifted.",
    )


class MarkSensitive(Listing):
    """A mark hides one entry with the papers made from it, or a whole section, from other seats.

    Clocks, tasks and the fact of a sign-off are never hidden.
    """

    about: EntryChoice | None = Field(
        default=None,
        title="Which document or entry?",
        description="A document is hidden with the entry that it was made from, in every form.",
    )
    section: MarkableSection | None = Field(default=None, title="Or which whole section?")


class ReviewMark(Listing):
    """Who reads it is listed afresh; a signer who is not listed is not asked to sign."""

    mark: MarkChoice = Field(title="Which mark?")


class LiftMark(Command):
    """What was hidden is shown again to everybody who reads the case."""

    mark: MarkChoice = Field(title="Which mark?")
    reasons: LongText = Field(title="Why does it end?")


def mark_sensitive(work: UnitOfWork, case_id: CaseId, command: MarkSensitive) -> Case:
    """Hide an entry or a section from every seat that is not listed, from the next page on."""
    case = begin(work, case_id, MARK_SENSITIVE, command)
    if (command.about is None) == (command.section is None):
        raise AnswerRefused("about", "Choose a document or an entry, or a whole section.")
    _must_be_looked_at_later(work, command.review_on)
    entry_id, document_id = (
        what_is_marked(work, case, command.about) if command.about is not None else (None, None)
    )
    live = live_marks(work.session, case.id)
    if any((one.entry_id, one.section) == (entry_id, command.section) for one in live):
        raise AlreadyDone("It is marked already. Review the mark to change who reads it.")
    mark = PoliceMark(
        tenant_id=case.tenant_id,
        id=uuid4(),
        case_id=case.id,
        entry_id=entry_id,
        document_id=document_id,
        section=command.section,
        seats=[],
        partnerships=[],
        agencies=[],
        review_on=command.review_on,
        marked_by=work.actor.person_id,
        role=work.actor.role,
        seat=work.actor.seat,
        marked_at=work.now,
    )
    _set_readers(work, case, mark, command)
    record_entry(work, case, MARK_SENSITIVE, command, subject=str(mark.id))
    remake_what_is_left(work, case)
    put_what_waits(work, case)
    return case


MARK_SENSITIVE = Act(
    name="mark_sensitive",
    command=MarkSensitive,
    perform=mark_sensitive,
    permission=Permission.MARK_SENSITIVE,
    doing="mark a part of the case as police-sensitive",
    stages=frozenset(Stage),
    entry=EntryType.MARKED_SENSITIVE,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def review_mark(work: UnitOfWork, case_id: CaseId, command: ReviewMark) -> Case:
    """List afresh who reads what is marked; what waits for a signer is put once all may read it."""
    case = begin(work, case_id, REVIEW_MARK, command)
    mark = _own_mark(work, case, command.mark)
    _must_be_looked_at_later(work, command.review_on)
    _set_readers(work, case, mark, command)
    record_entry(work, case, REVIEW_MARK, command, subject=str(mark.id))
    close_todos(work, case, Todo.REVIEW_MARK, subject=str(mark.id))
    put_what_waits(work, case)
    return case


REVIEW_MARK = Act(
    name="review_mark",
    command=ReviewMark,
    which="mark",
    perform=review_mark,
    permission=Permission.MARK_SENSITIVE,
    doing="review a police-sensitive mark",
    stages=frozenset(Stage),
    entry=EntryType.MARK_REVIEWED,
    todo=Todo.REVIEW_MARK,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def lift_mark(work: UnitOfWork, case_id: CaseId, command: LiftMark) -> Case:
    """Show again what was marked; what was hidden while it was stays on record as hidden then."""
    case = begin(work, case_id, LIFT_MARK, command)
    mark = _own_mark(work, case, command.mark)
    record_entry(work, case, LIFT_MARK, command, subject=str(mark.id))
    mark.lifted_by, mark.lifted_at = work.actor.person_id, work.now
    work.session.add(mark)
    close_todos(work, case, Todo.REVIEW_MARK, subject=str(mark.id))
    put_what_waits(work, case)
    return case


LIFT_MARK = Act(
    name="lift_mark",
    command=LiftMark,
    which="mark",
    perform=lift_mark,
    permission=Permission.MARK_SENSITIVE,
    doing="lift a police-sensitive mark",
    stages=frozenset(Stage),
    entry=EntryType.MARK_LIFTED,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def own_marks(work: UnitOfWork, case: Case) -> list[PoliceMark]:
    """Return the live marks of the case that the actor may change: their own, or as the police.

    One that was carried from somebody else's is the police's, whoever said the words again.
    """
    is_police, own = work.actor.seat is Seat.POLICE, work.actor.person_id
    live = live_marks(work.session, case.id)
    return [
        one for one in live if is_police or (one.marked_by == own and one.seat is not Seat.POLICE)
    ]


def _own_mark(work: UnitOfWork, case: Case, mark_id: UUID) -> PoliceMark:
    refused = AnswerRefused("mark", "Choose a mark that you made. The police seat may choose any.")
    return named(own_marks(work, case), mark_id, refused)


def _must_be_looked_at_later(work: UnitOfWork, day: date) -> None:
    if day <= work.today:
        raise AnswerRefused("review_on", "Enter a day after today.")


def _set_readers(work: UnitOfWork, case: Case, mark: PoliceMark, command: Listing) -> None:
    """List whom the mark lets read: seats, and agencies, of which partnerships, until when."""
    for agency_id in command.agencies:
        agency_on(work.session, case.id, agency_id)
    fellows = [one.tenant_id for one in fellow_members(work, case)] if command.fellows else []
    mark.seats = [one.value for one in dict.fromkeys((ListedSeat.POLICE, *command.seats))]
    mark.agencies = list(command.agencies)
    mark.partnerships = [case.tenant_id, *fellows]
    mark.review_on = command.review_on
    work.session.add(mark)
