"""A referral tells of each child apart: what follows belongs to the child it happened to."""

import pytest

from services.casework.steps import reopening
from services.casework.steps.notification import looked_after_death, notification_decision
from services.database.cases import birthdays, children
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import kept_of, refused

NOTIFIER, MANAGER = Role.NOTIFIER, Role.BUSINESS_MANAGER
AWARE = "2025-12-11"
LEAVER = say.child(statuses=("care_leaver",), born_on="2004-05-05")


def siblings(*, died: str) -> tuple[dict[str, object], ...]:
    """Return three siblings, the second of them looked after; one of them died."""
    statuses = {"Ada": ("none",), "Ben": ("looked_after", "child_in_need"), "Cy": ("none",)}
    return tuple(
        say.child(name=name, statuses=how, harm="death" if name == died else "serious_harm")
        for name, how in statuses.items()
    )


@pytest.mark.parametrize(("died", "clocks"), [("Ben", ["K1", "K2", "K3"]), ("Ada", ["K1", "K2"])])
def test_k3_starts_only_where_the_child_who_died_was_looked_after(died, clocks, world):
    case = Driven(world, say.refer(children=siblings(died=died), aware_at=AWARE))
    aware = [one for one in case.running() if one.split()[0] in {"K1", "K2", "K3", "K3b"}]
    assert aware == [f"{clock} 2025-12-18" for clock in clocks]
    assert (case.row().is_death, case.row().is_looked_after_death) == (True, died == "Ben")


def test_a_looked_after_child_and_a_care_leaver_who_die_together_are_both_told_of(world):
    looked_after = say.child(statuses=("looked_after",), harm="death")
    both = say.refer("death", children=(looked_after, LEAVER), aware_at=AWARE)
    case = Driven(world, both).be_aware("2025-12-12 11:30")
    assert (case.due("K3"), case.due("K3b")) == ("2025-12-18", "2025-12-18")
    told = say.record_looked_after_death(sent_at="2025-12-12 12:00")
    case.do(looked_after_death.record_looked_after_death, told, NOTIFIER, "2025-12-12 12:00")
    assert {case.clock(one)["met_on"] for one in ("K3", "K3b")} == {"2025-12-12"}


def test_of_a_person_of_age_nothing_but_the_notice_of_the_death_follows(world, admin_engine):
    case = Driven(world, say.refer("death", children=(LEAVER,), aware_at=AWARE))
    case.be_aware("2025-12-12 11:30")
    assert kept_of(admin_engine, case).clocks == ["K3b due 2025-12-18"]
    assert [one.todo for one in case.turns()] == ["record_looked_after_death"]
    decided = say.decide_to_notify(notify=True)
    with refused(admin_engine, world, AnswerRefused, field="notify", saying="under 18"):
        case.do(notification_decision.decide_to_notify, decided, NOTIFIER, "2025-12-12 12:00")
    told = say.record_looked_after_death(sent_at="2025-12-12 12:00")
    case.do(looked_after_death.record_looked_after_death, told, NOTIFIER, "2025-12-12 12:00")
    assert case.stage() is Stage.LOOKED_AFTER_DEATH
    again = say.reopen(aware_at="2025-12-15")
    with refused(admin_engine, world, RuleBroken, saying="under 18"):
        case.do(reopening.reopen, again, MANAGER, "2025-12-15 12:00")


def test_a_case_of_a_child_and_a_person_of_age_goes_on_for_the_child(world):
    two = say.refer("death", children=(say.child(), LEAVER), aware_at=AWARE)
    case = Driven(world, two).decide().notify()
    assert case.stage() is Stage.RAPID_REVIEW
    assert case.clock("K3b")["met_on"] == ""


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"children": (say.child(), say.child(born_on="1986-01-01"))}, "children.1.born_on"),
        ({"children": (say.child(died_on="2025-12-11"),)}, "children.0.died_on"),
        (
            {"children": (say.child(harm="death", died_on="2025-12-13"),)},
            "children.0.died_on",
        ),
        ({"children": (say.child(statuses=("care_leaver",)),)}, "children.0.statuses"),
        ({"children": (say.child(harm="other"),)}, "children.0.harm"),
        ({"children": (say.child(born_on="2025-12-11"),)}, "children.0.before_birth"),
        ({"children": (say.child(harm="death"),), "coroner": "no_death"}, "coroner"),
        ({"family_informed": "no"}, "family_informed_words"),
        ({"media": "reported"}, "media_words"),
        ({"police": "charged"}, "police_words"),
        ({"agency_aware_at": "2025-12-12 10:30"}, "agency_aware_at"),
        ({"agency_aware_at": "2025-12-09"}, "agency_aware_at"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_cannot_be_so_is_asked_about_beside_its_field(said, field, world, admin_engine):
    """G1, NOT-19: so is a child of whom neither death nor serious harm is told."""
    with refused(admin_engine, world, AnswerRefused, field=field):
        Driven(world, say.refer(**said))


def test_a_child_who_is_not_born_yet_is_kept_with_the_expected_date(world):
    unborn = say.child(name="Unborn child", born_on=None, expected_on="2026-02-14")
    case = Driven(world, say.refer(children=(unborn,), aware_at=AWARE))
    with world.act(MANAGER) as work:
        (kept,) = children(work.session, case.case_id)
        assert (kept.born_on, kept.particulars["expected_on"]) == (None, "2026-02-14")
        assert birthdays(work.session, case.case_id) == []
    assert case.due("K1") == "2025-12-18"
