"""EMB-11: each national review is noted, considered by the review group, and applied here."""

import pytest

from services.casework.engine.audit_anchors import anchor_chain, check
from services.casework.partnership_learning.national_reviews import (
    consider_national_review,
    note_national_review,
    record_national_action,
    record_national_check,
)
from services.casework.partnership_learning.standing import one_national_review
from services.casework.partnership_learning.waiting import waits_for_group
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, NotPermitted
from services.domain.national_reviews import NationalLearning
from services.domain.roles import Role
from services.web.view_models.national_reviews import reviews_told
from tests.desk import Desk
from tests.shared_learning import (
    ADDRESS,
    MANAGER,
    a_publication,
    action_checked,
    action_done,
    considered,
    noted,
    with_learning,
)
from tests.words import SAID
from tests.world import World

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2026-02-02"


def consider(world: World, review, *days: str, when: str = WHEN, **but) -> None:
    with world.act(CHAIR, when) as work:
        consider_national_review(work, review, considered(*days, **but))


def do(world: World, review, number: int, when: str = WHEN, **but) -> None:
    with world.act(MANAGER, when) as work:
        record_national_action(work, review, action_done(number, **but))


def standing(world: World, review) -> NationalLearning:
    with world.act(MANAGER, WHEN) as work:
        return one_national_review(work, review).standing


def asked(world: World, when: str = WHEN) -> list[tuple[str, int, str]]:
    with world.act(MANAGER, when) as work:
        return [(one.title, one.number, str(one.by or "")) for one in waits_for_group(work)]


def test_a_publication_that_is_noted_waits_for_the_group_until_it_is_considered(world):
    """EMB-11: all national reviews are reviewed, and each is asked for."""
    review = noted(world)
    assert standing(world, review) is NationalLearning.TO_CONSIDER
    assert asked(world) == [("Babies unseen", 0, "")]
    consider(world, review)
    assert standing(world, review) is NationalLearning.NOTHING_TO_DO
    assert asked(world) == []


def test_what_the_group_decides_is_followed_until_each_action_is_done(world):
    """EMB-11: it is applied locally: who owns it, by when, and what changed."""
    review = noted(world)
    consider(world, review, "2026-03-02", "2026-06-01")
    assert standing(world, review) is NationalLearning.ACTIONS_OPEN
    assert asked(world) == [("Babies unseen", 1, "2026-03-02")]
    assert asked(world, "2026-05-04") == [
        ("Babies unseen", 1, "2026-03-02"),
        ("Babies unseen", 2, "2026-06-01"),
    ]
    with world.act(MANAGER, "2026-03-03") as work:
        (line,) = reviews_told(work).lines
    assert (line.open, line.is_late) == (2, True)
    do(world, review, 1)
    with pytest.raises(AlreadyDone):
        do(world, review, 1)
    do(world, review, 2)
    assert standing(world, review) is NationalLearning.APPLIED
    consider(world, review, "2026-09-01", when="2026-08-03", considered_on="2026-08-03")
    with world.act(MANAGER, WHEN) as work:
        found = one_national_review(work, review).actions
    assert [(one.number, one.done is not None) for one in found] == [
        (1, True),
        (2, True),
        (3, False),
    ]


@pytest.mark.parametrize(
    ("days", "but", "field"),
    [
        ((), {"nothing_because": None}, "nothing_because"),
        ((), {"is_anything_to_do": True, "nothing_because": None}, "actions"),
        (("2026-03-02",), {"is_anything_to_do": False}, "actions"),
        (("2026-03-02",), {"nothing_because": SAID}, "nothing_because"),
        (("2026-02-01",), {}, "actions"),
        (("2026-03-02",), {"considered_on": "2026-02-03"}, "considered_on"),
        (("2026-03-02",), {"considered_on": "2026-01-11"}, "considered_on"),
    ],
)
def test_it_is_considered_with_actions_or_with_why_there_are_none(world, days, but, field):
    """EMB-11: no publication is answered by silence."""
    review = noted(world)
    with pytest.raises(AnswerRefused) as refused:
        consider(world, review, *days, **but)
    assert refused.value.field == field
    assert standing(world, review) is NationalLearning.TO_CONSIDER


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"published_on": "2026-02-03"}, "published_on"),
        ({"address": ADDRESS}, "address"),
        *(
            ({"address": one}, "address")
            for one in ("gov.uk", "http://gov.uk/x", "https://x", "https://[", "https://a.uk/b c")
        ),
    ],
)
def test_a_publication_is_noted_once_under_an_address_that_can_be_opened(world, but, field):
    """EMB-11: title, day and address of what was published."""
    noted(world)
    with pytest.raises(AnswerRefused) as refused, world.act(MANAGER, WHEN) as work:
        note_national_review(work, a_publication(**({"address": f"{ADDRESS}-2"} | but)))
    assert refused.value.field == field


def check_it(world: World, review, when: str, **but) -> None:
    with world.act(MANAGER, when) as work:
        record_national_check(work, review, action_checked(looked_on=when, **but))


def test_an_action_that_is_done_is_looked_at_again_until_it_lasts_and_none_is_due(world):
    """EMB-09, EMB-11: after three, six or twelve months as other actions are, or why not."""
    review = noted(world)
    consider(world, review, "2026-03-02")
    with pytest.raises(AnswerRefused, match="record that first"):
        check_it(world, review, WHEN)
    do(world, review, 1, recheck="after_3_months", no_recheck=None)
    assert asked(world) == []
    assert asked(world, "2026-05-02") == [("Babies unseen", 1, "2026-05-02")]
    again = {"finding": "not_sustained", "recheck": None, "no_recheck": None}
    check_it(world, review, "2026-05-02", again_by="2026-06-01", **again)
    assert standing(world, review) is NationalLearning.ACTIONS_OPEN
    assert asked(world, "2026-05-10") == [("Babies unseen", 1, "2026-06-01")]
    do(
        world,
        review,
        1,
        "2026-06-01",
        done_on="2026-06-01",
        recheck="after_3_months",
        no_recheck=None,
    )
    check_it(world, review, "2026-09-01", recheck="after_12_months", no_recheck=None)
    assert asked(world, "2027-08-10") == [("Babies unseen", 1, "2027-09-01")]
    check_it(world, review, "2027-09-01")
    assert asked(world, "2029-01-01") == []


def test_a_look_says_when_the_next_one_is_or_why_there_is_none(world):
    """EMB-09, EMB-11: of an action that is done, and on a day since it was."""
    review = noted(world)
    consider(world, review, "2026-03-02")
    for but in ({"no_recheck": None}, {"recheck": "after_3_months"}):
        with pytest.raises(AnswerRefused) as refused:
            do(world, review, 1, **but)
        assert refused.value.field == "no_recheck"
    do(world, review, 1)
    lasts_not = {"finding": "not_sustained"}
    faults = (
        ({"number": 2}, "number"),
        ({"looked_on": "2026-02-01"}, "looked_on"),
        ({"looked_on": "2026-02-03"}, "looked_on"),
        ({"recheck": None, "no_recheck": None}, "recheck"),
        ({"no_recheck": None}, "no_recheck"),
        ({"again_by": "2026-06-01"}, "again_by"),
        (lasts_not, "again_by"),
        (lasts_not | {"again_by": "2026-02-01"}, "again_by"),
        (lasts_not | {"again_by": "2026-06-01"}, "recheck"),
    )
    for but, field in faults:
        with pytest.raises(AnswerRefused) as refused, world.act(MANAGER, WHEN) as work:
            record_national_check(work, review, action_checked(**but))
        assert refused.value.field == field


def test_an_action_that_there_is_not_or_a_day_before_it_was_decided_is_refused(world):
    """EMB-11: what was done is done since the group decided it."""
    review = noted(world)
    consider(world, review, "2026-03-02")
    with pytest.raises(AnswerRefused, match="no action with that number"):
        do(world, review, 2)
    for day in ("2026-02-01", "2026-02-03"):
        with pytest.raises(AnswerRefused) as refused:
            do(world, review, 1, done_on=day)
        assert refused.value.field == "done_on"


def test_what_was_done_in_a_year_is_told_for_the_yearly_report(world):
    """EMB-11: what national reviews meant here, why there was nothing to do, what was done."""
    review, other = noted(world), noted(world, title="Other", address=f"{ADDRESS}-2")
    consider(world, review, "2027-02-01", means="Visits are late.")
    consider(world, other, nothing_because="No such service here.")
    do(world, review, 1, "2027-01-05", done_on="2027-01-05", evidence="Visits are on time.")
    with world.act(MANAGER, "2027-01-05") as work:
        after, first = reviews_told(work).years
    assert (after.year, first.year) == (2027, 2026)
    assert "Babies unseen: Visits are late." in first.considered
    assert first.nothing_to_do == ["Other: No such service here."]
    assert [one.endswith("Visits are on time.") for one in after.done] == [True]
    assert not first.done
    assert not after.considered


def test_who_runs_the_learning_does_it_and_nobody_elses_is_found(world):
    """EMB-11: another partnership's is not there, and a partner acts on none."""
    review = noted(world)
    with pytest.raises(NotPermitted), world.act(Role.SAFEGUARDING_PARTNER, WHEN) as work:
        consider_national_review(work, review, considered())
    with pytest.raises(NotFound), world.act(world.theirs.actor(MANAGER), WHEN) as work:
        consider_national_review(work, review, considered())


def test_the_audit_chain_knows_each_row(world, platform_postgres):
    """EMB-10, EMB-11: a row that is changed is found."""
    with_learning(world)
    desk, place = Desk(world), world.ours.partnership_id
    anchor_chain(desk, place)
    assert check(desk, place) == ""
    admin = platform_postgres.admin_of(world.engine)
    with admin.begin() as link:
        link.exec_driver_sql(
            'update learning_records set words = words || \'{"decided": "x"}\'::jsonb'
            " where event = 'trends_looked_at'"
        )
    assert check(desk, place) != ""
