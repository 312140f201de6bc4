"""Pages of a published report that is taken down, published again, or redacted at once."""

from services.casework.steps.after_publication import (
    dropping,
    proposing_down,
    proposing_reissue,
    redacting,
    reissue,
    taking_down,
    updates,
)
from services.casework.steps.after_publication.away import away_in_words
from services.casework.steps.anonymity.checks import put_forward
from services.casework.steps.report_checked import files_to_check
from services.database.cases import Case
from services.database.documents import titles
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _checked(work: UnitOfWork, case: Case) -> str:
    """Say which file is put forward and checked: only that one goes up."""
    file = put_forward(work, case)
    if file is None:
        return "No file is put forward as the report: have the changed one checked first."
    title = titles(work.session, {file}).get(file, "")
    return f"Put forward to be checked: {title}."


def _pdfs(work: UnitOfWork, case: Case) -> Options:
    """Offer the PDFs that were added to the case, and that the person may open."""
    found = files_to_check(work, case)
    pdfs = (one for one in found if one.form == DocumentForm.PDF.value)
    return {"file": tuple(Choice(str(one.id), one.shown_title) for one in pdfs)}


PAGES = (
    ActPage(
        act=proposing_down.PROPOSE_TAKING_DOWN,
        path="publication/taking-down",
        title="Propose that the published report is taken down",
        button="Put it to the partners",
        done="It is with the partners. The report stays where it is until every one agrees.",
    ),
    ActPage(
        act=dropping.DROP_PUBLISHED_PROPOSAL,
        path="publication/not-pursued",
        title="Drop what was put to the partners of the published report",
        button="Put on record that it is not pursued",
        done="It is not pursued. The report stays as it stands.",
    ),
    ActPage(
        act=taking_down.TAKE_DOWN,
        path="publication/taken-down",
        title="Record that the published report is taken down",
        button="Record it",
        done="The report is taken down. The notices to the three bodies are being made.",
    ),
    ActPage(
        act=proposing_reissue.PROPOSE_REISSUE,
        path="publication/again",
        title="Propose that the report is published again",
        button="Put it to the partners",
        done="It is with the partners. Its text is sent before it is published again.",
        narrow=_pdfs,
        note=_checked,
    ),
    ActPage(
        act=reissue.REISSUE,
        path="publication/reissue",
        title="Record that the report is published again",
        button="Record the publication",
        done="The report is published again. Its year counts from the first day.",
        note=away_in_words,
    ),
    ActPage(
        act=redacting.REDACT_PUBLISHED,
        path="publication/redaction",
        title="Record an urgent redaction of the published report",
        button="Record it, and have the changed text sent",
        done="The redaction is on record. The notice with the changed text is being made.",
        narrow=_pdfs,
        note=_checked,
    ),
    ActPage(
        act=updates.RECORD_UPDATE,
        path="publication/update",
        title="Record an update that was published after the report",
        button="Keep it",
        done="The update is on record.",
        narrow=_pdfs,
    ),
)
