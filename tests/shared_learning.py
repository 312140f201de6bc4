"""Valid words of what is done about learning of no one case, and each of it on record."""

from typing import Any
from uuid import UUID, uuid4

from services.casework.email_habits import SetEmailHabits, set_habits
from services.casework.partnership_learning.national_reviews import (
    consider_national_review,
    note_national_review,
    record_national_action,
)
from services.casework.partnership_learning.national_said import (
    ConsiderNationalReview,
    NoteNationalReview,
    RecordNationalAction,
    RecordNationalCheck,
)
from services.casework.partnership_learning.trend_looks import LookAtTrends, look_at_trends
from services.domain.email_waiting import EmailWay
from services.domain.roles import Role
from tests.isolation_appointments import with_an_appointment
from tests.webhook_rows import with_a_webhook
from tests.words import SAID, words_of
from tests.world import World

MANAGER = Role.BUSINESS_MANAGER
ADDRESS = "https://www.gov.uk/example-review"


def a_look(**but: Any) -> LookAtTrends:
    """Return a look at numbers and themes on 2 February 2026, and the next in May."""
    usual = {"looked_on": "2026-02-02", "next_on": "2026-05-01"}
    usual |= {"looked_at": ("notifications", "themes"), "recurring": ("neglect",)}
    return words_of(LookAtTrends, but, **usual)


def a_publication(**but: Any) -> NoteNationalReview:
    """Return a national review of January 2026."""
    usual = {"kind": "national_review", "title": "Babies unseen", "address": ADDRESS}
    return words_of(NoteNationalReview, usual | but, published_on="2026-01-12")


def considered(*days: str, **but: Any) -> ConsiderNationalReview:
    """Return that the group considered it, with an action by each of these days, or none."""
    what = {"action": SAID, "owner": "Health, head of nursing"}
    actions = tuple(what | {"last_day": one} for one in days)
    usual = {"considered_on": "2026-02-02", "is_anything_to_do": bool(days), "actions": actions}
    usual |= {"nothing_because": None if days else SAID}
    return words_of(ConsiderNationalReview, but, **usual)


def action_done(number: int = 1, **but: Any) -> RecordNationalAction:
    """Return that the action was done on 2 February 2026, and is not looked at again."""
    usual = {"done_on": "2026-02-02", "recheck": "none", "no_recheck": SAID}
    return words_of(RecordNationalAction, usual | but, number=number)


def action_checked(number: int = 1, **but: Any) -> RecordNationalCheck:
    """Return that it lasts, as records show, and is not looked at again."""
    usual = {"looked_on": "2026-02-02", "looked_by": "records_read", "finding": "sustained"}
    usual |= {"recheck": "none", "no_recheck": SAID}
    return words_of(RecordNationalCheck, usual | but, number=number)


def noted(world: World, when: str = "2026-02-02", **but: Any) -> UUID:
    """Note a national review as the manager, and return its id."""
    with world.act(MANAGER, when, once=uuid4()) as work:
        return note_national_review(work, a_publication(**but)).id


def with_learning(world: World, when: str = "2026-12-01") -> None:
    """Put a look on record, and a national review that was considered and acted on."""
    with world.act(MANAGER, when, once=uuid4()) as work:
        look_at_trends(work, a_look(next_on="2027-01-01"))
    review = noted(world, when)
    with world.act(MANAGER, when, once=uuid4()) as work:
        consider_national_review(work, review, considered("2027-01-01"))
    with world.act(MANAGER, when, once=uuid4()) as work:
        record_national_action(work, review, action_done())


def with_rows_of_no_case(world: World, case_id: UUID) -> None:
    """Put an appointment, learning and how emails come on record: no row of them is of a case.

    Beside them an address of a system, of no case either, with a message to it about this one.
    """
    with_a_webhook(world, case_id)
    with_an_appointment(world)
    with_learning(world)
    with world.act(Role.BUSINESS_MANAGER) as work:
        set_habits(work, SetEmailHabits(way=EmailWay.DIGEST, digest_hour=8))
