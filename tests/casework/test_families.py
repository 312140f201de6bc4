"""The family in a local review: person by person, who takes part and why not (FAM)."""

import pytest

from services.casework.access.documents import OF_FAMILY_LOG, papers_seen
from services.casework.steps import family_reading
from services.casework.steps.families import approach, contacts, involvement
from services.casework.steps.families.contact_said import RecordFamilyContact
from services.casework.steps.families.involvement import DecideInvolvement
from services.casework.steps.referral import referral_correction
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotPermitted
from services.domain.families import TakesPart
from services.domain.family_log import FAMILY_LOG
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from services.web.timeline import timeline_of
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.families_at_work import approached, contact, decide, refused, view
from tests.family_factories import (
    NOT_INVITED,
    agree_family_approach,
)
from tests.marked import Marked
from tests.reached import carry_on, reach
from tests.referral_factories import sister
from tests.road_of_families import drawable, involve_family
from tests.settled_families import family_of

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
SCRUTINEER = Role.INDEPENDENT_SCRUTINEER
WHEN = "2026-02-03"


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, approached)


def test_fam_01_the_people_on_record_are_those_to_decide_about(case):
    """FAM-01: the child who lives and each person of the family, and further ones as found."""
    assert [(one.person.name, one.person.relation) for one in family_of(case)] == [
        ("Robin Example", "the child of the incident"),
        ("Wren Example", "brother or sister"),
    ]
    aunt = {"name": "Ada Example", "relations": ("other_relative",)}
    said = agree_family_approach(further=(aunt,))
    case.do(approach.agree_family_approach, said, CHAIR, WHEN)
    assert [one.person.name for one in family_of(case)][2:] == ["Ada Example"]
    assert [one.said for one in family_of(case)] == [None, None, None]


def test_of_two_families_each_is_told_of_for_their_own_child(one_world):
    """FAM-01, FAM-06: whose mother she is stands where she is decided about, and is drawn."""
    children = (say.child(), say.child(name="Jay Sample", harm="serious_harm"))
    mothers = tuple(
        {"name": name, "relations": ("parent",), "child": number}
        for number, name in enumerate(("Ada Example", "Bea Sample"), 1)
    )
    referred = say.refer(children=children, family_members=mothers, aware_at="2025-12-11")
    two = Driven(one_world, referred)
    told = {
        "Robin Example": "the child of the incident",
        "Jay Sample": "the child of the incident",
        "Ada Example": "parent (for Robin Example)",
        "Bea Sample": "parent (for Jay Sample)",
    }
    assert {one.person.name: one.person.relation for one in family_of(two)} == told
    assert {one.name: one.relation for one in drawable(two, WHEN)} == told


def test_fam_01_a_child_who_died_is_not_asked_to_take_part(one_world):
    """FAM-01: the child is invited where the review is about no death."""
    children = (say.child(harm="death"), say.child(name="Jay Example", harm="serious_harm"))
    died = Driven(one_world, say.refer(children=children, aware_at="2025-12-11"))
    names = [one.person.name for one in family_of(died)]
    assert names == ["Jay Example", "Wren Example"]


def test_fam_01_nobody_is_left_out_without_a_strong_reason(case):
    """FAM-01: each is invited unless there is a strong reason not to, which is kept."""
    for left_out in ("because", "reason"):
        refused(case, "decide", left_out, **{**NOT_INVITED, left_out: None})
    decide(case, **NOT_INVITED)
    said = family_of(case)[0].said
    assert said is not None
    assert (said.takes_part, said.reason) == (TakesPart.NOT_INVITED, NOT_INVITED["reason"])
    assert "Leave this out" in refused(case, "decide", "reason", reason="None at all.")


def test_fam_01_what_is_decided_about_a_person_stays_when_the_referral_is_corrected(one_world):
    """FAM-01: a person keeps what was decided; one who is added has nothing decided yet."""
    case = reach(one_world, Stage.RAPID_REVIEW)
    correct = referral_correction.correct_referral
    brother = sister(name="Finch Example", statuses=("none",))
    approached(carry_on(case, Stage.LOCAL_REVIEW))
    decide(case, 1, **NOT_INVITED)
    both = say.correct_referral(family_members=(brother, sister()))
    case.do(correct, both, MANAGER, WHEN)
    found = {one.person.name: one.said for one in family_of(case)}
    assert [name for name, said in found.items() if said] == ["Wren Example"]
    case.do(correct, say.correct_referral(family_members=(brother,)), MANAGER, WHEN)
    left = {one.person.name: one.said is not None for one in family_of(case)}
    assert left == {"Robin Example": False, "Finch Example": False, "Wren Example": True}


def test_fam_05_nobody_is_invited_before_one_person_coordinates(case_at):
    """FAM-05: one person co-ordinates communication; letter and leaflet name them (FAM-08)."""
    case = case_at(Stage.LOCAL_REVIEW)
    assert "FAM-05" in refused(case, "decide", "takes_part")
    decide(case, 1, **NOT_INVITED)
    approached(case)
    decide(case)
    assert family_of(case)[0].said is not None


def test_fam_02_a_need_of_support_says_what_is_arranged(case):
    """FAM-02: an interpreter, support with a disability, with domestic abuse, with a child."""
    needs = ("interpreter", "child_expertise")
    says = refused(case, "decide", "support", needs=needs)
    assert "FAM-02" in says
    refused(case, "decide", "needs", needs=("no_support", "interpreter"), support="One comes.")
    decide(case, needs=needs, support="An interpreter for Polish, from the hospital.")
    found = view(case)
    assert found is not None
    (said,) = [one.text for one in found.people[0].said if one.label == "Support needed"]
    assert "An interpreter or translation" in said


def test_fam_10_somebody_chose_only_who_was_asked(case):
    """FAM-10: the reason is told as it is: nobody chose who was never spoken to."""
    chose = NOT_INVITED | {"takes_part": "not_any_more", "because": "own_choice"}
    refused(case, "decide", "because", **chose)
    refused(case, "decide", "in_report", **{**chose, "because": "not_able", "in_report": None})
    decide(case)
    contact(case)
    decide(case, **chose)


def test_what_the_family_says_is_read_by_who_reads_of_it_and_shared_with_nobody(case):
    """A scrutineer reads nothing of it unless the chair grants it for the case (rules.md 4)."""
    involve_family(case)
    assert view(case) is not None
    assert view(case, SCRUTINEER) is None
    assert view(case, Role.REVIEW_GROUP_MEMBER) is None
    scrutineer = case.world.ours.actor(SCRUTINEER).person_id
    granted = say.grant_family_reading(scrutineer, ends_on="2026-02-20")
    case.do(family_reading.grant_family_reading, granted, CHAIR, WHEN)
    found = view(case, SCRUTINEER)
    assert found is not None
    assert not found.may_act
    with case.world.act(MANAGER) as work:
        kinds = (EntryType.FAMILY_APPROACH_AGREED, EntryType.INVOLVEMENT_DECIDED)
        kept = all_of(work.session, case.case_id, *kinds, EntryType.FAMILY_CONTACTED)
        assert {one.section for one in kept} == {Section.INTERNAL}
    with pytest.raises(NotPermitted):
        decide(case, who=Role.NOTIFIER)


def test_who_notified_reads_nothing_of_the_familys_part_in_a_local_review(case):
    """Rules.md 4: the case was handed over before; others of the partnership read all of it."""
    involve_family(case)
    Desk(case.world).carry(case.case_id, Step.COMMISSION)
    assert view(case, Role.NOTIFIER) is None
    log = {capital(label(one)) for one in FAMILY_LOG}

    def read_by(who: Role) -> tuple[set[str], set[str]]:
        with case.world.act(who, WHEN) as work:
            row = get_case(work.session, case.case_id)
            told = {one.entry_type for one in timeline_of(work, row) if one.said}
            return told & log, {one.kind for one in papers_seen(work, row)} & OF_FAMILY_LOG

    told, papers = read_by(MANAGER)
    assert len(told) > 1
    assert papers
    assert read_by(Role.NOTIFIER) == (set(), set())


def test_a_police_mark_on_a_decision_hides_what_is_said_of_the_person_later(one_world):
    """Of a person whose newest entry is marked, the older one is not told as if it stood."""
    case = Marked(one_world)
    approached(case.decide().notify().scope().review().answer().commission())
    decide(case)
    entry = case.entry(EntryType.INVOLVEMENT_DECIDED)
    listed = (ListedSeat.POLICE, ListedSeat.BUSINESS_MANAGER)
    case.mark(about=entry, section=None, seats=listed, when=WHEN)
    contact(case)
    decide(case, **NOT_INVITED)
    assert [one.said is None for one in family_of(case)] == [False, True]
    assert [one.said is None for one in family_of(case, CHAIR)] == [True, True]
    hidden = view(case, CHAIR)
    assert hidden is not None
    assert [len(one.contacts) for one in hidden.people] == [0, 0]


def test_the_form_of_a_change_opens_with_what_is_on_record_of_that_person(case):
    decide(case, 1, **NOT_INVITED)
    found = family_of(case)
    with case.world.act(MANAGER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        known = involvement.involvement_on_record(work, row, str(found[1].person.id))
        first = involvement.involvement_on_record(work, row, str(found[0].person.id))
        nobody = involvement.involvement_on_record(work, row, "")
        begun = contacts.contact_begun(work, row, str(found[1].person.id))
    assert isinstance(known, DecideInvolvement)
    assert known.reason == NOT_INVITED["reason"]
    assert nobody is None
    assert first is not None
    assert not isinstance(first, DecideInvolvement)
    assert begun is not None
    assert not isinstance(begun, RecordFamilyContact)
