"""Pages of gate G9: the draft report, the check of what it holds, and its quality assurance."""

from services.casework.labels import label
from services.casework.steps import report_checked
from services.casework.steps.anonymity.checks import newest_check, unsettled
from services.casework.steps.local_review import draft_report, quality_assurance
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def files_laid_out(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that can be read, and that the person may open."""
    found = report_checked.files_to_check(work, case)
    files = (one for one in found if one.form in report_checked.READABLE)
    return {"file": tuple(Choice(str(one.id), one.shown_title) for one in files)}


def _hits(work: UnitOfWork, case: Case) -> Options:
    """Offer what was found and is not settled, what is certain first."""
    found = sorted(unsettled(work, case), key=lambda one: not one.kind.is_certain)
    return {
        "hits": tuple(
            Choice(
                str(one.id),
                f"“{one.words}”, in {one.place}",
                capital(label(one.kind)) + ("" if one.kind.is_certain else " (possible)"),
            )
            for one in found
        )
    }


def _found(work: UnitOfWork, case: Case) -> str:
    """Say what the newest check found."""
    checked = newest_check(work, case)
    if checked is None:
        return "Nothing was checked yet. The check takes a moment after each version."
    more = f" {checked.not_listed} more are certain and not listed." if checked.not_listed else ""
    return (
        f"In version {checked.version} the newest check found {checked.certain} that are certain "
        f"and {checked.possible} that are only possible.{more} Publication waits for those that "
        "are certain."
    )


PAGES = (
    ActPage(
        act=draft_report.SUBMIT_DRAFT,
        path="report/draft",
        title="Submit the draft report",
        button="Submit this version",
        done="The draft report is submitted.",
    ),
    ActPage(
        act=report_checked.CHECK_REPORT,
        path="report/check",
        title="Have the report checked for names, days and places of the case",
        button="Have it checked",
        done="The report is being checked. What is found stands on the case in a moment.",
        narrow=files_laid_out,
        note=_found,
    ),
    ActPage(
        act=report_checked.JUSTIFY_HITS,
        path="report/hits",
        title="Say why words stay in the report",
        button="Keep the reason",
        done="The reason is kept.",
        narrow=_hits,
        note=_found,
    ),
    ActPage(
        act=quality_assurance.QUALITY_ASSURE,
        path="report/quality",
        title="Quality-assure the draft report",
        button="Record the result",
        done="The result is recorded.",
    ),
)
