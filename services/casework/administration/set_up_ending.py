"""Which posts end with a day that is near, and fall empty with it: told while it can be mended."""

from datetime import timedelta
from typing import Final

from services.casework.people.posts import is_same_post, post_name
from services.database.partnerships import agency_names
from services.database.people import Membership, memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import NEVER_EMPTY
from services.domain.directory import A_DAY
from services.domain.plain_text import capital
from services.domain.set_up import Missing, SetUpPart
from services.domain.working_days import written

NEAR: Final = timedelta(days=28)
_TO_DO: Final = "An administrator appoints a successor, or the same person anew, before that day."


def ending_posts(work: UnitOfWork) -> list[Missing]:
    """Return each post that must not be empty, ends within 28 days, and has no holder after.

    A deputy's days are not the post's. Said once where several hold the post until the same day.
    """
    agencies = agency_names(work.session)
    said = dict.fromkeys(
        f"{capital(post_name(work, held, agencies))}: held until {written(held.to_on)}, and by "
        "nobody after that day."
        for held, _person in memberships_on(work.session, work.today)
        if held.to_on is not None and _falls_empty(work, held)
    )
    return [Missing(SetUpPart.PEOPLE, what, _TO_DO, is_needed=False) for what in said]


def _falls_empty(work: UnitOfWork, held: Membership) -> bool:
    if held.role not in NEVER_EMPTY or held.deputy_of or held.to_on is None:
        return False
    if held.to_on - work.today > NEAR:
        return False
    after = memberships_on(work.session, held.to_on + A_DAY)
    return not any(one.deputy_of is None and is_same_post(one, held) for one, _person in after)
