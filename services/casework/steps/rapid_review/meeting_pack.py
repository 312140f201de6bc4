"""Gate G3: the pack of the rapid review meeting, once every agency has answered."""

from enum import StrEnum

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, KeptFileChoice
from services.casework.effects import EmailContext, close_todos, enqueue_email
from services.casework.steps.kept_files import kept_files
from services.casework.steps.pack_orders import order_pack
from services.casework.steps.scoping.scoping_requests import requests_this_time
from services.database.agency_requests import unanswered
from services.database.cases import Case
from services.database.history import all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class Minutes(StrEnum):
    """Whether the child death review's minutes are in the pack (RR-45)."""

    INCLUDED = "included"
    NOT_RELEVANT = "not_relevant"
    TABLED = "tabled"


class AcceptPack(Command):
    """The papers that attendees receive (RR-45, RR-53).

    The pack is made of the agenda, the referral, the notification and every return as they stand on
    record. It says of each in which form it is there.
    """

    sin_form: KeptFileChoice | None = Field(
        default=None,
        title="Which file is the notification as it was sent?",
        description="Add the SIN form under Documents first. Without it the pack says what is on "
        "record of the notification.",
    )
    minutes: Minutes = Field(title="Minutes of the child death review's joint agency response")
    minutes_file: KeptFileChoice | None = Field(
        default=None,
        title="Which file are the minutes, if they are included?",
        description="Add them under Documents first. Attendees open the files with the pack.",
    )


def accept_pack(work: UnitOfWork, case_id: CaseId, command: AcceptPack) -> Case:
    """Accept the pack once every agency has answered or been excused (G3)."""
    case = begin(work, case_id, ACCEPT_PACK, command)
    if case.pack_accepted_on is not None:
        raise AlreadyDone("The pack is accepted. It is open again when another agency is asked.")
    asked = requests_this_time(work, case)
    if not asked:
        raise RuleBroken("Send the scoping forms first (RR-39).")
    owed = {one.id for one in unanswered(work.session, case.id)}
    missing = sum(one.id in owed for one in asked)
    if missing:
        raise RuleBroken(
            f"{missing} of {len(asked)} returns are missing. Chase them, or record why an agency "
            "is left out (G3, RR-13)."
        )
    _must_be_kept(work, case, command)
    case.pack_accepted_on = work.today
    before = len(facts(work.session, case.id, EntryType.PACK_ACCEPTED))
    part = str(before + 1) if before else ""
    entry = record_entry(work, case, ACCEPT_PACK, command)
    close_todos(work, case, Todo.ACCEPT_PACK)
    order_pack(work, case, entry)
    enqueue_email(work, case, EmailTrigger.PACK_SHARED, EmailContext(part=part))
    return case


ACCEPT_PACK = Act(
    name="accept_pack",
    command=AcceptPack,
    perform=accept_pack,
    permission=Permission.RUN_SCOPING,
    doing="accept the pack",
    stages=frozenset({Stage.RAPID_REVIEW}),
    entry=EntryType.PACK_ACCEPTED,
    todo=Todo.ACCEPT_PACK,
    clock=ClockId.K7,
    section=Section.MEETING,
)


def must_be_tabled(work: UnitOfWork, case: Case, tabled: str | None) -> None:
    """Refuse a meeting at which nothing was tabled of what the pack was to have tabled (RR-45)."""
    accepted = all_of(work.session, case.id, EntryType.PACK_ACCEPTED)[-1:]
    said = [AcceptPack.model_validate(one.command).minutes for one in accepted]
    if said == [Minutes.TABLED] and not tabled:
        raise AnswerRefused(
            "tabled", "The pack says that the minutes are tabled: say what was, or why not (RR-45)."
        )


def _must_be_kept(work: UnitOfWork, case: Case, command: AcceptPack) -> None:
    """Refuse minutes that are said to be included and are no file, and a file of another case."""
    if case.is_death and command.minutes is Minutes.NOT_RELEVANT:
        raise AnswerRefused(
            "minutes", "A child died: include the minutes or have them tabled (G3)."
        )
    if command.minutes is Minutes.INCLUDED and command.minutes_file is None:
        raise AnswerRefused("minutes_file", "Choose the file with the minutes (G3).")
    if command.minutes is not Minutes.INCLUDED and command.minutes_file is not None:
        raise AnswerRefused("minutes_file", "Say above that the minutes are included.")
    kept = {None, *(one.id for one in kept_files(work, case))}
    for field, chosen in (("sin_form", command.sin_form), ("minutes_file", command.minutes_file)):
        if chosen not in kept:
            raise AnswerRefused(field, "Choose one of the files that were added to this case.")
