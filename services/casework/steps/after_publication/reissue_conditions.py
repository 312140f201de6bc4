"""When a report may be published again: changed or not, checked, sent before in time (K12)."""

from datetime import date

from services.casework.effects import compute_due_date
from services.casework.steps.after_publication.conditions import (
    checked_file,
    must_be_anonymised,
    must_name_reviewers,
)
from services.casework.steps.publication.after_said import ProposeReissue
from services.casework.steps.publication.days_against import must_be_kept_clear
from services.casework.steps.publication.objections import must_have_no_objection
from services.database.cases import Case
from services.database.dispatches import dispatches
from services.database.history import Fact
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice, met_on
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.working_days import written


def must_be_publishable(work: UnitOfWork, case: Case, said: ProposeReissue) -> None:
    """Refuse what a first publication would be refused for, and a change that is not told (G10)."""
    must_be_anonymised(anonymised=said.anonymised)
    must_name_reviewers(named=said.names_reviewers)
    must_have_no_objection(work, case)
    if (said.file is None) is not (said.what_changed is None):
        field = "file" if said.file is None else "what_changed"
        raise AnswerRefused(field, "Of a changed report both are needed: its file, and the change.")
    if said.file is not None:
        checked_file(work, case, said.file)
    _must_be_in_time(work, case, said.publish_on)
    must_be_kept_clear(work, case, said.publish_on, said.why_this_day)


def must_be_sent_before(work: UnitOfWork, case: Case, put: Fact, day: date) -> None:
    """Refuse a day for which the text was not sent to all three bodies in time (PUB-26, K12)."""
    sent = met_on(
        one.as_sent
        for one in dispatches(work.session, case.id)
        if one.notice is Notice.REISSUE_PRE_SENT and int(one.part) > put.number
    )
    limit = compute_due_date(work, case, ClockId.K12, publication=day).due
    is_late = sent is not None and sent > limit
    if sent is None:
        raise RuleBroken(
            "Its full text goes to the Panel, Ofsted and the Secretary of State first (PUB-26)."
        )
    if day > work.today:
        raise AnswerRefused("published_on", "Enter a day that is not in the future.")
    if is_late:
        raise AnswerRefused(
            "published_on",
            f"The text was sent on {written(sent)}. For this day it had to be sent by "
            f"{written(limit)} (PUB-26, K12).",
        )


def _must_be_in_time(work: UnitOfWork, case: Case, day: date) -> None:
    limit = compute_due_date(work, case, ClockId.K12, publication=day).due
    if limit < work.today:
        raise AnswerRefused(
            "publish_on",
            f"Too soon: the text would have had to be sent by {written(limit)} (PUB-26, K12). "
            "Choose a later day.",
        )
