"""A changed text of a published report goes up at once, and is sent the same day (PUB-04, PUB-26).

[inf] No source speaks of a change of what is published already. Our reading: an urgent redaction is
no new publication, so that the seven working days before one do not apply (K12). It is shown so.
"""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import ToSend, note_not_applicable, order_dispatches
from services.casework.steps.after_publication.conditions import (
    checked_file,
    must_be_since,
    must_be_web_address,
    must_name_reviewers,
)
from services.casework.steps.after_publication.repository import tell_repository
from services.casework.steps.after_publication.standing import is_up
from services.casework.steps.publication.after_said import RedactPublished
from services.casework.steps.publication.availability import look_anew
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step


def redact_published(work: UnitOfWork, case_id: CaseId, command: RedactPublished) -> Case:
    """Keep that it went up; three bodies are sent the changed full text, and the repository too.

    It is compared with the case's own people, days and places before, as any report is (PUB-16).
    """
    case = begin(work, case_id, REDACT_PUBLISHED, command)
    if not is_up(work, case):
        raise StepNotOpen("No report of this case is published now: there is none to redact.")
    must_name_reviewers(named=command.names_reviewers)
    text = checked_file(work, case, command.file)
    must_be_since(work, command.replaced_on, case.published_on or work.today, "replaced_on")
    must_be_web_address(command.address)
    entry = record_entry(work, case, REDACT_PUBLISHED, command)
    because = ClockEnding.URGENT_REDACTION
    note_not_applicable(work, case, ClockId.K12, because, publication=command.replaced_on)
    if command.address is not None:
        look_anew(work, case)
    asked = ToSend(Step.PUBLISH, Notice.REPORT_REDACTED, command.replaced_on, files=(text,))
    order_dispatches(work, case, entry, asked)
    tell_repository(work, case, entry, text)
    return case


REDACT_PUBLISHED = Act(
    name="redact_published",
    command=RedactPublished,
    perform=redact_published,
    permission=Permission.PLAN_PUBLICATION,
    doing="record an urgent redaction of the published report",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.REPORT_REDACTED,
    is_offered=is_up,
    shows=(EntryType.PUBLISHED, EntryType.ANONYMITY_CHECKED),
    section=Section.PUBLICATION,
)
