"""The form of each act on how long records are kept: its address, and what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.labels import label
from services.casework.retention import acts
from services.casework.retention.acts import RetentionAct
from services.casework.retention.records import record_of
from services.casework.retention.schedules import waiting_proposal
from services.database.cases import get_case
from services.database.retention import get_hold
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital
from services.domain.retention import RetentionMatter, Years
from services.web.view_models.retention import years_told

_LEAVING: Final = (
    "an administrator of the platform exports everything and then deletes every closed record that "
    "nothing holds, in the names of the two of you. Cases that are open go on. A schedule with "
    "years that is adopted later takes this back for what is still there."
)
LEAVING_TOLD: Final = f"Once a second person has adopted it, {_LEAVING}"
ADOPTING_TOLD: Final = f"Once you adopt it, {_LEAVING}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionForm:
    """One form; what is not there is not found when it is said what the form is about.

    ``told`` is what a form says that is about nothing on record. Where ``headed`` says something of
    what it is about, that is its title.
    """

    act: RetentionAct
    path: str
    title: str
    button: str
    about: Callable[[UnitOfWork, UUID], str]
    told: str = ""
    headed: Callable[[UnitOfWork, UUID], str] | None = None

    def heading(self, work: UnitOfWork, entry_id: UUID | None) -> str:
        """Return the title of the form for what it is about."""
        own = self.headed(work, entry_id) if self.headed and entry_id is not None else ""
        return own or self.title


def _record(work: UnitOfWork, entry_id: UUID) -> str:
    found = record_of(work, entry_id)
    return (
        f"{found.reference}. {capital(label(found.record_class))}, closed on "
        f"{day_month_year(found.closed_on)}, comes up on {day_month_year(found.review_on)}."
    )


def _case(work: UnitOfWork, entry_id: UUID) -> str:
    return get_case(work.session, CaseId(entry_id)).reference


def _schedule(work: UnitOfWork, entry_id: UUID) -> str:
    found = waiting_proposal(work, entry_id, RetentionMatter.SCHEDULE)
    years = Years.read(found.years or {})
    told = f" {ADOPTING_TOLD}" if years.keeps_nothing else ""
    return f"{years_told(years)}.{told} On the basis: {found.reasons} Agreed: {found.agreed}"


def _leaving(work: UnitOfWork, entry_id: UUID) -> str:
    """Return the title for a schedule that keeps nothing; of every other one nothing."""
    found = waiting_proposal(work, entry_id, RetentionMatter.SCHEDULE)
    keeps_nothing = Years.read(found.years or {}).keeps_nothing
    return "Decide whether the partnership leaves Keyline" if keeps_nothing else ""


def _disposal(work: UnitOfWork, entry_id: UUID) -> str:
    found = waiting_proposal(work, entry_id, RetentionMatter.DISPOSE)
    about = _record(work, found.case_id) if found.case_id else ""
    return f"{about} Why it is no longer needed: {found.reasons}"


def _hold(work: UnitOfWork, entry_id: UUID) -> str:
    found = get_hold(work.session, entry_id)
    of = _case(work, found.case_id) if found.case_id else "The whole partnership"
    return f"{of}. Held for {label(found.ground)}: {found.reasons}"


FORMS: Final = (
    RetentionForm(
        act=acts.ANSWER_SCHEDULE,
        path="schedules/{entry_id}/answer",
        title="Adopt a retention schedule",
        button="Save",
        about=_schedule,
        headed=_leaving,
    ),
    RetentionForm(
        act=acts.KEEP_LONGER,
        path="records/{entry_id}/keep",
        title="Keep a record longer",
        button="Keep it longer",
        about=_record,
    ),
    RetentionForm(
        act=acts.PROPOSE_DISPOSAL,
        path="records/{entry_id}/dispose",
        title="Propose to dispose of a record",
        button="Propose it",
        about=_record,
    ),
    RetentionForm(
        act=acts.ANSWER_DISPOSAL,
        path="proposals/{entry_id}/answer",
        title="Decide whether a record is disposed of",
        button="Save the decision",
        about=_disposal,
    ),
    RetentionForm(
        act=acts.HOLD_CASE,
        path="records/{entry_id}/hold",
        title="Hold the record of a case",
        button="Hold it",
        about=_case,
    ),
    RetentionForm(
        act=acts.RELEASE_HOLD,
        path="holds/{entry_id}/release",
        title="Release a hold",
        button="Release it",
        about=_hold,
    ),
)
PROPOSE_SCHEDULE: Final = RetentionForm(
    act=acts.PROPOSE_SCHEDULE,
    path="schedules/propose",
    title="Propose a retention schedule",
    button="Propose it",
    about=lambda _work, _entry_id: "",
)
PROPOSE_LEAVING: Final = RetentionForm(
    act=acts.PROPOSE_LEAVING,
    path="leaving/propose",
    title="Propose that the partnership leaves Keyline",
    button="Propose it",
    about=lambda _work, _entry_id: "",
    told=LEAVING_TOLD,
)
HOLD_PARTNERSHIP: Final = RetentionForm(
    act=acts.HOLD_PARTNERSHIP,
    path="holds/place",
    title="Hold every record of the partnership",
    button="Hold them",
    about=lambda _work, _entry_id: "",
)
