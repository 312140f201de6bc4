"""The roster of registered notifiers: who is on none is asked why, and still notifies (NOT-07)."""

import pytest

from services.casework.steps.notification import notification
from services.database.history import last_entry
from services.domain.directory import ContactRole
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from tests import factories as say
from tests.directory import contacted, placed
from tests.driven import Driven

SINCE = {"valid_from": "2025-06-02", "verified_on": "2025-06-02"}
ROSTER = {**SINCE, "role": ContactRole.REGISTERED_NOTIFIER, "holder": "A Registered Notifier"}


@pytest.fixture
def decided(world) -> Driven:
    return Driven(world).decide()


@pytest.fixture
def notifier(world):
    place = placed(world, "2025-06-02", valid_from="2025-06-02")
    return contacted(world, place, "2025-06-02", **ROSTER)


def notify(case: Driven, **said) -> dict[str, object]:
    """Record the notification; return what is kept of it."""
    command = say.record_notification(**said)
    case.do(notification.record_notification, command, Role.NOTIFIER, "2025-12-15 12:00")
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        kept = last_entry(work.session, case.case_id, EntryType.NOTIFICATION_RECORDED)
        return kept.command


def test_the_notifier_of_the_roster_is_kept_by_name(decided, notifier):
    assert notify(decided, notifier=notifier)["notifier"] == "A Registered Notifier"


@pytest.mark.usefixtures("notifier")
def test_who_is_not_on_the_roster_is_asked_why_and_the_notification_counts(decided):
    """NOT-07 is guidance for practice: it warns, and makes no notification void."""
    with pytest.raises(AnswerRefused, match="NOT-07") as error:
        notify(decided)
    assert error.value.field == "off_roster"
    kept = notify(decided, off_roster="Both were on leave.")
    assert (kept["notifier"], kept["off_roster"]) == (None, "Both were on leave.")


def test_without_a_roster_nothing_is_asked(decided):
    assert notify(decided)["notifier"] is None


@pytest.mark.usefixtures("notifier")
def test_somebody_who_was_not_on_the_roster_that_day_cannot_be_named(world, decided):
    later = contacted(
        world, placed(world, name="Another"), **(ROSTER | {"valid_from": "2026-01-05"})
    )
    with pytest.raises(AnswerRefused, match="was not on the roster") as error:
        notify(decided, notifier=later)
    assert error.value.field == "notifier"
