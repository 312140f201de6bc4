"""A changed text of a signed report is kept as its next version, and put to the partners (PUB-02).

Nothing here asks for the stage of the case: whichever act changes a signed text keeps it so, and
`changed_followed.follow_changed_text` does what the last signature on it entails.
"""

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import part_of
from services.casework.effects import last_day
from services.casework.steps.local_review.draft_orders import make_and_check
from services.casework.steps.local_review.draft_said import DraftSubmitted, SubmitDraft, text_said
from services.casework.steps.local_review.recommendations import must_address_both
from services.casework.steps.local_review.report_versions import (
    must_read_newest_version,
    versions_read,
)
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.casework.steps.publication.changed_followed import subject_of_change
from services.casework.steps.publication.changed_said import ChangeReport, ReportChanged
from services.casework.steps.rounds.sign_off_rounds import close_turns, invite
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.errors import AnswerRefused
from services.domain.report_changes import TextCourse
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo


def keep_changed_text(work: UnitOfWork, case: Case, act: Act, changed: ChangeReport) -> Entry:
    """Keep the next version of the report, have it checked, and put it to every partner.

    The former version stays on record beside who changed what and why. What a police mark hides of
    it stays hidden. Raises RuleBroken for whom a mark hides the former version from, AnswerRefused
    where nothing is changed, or a correction of form has no reason.
    """
    former = must_read_newest_version(work, case)
    before = text_said(former.command)
    _must_be_said_whole(changed, before)
    said = {**dict(before), **dict(changed), "former_version": case.report_version}
    kept = ReportChanged.model_validate(said)
    must_address_both(kept)
    case.report_version += 1
    subject = subject_of_change(case.report_version, changed.course)
    entry = record_entry_as(work, case, act, changed, Entered(subject=subject, kept=kept))
    carry_marks(work, case, former, entry)
    close_turns(work, case, Todo.CHANGE_REPORT, Todo.SIGN_REPORT)
    make_and_check(work, entry)
    by = last_day(work, case, ClockId.K12) or last_day(work, case, ClockId.K11)
    invite(work, case, SignOffMatter.REPORT, last_day=by)
    return entry


def text_to_change(work: UnitOfWork, case: Case) -> SubmitDraft | None:
    """Return the newest text, with which the form opens; nothing where a mark hides it.

    That it is anonymised is said anew.
    """
    for newest in versions_read(work, case)[-1:]:
        text = part_of(text_said(newest.command), SubmitDraft)
        return text.model_copy(update={"anonymised": None})
    return None


def _must_be_said_whole(changed: ChangeReport, before: DraftSubmitted) -> None:
    """Refuse a text that is not anonymised or says the same, and a form without its reason."""
    if not changed.anonymised:
        raise AnswerRefused("anonymised", "Anonymise the report first (PUB-16).")
    parts = SubmitDraft.model_fields.keys() - {"anonymised", "detail_kept"}
    if all(getattr(changed, one) == getattr(before, one) for one in parts):
        raise AnswerRefused("overview", "This is the text on record. Change what is different now.")
    if changed.course is TextCourse.OF_FORM and changed.why_form is None:
        raise AnswerRefused(
            "why_form", "Say why the change is no more than a correction of form (PUB-26)."
        )
