"""Pages of gate G9: recommendations, the draft report, its check, and its quality assurance."""

from collections.abc import Iterable

from services.casework.labels import label
from services.casework.steps import report_checked
from services.casework.steps.anonymity.checks import newest_check, unsettled
from services.casework.steps.local_review import draft_report, quality_assurance
from services.casework.steps.recommendations import (
    developing,
    endorsement,
    on_record,
    proposing,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital
from services.domain.recommendations import RecommendationStanding as Standing
from services.web.act_pages.act_page import ActPage, OneOf
from services.web.forms.fields import Choice, Options


def files_laid_out(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that can be read, and that the person may open."""
    found = report_checked.files_to_check(work, case)
    files = (one for one in found if one.form in report_checked.READABLE)
    return {"file": tuple(Choice(str(one.id), one.shown_title) for one in files)}


def _hits(work: UnitOfWork, case: Case) -> Options:
    """Offer what was found and is not settled, what publication waits for first."""
    found = sorted(unsettled(work, case), key=lambda one: not one.kind.is_waited_for)
    return {
        "hits": tuple(
            Choice(
                str(one.id),
                f"“{one.words}”, in {one.place}",
                capital(label(one.kind)) + ("" if one.kind.is_waited_for else " (possible)"),
            )
            for one in found
        )
    }


def _found(work: UnitOfWork, case: Case) -> str:
    """Say what the newest check found."""
    checked = newest_check(work, case)
    if checked is None:
        return "Nothing was checked yet. The check takes a moment after each version."
    more = f" {checked.not_listed} more of those are not listed." if checked.not_listed else ""
    return (
        f"In version {checked.version} the newest check found {checked.certain} that are to be "
        f"settled and {checked.possible} that are only possible.{more} Publication waits until the "
        "former are taken out, or stay with a reason."
    )


def _recommendations(work: UnitOfWork, case: Case) -> Options:
    """Offer the recommendations that are taken up, each with how it stands."""
    return {"recommendation": _choices(on_record.recommendations_on(work, case))}


def _unendorsed(work: UnitOfWork, case: Case) -> Options:
    """Offer those that are still to be endorsed."""
    return {"recommendations": _choices(on_record.unendorsed(work, case))}


def _choices(found: Iterable[on_record.StandingRecommendation]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(one.id),
            f"{one.number}. {one.said.text}",
            f"Version {one.version}: {label(one.standing)}",
        )
        for one in found
    )


def _endorsed(work: UnitOfWork, case: Case) -> str:
    """Say which recommendations stand in this version, and which the partners have yet to endorse.

    None is in a version unless they have endorsed it (PUB-18).
    """
    found = on_record.recommendations_on(work, case)
    if not found:
        return "No recommendation is proposed yet. The report holds those that are endorsed."
    by = {standing: [one for one in found if one.standing is standing] for standing in Standing}
    told = (
        f"{capital(label(standing))}: {', '.join(str(one.number) for one in ones)}."
        for standing, ones in by.items()
        if ones
    )
    return f"Recommendations, by number. {' '.join(told)}"


PAGES = (
    ActPage(
        act=proposing.PROPOSE_RECOMMENDATIONS,
        path="report/recommendations",
        title="Propose recommendations",
        button="Propose them",
        done="The recommendations are proposed. The review group develops them.",
    ),
    ActPage(
        act=developing.DEVELOP_RECOMMENDATION,
        path="report/recommendations/develop",
        title="Develop a recommendation",
        button="Keep this version",
        done="The next version is kept. The partners endorse it as it now stands.",
        narrow=_recommendations,
        one_of=OneOf(
            question="recommendation",
            called="recommendation",
            named=on_record.recommendation_named,
            on_record=on_record.recommendation_to_develop,
            key=on_record.recommendation_named,
        ),
    ),
    ActPage(
        act=developing.DROP_RECOMMENDATION,
        path="report/recommendations/drop",
        title="Drop a recommendation",
        button="Take it up no further",
        done="The recommendation is not taken up.",
        narrow=_recommendations,
    ),
    ActPage(
        act=endorsement.PUT_RECOMMENDATIONS,
        path="report/recommendations/put",
        title="Put recommendations to the partners",
        button="Put them to the partners",
        done="The partners are asked to endorse them.",
        narrow=_unendorsed,
        note=_endorsed,
    ),
    ActPage(
        act=draft_report.SUBMIT_DRAFT,
        path="report/draft",
        title="Submit the draft report",
        button="Submit this version",
        done="The draft report is submitted.",
        intro="One version of the report: the parts that every report has (PUB-05 to PUB-14). The "
        "guidance for its writer is among the documents of the case. The recommendations that the "
        "partners endorsed are added to it, and no others (PUB-18).",
        note=_endorsed,
        takes_filled_form=True,
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
        note=_endorsed,
        compares="report",
    ),
)
