"""Who is of the review team: somebody for each partner, and experts of the subject (LC-25)."""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, latest_command, record_entry
from services.casework.commands import Command, LongText, NeededWhen, Rows, ShortText, YesNo
from services.casework.steps.review_runs import has_local_review
from services.casework.steps.review_team.team_meetings import WHERE_TEAM_WORKS
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import Permission, Seat
from services.domain.working_days import london_date


class TeamMember(Command):
    """Somebody of the review team, and whom they represent or what they are expert in."""

    name: ShortText = Field(title="Who?", description="Their name and post.")
    seat: Seat | None = Field(default=None, title="Which safeguarding partner do they represent?")
    subject: Annotated[ShortText | None, NeededWhen("if they represent no partner")] = Field(
        default=None, title="In which subject are they expert?"
    )


class NameReviewTeam(Command):
    """Whether this review has a review team, and who is of it (LC-25).

    All of it is said anew when somebody changes; who was of it before stays in the timeline.
    """

    is_needed: YesNo = Field(
        title="Does this review have a review team? (LC-25)",
        description="A complex one usually does: it tests what agencies send, brings in the local "
        "context, and challenges the analysis.",
    )
    why: LongText = Field(title="Why, or why not?")
    members: Annotated[tuple[TeamMember, ...], Rows(4, "member")] = Field(
        default=(),
        title="Who is of the team?",
        description="Somebody for each safeguarding partner, and experts as the case needs them. "
        "Nobody who worked with the family.",
    )


def name_review_team(work: UnitOfWork, case_id: CaseId, command: NameReviewTeam) -> Case:
    """Keep who is of the review team, or why the review has none (LC-25)."""
    case = begin(work, case_id, NAME_REVIEW_TEAM, command)
    if not has_local_review(work, case):
        raise StepNotOpen("The partners have decided on no local review, so there is no team.")
    _must_stand_for_each_partner(command)
    record_entry(work, case, NAME_REVIEW_TEAM, command)
    return case


NAME_REVIEW_TEAM = Act(
    name="name_review_team",
    command=NameReviewTeam,
    perform=name_review_team,
    permission=Permission.RUN_REVIEW,
    doing="name the review team",
    stages=WHERE_TEAM_WORKS,
    entry=EntryType.TEAM_NAMED,
    is_offered=has_local_review,
    section=Section.MEETING,
    holds_family_data=True,
)


def team_on_record(work: UnitOfWork, case: Case) -> NameReviewTeam | None:
    """Return what was last said of the team, to be put right."""
    return latest_command(work, case, EntryType.TEAM_NAMED, NameReviewTeam)


def police_representative(work: UnitOfWork, case: Case, on: date) -> str | None:
    """Return who of the review team represented the police on the day, by name and post (LC-27).

    None where no team was named by then, or the review has none, or the actor does not read it.
    """
    named = all_of(work.session, case.id, EntryType.TEAM_NAMED)
    until = [one for one in named if london_date(one.at) <= on]
    if not until:
        return None
    members = NameReviewTeam.model_validate(until[-1].command).members
    return "; ".join(one.name for one in members if one.seat is Seat.POLICE) or None


def _must_stand_for_each_partner(said: NameReviewTeam) -> None:
    """Refuse a team without somebody for each partner, and members of no team (LC-25)."""
    if not said.is_needed:
        if said.members:
            raise AnswerRefused("members", "You said that the review has no team.")
        return
    missing = [label(one) for one in Seat if one not in {each.seat for each in said.members}]
    if missing:
        raise AnswerRefused(
            "members", f"Name somebody for each partner (LC-25): {', '.join(missing)}."
        )
    if any(one.seat is None and one.subject is None for one in said.members):
        raise AnswerRefused(
            "members", "Say of each whom they represent, or in which subject they are expert."
        )
