"""`./keyline holidays`: two operators change a day, and everybody reads which days count."""

import pytest

from deployments.holidays import answer, answered, listed, propose, understood
from services.casework.bank_holidays import AnswerHoliday, ProposeHoliday
from services.casework.named_person import NamedPerson
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Role
from tests.holidays import platform, platform_of
from tests.post_office import Office

__all__ = ["platform", "platform_of"]
SAID = {"held_on": "2026-12-07", "title": "A day of mourning", "source": "Proclamation"}


def test_a_day_is_proposed_by_one_operator_answered_by_another_and_listed(platform):
    office = Office(platform.world)
    sides = (platform.world.ours, platform.world.theirs)
    first, second = (NamedPerson(one.code, one.email(Role.OPERATIONS)) for one in sides)
    proposal = propose(office, first, understood(ProposeHoliday, SAID))
    approval = understood(AnswerHoliday, {"proposal": str(proposal), "is_approved": True})
    with pytest.raises(AnswerRefused, match="you proposed this change"):
        answer(office, first, approval)
    assert "waits for a second operator" in "\n".join(listed(office))
    answer(office, second, approval)
    told = "\n".join(listed(office))
    assert (
        "Mon 7 Dec 2026  became a bank holiday: A day of mourning (Proclamation); in force" in told
    )
    assert "Mon 7 Dec 2026  A day of mourning" in told


def test_nobody_but_an_operator_changes_a_day(platform):
    ours = platform.world.ours
    manager = NamedPerson(ours.code, ours.email(Role.BUSINESS_MANAGER))
    with pytest.raises(NotFound, match="No person of that address may"):
        propose(Office(platform.world), manager, understood(ProposeHoliday, SAID))


def test_an_answer_without_approve_or_refuse_is_refused():
    with pytest.raises(AnswerRefused, match="--approve or --refuse"):
        answered("some-id", "", approves=None)
    assert answered("some-id", "", approves=True)["is_approved"] is True


def test_what_is_missing_is_named():
    with pytest.raises(AnswerRefused, match="--title"):
        understood(ProposeHoliday, {"held_on": "2026-12-07", "source": "Proclamation"})
