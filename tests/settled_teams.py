"""Whether a review has a team is on record before its report goes to the partners (LC-25)."""

from typing import TYPE_CHECKING

from services.casework.steps.review_team.membership import NameReviewTeam, name_review_team
from services.database.history import facts
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from tests.words import words_of

if TYPE_CHECKING:
    from tests.driven import Driven


def settle_team(case: "Driven", when: str) -> None:
    """Say that the review needs no review team, unless that is on record."""
    with case.world.act(Role.BUSINESS_MANAGER, when) as work:
        is_said = bool(facts(work.session, case.case_id, EntryType.TEAM_NAMED))
    if not is_said:
        said = words_of(NameReviewTeam, {}, is_needed=False)
        case.do(name_review_team, said, Role.BUSINESS_MANAGER, when)
