"""Valid words for the acts of a local review's team, and a meeting of it."""

from typing import Any
from uuid import UUID

from services.casework.steps.review_team.minutes import ImmediateAction, RecordTeamMeeting
from services.casework.steps.review_team.team_meetings import record_team_meeting as record
from services.domain.roles import Role
from tests.driven import Driven
from tests.words import SAID, words_of


def record_team_meeting(*people: UUID, **but: Any) -> RecordTeamMeeting:
    """Return the minutes of a meeting of these people at which nothing had to be done at once."""
    usual = {"meeting": "review_team", "held_on": "2026-02-02"}
    return words_of(RecordTeamMeeting, but, present=people, **usual)


def immediate_action(*agencies: UUID, **but: Any) -> ImmediateAction:
    """Return what these agencies do at once."""
    return words_of(ImmediateAction, but, agencies=agencies, by_when="2026-03-02")


def meet_as_team(case: Driven, when: str = "2026-02-02") -> None:
    """Record a meeting of the chair and the lead reviewer that has something done at once."""
    team = (Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER)
    said = record_team_meeting(
        *(case.world.ours.actor(one).person_id for one in team),
        held_on=when,
        actions=(immediate_action(case.agency()),),
        weighed=SAID,
        themes=({"theme": SAID},),
        meets_on="2026-04-01",
    )
    case.do(record, said, Role.BUSINESS_MANAGER, when)
