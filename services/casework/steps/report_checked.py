"""The report is put forward to be checked, what was found is noted, and what stays is justified."""

from typing import Final

from services.casework.access.documents import papers_seen
from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import part_of
from services.casework.steps.anonymity.checks import (
    ask_to_settle,
    hide_as_what_is_checked,
    is_to_settle,
    list_the_next,
    must_read_newest,
    order_check,
    put_forward,
    unsettled,
)
from services.casework.steps.anonymity.report_said import (
    AnonymityChecked,
    CheckReport,
    HitsJustified,
    JustifyHits,
    NoteAnonymity,
)
from services.casework.steps.kept_files import kept_files
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.casework.steps.publication.publishers_done import let_publishers_publish
from services.database.cases import Case, get_case
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.known import HitKind
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

READABLE: Final = frozenset({"docx", "pdf"})
_WHILE_WRITTEN: Final = frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION})
# What is published may be changed, or improvements put in its place, as long as it is public.
_WHILE_PUBLIC: Final = frozenset({Stage.EMBEDDING, Stage.CLOSED})
_OF_FAMILY: Final = frozenset({HitKind.CHILD_NAME, HitKind.FAMILY_NAME, HitKind.FELLOW_NAME})


def check_report(work: UnitOfWork, case_id: CaseId, command: CheckReport) -> Case:
    """Have the newest version checked again, with the file that is to be published of it."""
    case = begin(work, case_id, CHECK_REPORT, command)
    if not has_report(work, case):
        raise RuleBroken("There is no draft report yet.")
    _must_be_readable(work, case, command)
    _must_say_why_other(work, case, command)
    entry = record_entry(work, case, CHECK_REPORT, command)
    order_check(work, entry, Step.COMMISSION)
    return case


def has_report(_work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a draft; of a publisher beside the lead, whether it has published."""
    return case.report_version > 0 or case.published_on is not None


CHECK_REPORT = Act(
    name="check_report",
    command=CheckReport,
    perform=check_report,
    permission=Permission.PLAN_PUBLICATION,
    doing="have the report checked",
    stages=_WHILE_WRITTEN | _WHILE_PUBLIC,
    entry=EntryType.REPORT_PUT_FORWARD,
    shows=(EntryType.ANONYMITY_CHECKED,),
    is_offered=has_report,
    section=Section.DRAFT_REPORT,
)


def note_anonymity(work: UnitOfWork, case_id: CaseId, command: NoteAnonymity) -> Case:
    """Keep what a check found, and ask for what is certain to be settled (PUB-16)."""
    work.actor.must(NOTE_ANONYMITY.permission)
    case = get_case(work.session, case_id, for_change=True)
    kept = part_of(command, AnonymityChecked)
    entered = Entered(subject=str(command.as_of), kept=kept)
    entry = record_entry_as(work, case, NOTE_ANONYMITY, command, entered)
    hide_as_what_is_checked(work, case, entry)
    if case.stage in _WHILE_WRITTEN | _WHILE_PUBLIC:
        ask_to_settle(work, case)
        let_publishers_publish(work, case)
    return case


NOTE_ANONYMITY = Act(
    name="note_anonymity",
    command=NoteAnonymity,
    perform=note_anonymity,
    permission=Permission.CARRY_CASES,
    doing="note what a check of the report found",
    stages=frozenset(Stage),
    entry=EntryType.ANONYMITY_CHECKED,
    kept=AnonymityChecked,
    is_listed=False,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)


def justify_hits(work: UnitOfWork, case_id: CaseId, command: JustifyHits) -> Case:
    """Keep why hits stay in the report; once the last that is certain is settled, it may go on.

    Of more than are listed the next come up by a new check, once those that are listed are settled.
    """
    case = begin(work, case_id, JUSTIFY_HITS, command)
    check = must_read_newest(work, case)
    waiting = {one.id: one for one in unsettled(work, case)}
    if not set(command.hits) <= waiting.keys():
        raise AnswerRefused("hits", "Choose hits of the newest check that are not settled.")
    hits = tuple(waiting[one] for one in command.hits)
    is_named = any(one.kind in _OF_FAMILY for one in hits)
    if is_named and command.family_agreed is None:
        raise AnswerRefused("family_agreed", "Enter who agreed that the name stays (PUB-16).")
    kept = HitsJustified(hits=hits, reasons=command.reasons, family_agreed=command.family_agreed)
    entry = record_entry_as(work, case, JUSTIFY_HITS, command, Entered(kept=kept))
    carry_marks(work, case, check, entry)
    ask_to_settle(work, case)
    let_publishers_publish(work, case)
    list_the_next(work, case, entry)
    return case


def has_hits(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the newest check found anything that is not settled, as the actor reads it."""
    return bool(unsettled(work, case))


JUSTIFY_HITS = Act(
    name="justify_hits",
    command=JustifyHits,
    perform=justify_hits,
    permission=Permission.QUALITY_ASSURE,
    doing="say why words stay in the report",
    stages=_WHILE_WRITTEN | _WHILE_PUBLIC,
    entry=EntryType.HITS_JUSTIFIED,
    kept=HitsJustified,
    todo=Todo.SETTLE_ANONYMITY,
    clock=ClockId.K11,
    is_offered=has_hits,
    shows=(EntryType.ANONYMITY_CHECKED,),
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)


def files_to_check(work: UnitOfWork, case: Case) -> list[Document]:
    """Return the files that people added to the case, as far as the actor may open them."""
    seen = {one.id for one in papers_seen(work, case)}
    return [one for one in kept_files(work, case) if one.id in seen]


def _must_say_why_other(work: UnitOfWork, case: Case, command: CheckReport) -> None:
    """Refuse to drop a file in which something certain is not settled, without why (PUB-16)."""
    before = put_forward(work, case)
    is_other = before is not None and before != command.file
    if is_other and command.why_other_file is None and is_to_settle(work, case):
        raise AnswerRefused(
            "why_other_file",
            "Something that the check found is not settled: say why the file that was checked is "
            "no longer put forward (PUB-16).",
        )


def _must_be_readable(work: UnitOfWork, case: Case, command: CheckReport) -> None:
    if command.file is None:
        return
    found = {one.id: one for one in files_to_check(work, case)}
    file = found.get(command.file)
    if file is None or file.standing is not DocumentState.KEPT:
        raise AnswerRefused("file", "Choose one of the files that were added to this case.")
    if file.form not in READABLE:
        raise AnswerRefused("file", "Choose a PDF or a Word file (.docx): others are not read.")
