"""Gate G3: the pack of the rapid review meeting, once every agency has answered."""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import EmailContext, close_todos, enqueue_email
from services.casework.steps.pack_orders import order_pack
from services.casework.steps.rapid_review.pack_contents import (
    AcceptPack,
    Minutes,
    must_be_an_order,
    must_be_kept,
)
from services.casework.steps.rapid_review.pack_release import must_be_declared_of
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
    must_be_kept(work, case, command)
    must_be_an_order(command)
    must_be_declared_of(work, case)
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
