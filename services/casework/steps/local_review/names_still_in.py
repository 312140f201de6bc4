"""Whether what an agency sent names a practitioner still, before it is accepted (G8, LC-34).

It was looked through as it was sent. Who has an account since then was not known at that time.
"""

from collections.abc import Iterator
from uuid import UUID

from pydantic import BaseModel

from services.casework.steps.local_review.chronologies_sent import changes_in, chronology_in
from services.casework.steps.local_review.practitioners_named import named_in_rows
from services.casework.steps.local_review.report_sent import ReportSubmitted
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken

_SENT = (EntryType.REPORT_SUBMITTED, EntryType.CHRONOLOGY_SENT, EntryType.CHANGES_SENT)


def must_name_nobody_still(work: UnitOfWork, case: Case, agency_id: UUID) -> None:
    """Refuse to accept what names somebody whom the partnership knows now (G8).

    What a police mark hides from the actor of it they do not judge.
    """
    sent = all_of(work.session, case.id, *_SENT)
    if len(sent) < len(facts(work.session, case.id, *_SENT)):
        raise RuleBroken(
            "A mark hides from you part of what agencies sent (G8): whoever marked it lists you "
            "first."
        )
    for what, rows, alarm in _told(sent, agency_id):
        if faults := named_in_rows(work, case, enumerate(rows, 1), alarm):
            raise AnswerRefused(
                "agency",
                f"Return it for more: in {what}, {'; '.join(faults)}. Roles stand in the place of "
                "names (G8, LC-34).",
            )


def _told(sent: list[Entry], agency_id: UUID) -> Iterator[tuple[str, list[BaseModel], str | None]]:
    """Yield the rows of what counts of the agency's, each with what they are rows of.

    With them comes which names the agency said to be no practitioner's.
    """
    own = [one for one in sent if one.subject == str(agency_id)]
    reports = [one for one in own if one.entry_type is EntryType.REPORT_SUBMITTED][-1:]
    for one in reports:
        report = ReportSubmitted.model_validate(one.command)
        alarm = report.false_alarm
        looked_at = report.model_copy(update={"point_of_contact": None, "false_alarm": None})
        yield "the report", [looked_at], alarm
        yield "who may be invited", [*report.participants], alarm
        yield "what it recommends to itself", [*report.recommendations], alarm
    if chronology := chronology_in(own, agency_id):
        yield "the chronology", [*chronology.events], chronology.false_alarm
    if changes := changes_in(own, agency_id):
        yield "the changes in the organisation", [*changes.changes], changes.false_alarm
