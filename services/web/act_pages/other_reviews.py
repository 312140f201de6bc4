"""Pages of the register of other reviews and proceedings beside this one (PAR-01 to PAR-04)."""

from collections.abc import Iterable
from typing import Final

from services.casework.steps import referred_out
from services.casework.steps.child_death.death import died_at_16_or_17
from services.casework.steps.other_reviews import disclosure, liaison, processes, requirements
from services.casework.steps.other_reviews.register import OtherProcess, processes_on
from services.casework.steps.review_team.membership import police_representative
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.web.act_pages.act_page import ActPage, OneOf
from services.web.forms.fields import Choice, Options

_TWO_REVIEWS: Final = (
    "A child who died was 16 or 17. Where a death from that age resulted from violence, abuse or "
    "neglect by a relative, a partner or former partner, or a member of the household, a domestic "
    "homicide review may be carried out as well (PAR-02). Whether it is, the community safety "
    "partnership decides."
)


def _on_record(work: UnitOfWork, case: Case) -> Options:
    """Offer the processes on record."""
    return _choices(processes_on(work, case.id))


def _joint(work: UnitOfWork, case: Case) -> Options:
    """Offer those that one report covers with this review."""
    return _choices(requirements.joint_processes(work, case))


def _choices(found: Iterable[OtherProcess]) -> Options:
    return {
        "process": tuple(
            Choice(str(one.id), one.said.name, f"{one.said.body}: {label(one.said.state)}")
            for one in found
        )
    }


def _two_reviews(work: UnitOfWork, case: Case) -> str:
    """Say that a death at 16 or 17 may be reviewed in two ways (PAR-02)."""
    return _TWO_REVIEWS if died_at_16_or_17(work, case) else ""


def _whose_contacts(work: UnitOfWork, case: Case) -> str:
    """Say who speaks with police and prosecution, once that is on record (LC-27)."""
    theirs = police_representative(work, case, work.today)
    if theirs is None:
        return ""
    stands = in_own_words("represents the police on the review team")
    return (
        f"{theirs} {stands}. They speak with the police, their family liaison and the prosecution; "
        "another does so on their behalf, and says why (LC-27)."
    )


PAGES = (
    ActPage(
        act=processes.RECORD_PROCESS,
        path="other-reviews/record",
        title="Record another review or proceeding",
        button="Record it",
        done="The review or proceeding is recorded.",
        note=_two_reviews,
    ),
    ActPage(
        act=processes.CHANGE_PROCESS,
        path="other-reviews/change",
        title="Change what is recorded of another review or proceeding",
        button="Record it as it is now",
        done="What is on record of it is changed.",
        narrow=_on_record,
        one_of=OneOf(
            question="process",
            called="review or proceeding",
            named=processes.process_named,
            on_record=processes.process_on_record,
            key=processes.process_named,
        ),
    ),
    ActPage(
        act=liaison.RECORD_LIAISON,
        path="other-reviews/contact",
        title="Record a contact with police, prosecution or another board",
        button="Record the contact",
        done="The contact is recorded.",
        narrow=_on_record,
        note=_whose_contacts,
    ),
    ActPage(
        act=disclosure.SCHEDULE_MATERIAL,
        path="other-reviews/schedule",
        title="List the material of the review for police and prosecution",
        button="Keep the schedule",
        done="The schedule is kept, and is made as a paper.",
    ),
    ActPage(
        act=requirements.LIST_REQUIREMENTS,
        path="other-reviews/requirements",
        title="List what a joint report must meet",
        button="Keep this list",
        done="The requirements of the joint report are listed.",
        narrow=_joint,
        one_of=OneOf(
            question="process",
            called="review",
            named=requirements.joint_process_named,
            on_record=requirements.requirements_on_record,
            key=processes.process_named,
        ),
    ),
    ActPage(
        act=referred_out.REFER_OUT,
        path="other-reviews/own-procedure",
        title="Record that a matter was left to an agency's own procedure",
        button="Record it",
        done="It is recorded that the agency was told. The review keeps nothing more of it.",
    ),
)
