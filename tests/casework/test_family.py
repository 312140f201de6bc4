"""Doc 1, Doc 2: brothers, sisters, parents and other adults are people, with their relations."""

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps.dispatches.people_concerned import people_concerned
from services.casework.steps.family import FamilyLine, family_on_record
from services.casework.steps.referral import referral_correction
from services.casework.steps.referral.logged_as_referral import logged_as_referral
from services.database.cases import get_case
from services.database.due_work import orders
from services.database.history import all_of
from services.domain.dispatches import Notice
from services.domain.documents import Paper
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role
from services.web.act_pages.copy_sheet import notification_sheet
from tests import factories as say
from tests.driven import Driven
from tests.kept import refused
from tests.logged import a_request
from tests.marked import WHEN, Marked
from tests.referral_factories import sister

MANAGER, NOTIFIER = Role.BUSINESS_MANAGER, Role.NOTIFIER
AWARE = "2025-12-11"
TWINS = (say.child(name="Ada Example"), say.child(name="Ben Example"))
PARTNER = {
    "name": "Kit Example",
    "relations": ("step_parent", "alleged_perpetrator"),
    "child": 2,
    "age": 31,
    "note": "Left the home in May.",
}
COLUMNS = ("Name", "Relation to the child", "Date of birth, or age", "Lives with the child")
WREN = ("Wren Example", "Brother or sister", "Tuesday 2 February 2021", "Yes")
KIT = (
    "Kit Example",
    "Step-parent, or partner of a parent, alleged perpetrator (for Ben Example)",
    "31 on the day of the incident",
    "Not known",
)


def family_of(case: Driven, who: Role = MANAGER) -> list[FamilyLine]:
    with case.world.act(who, WHEN) as work:
        return list(family_on_record(work, get_case(work.session, case.case_id)))


def paper_of(case: Driven, kind: str, version: int = 1) -> Paper:
    """Return the paper as it is built from the record now."""
    with case.world.act(MANAGER) as work:
        payload = orders(work, case.case_id, {"kind": kind, "version": version})[0]
        order = DocumentOrder.model_validate(payload)
        return build(work, case.case_id, order, BUILDERS).paper


def rows_in(paper: Paper) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    (part,) = [one for one in paper.sections if one.heading.startswith("Family and other")]
    assert part.table is not None
    return part.table.columns, part.table.rows


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"born_on": "2025-12-13"}, "family_members.1.born_on"),
        ({"born_on": "2018-01-01", "age": 7}, "family_members.1.age"),
        ({"statuses": ("care_leaver",), "age": 8}, "family_members.1.statuses"),
        ({"child": 2}, "family_members.1.child"),
        ({"relations": ("parent",), "born_on": "2024-03-03"}, "family_members.1.born_on"),
    ],
)
def test_what_cannot_be_so_of_a_person_is_refused_beside_its_field(
    said, field, world, admin_engine
):
    another = {"name": "Ash Example", "relations": ("sibling",)} | said
    with refused(admin_engine, world, AnswerRefused, field=field):
        Driven(world, say.refer(family_members=(sister(), another)))


def test_more_people_than_the_form_asks_for_are_named_in_its_text(world, admin_engine):
    many = tuple(sister(name=f"Person {at}") for at in range(9))
    with refused(admin_engine, world, AnswerRefused, field="family_members", saying="up to eight"):
        a_request(world, say.request_review(family_members=many))


def test_the_papers_that_tell_of_the_family_tell_of_each_person(world):
    """Doc 2: a letter says whom to look for, and not what else is known of them; RR-08."""
    said = {"children": TWINS, "family_members": (sister(), PARTNER), "family": "Moved twice."}
    case = Driven(world, say.refer(**said, aware_at=AWARE)).decide().notify().scope().meet()
    for kind in ("scoping_letter", "scoping_form"):
        assert rows_in(paper_of(case, kind)) == (COLUMNS, (WREN, KIT))
    whole = (*COLUMNS, "What else is known")
    rows = (
        (*WREN, "Child in need. Is with her grandmother now."),
        (*KIT, "Left the home in May."),
    )
    for kind in ("notification_record", "meeting_pack"):
        assert rows_in(paper_of(case, kind)) == (whole, rows)
    assert "Moved twice." in repr(paper_of(case, "notification_record"))
    with case.world.act(NOTIFIER) as work:
        sheet = notification_sheet(work, get_case(work.session, case.case_id))
    (further,) = [one for one in sheet if one.heading == "Further information"]
    copied = [(title, text) for title, text in further.rows if "amily" in title]
    assert [title for title, _ in copied] == [
        "Family, person 1",
        "Family, person 2",
        "Anything else about the family",
    ]
    assert all(one in copied[1][1] for one in (*KIT, "Left the home in May."))


def test_a_correction_stands_in_the_place_of_who_was_named_and_both_stay(world):
    case = Driven(world, say.refer(aware_at=AWARE)).decide().notify()
    right = say.correct_referral(
        family_members=(sister(name="Wren Rightly"), PARTNER | {"child": 1})
    )
    case.do(referral_correction.correct_referral, right, MANAGER, "2025-12-16 10:00")
    assert [one.name for one in family_of(case)] == ["Wren Rightly", "Kit Example"]
    assert "Wren Example" in repr(paper_of(case, "notification_record"))
    assert "Wren Rightly" in repr(paper_of(case, "notification_record", 2))
    with world.act(MANAGER) as work:
        kinds = (EntryType.REFERRED, EntryType.REFERRAL_CORRECTED)
        told = [all_of(work.session, case.case_id, one)[0].command for one in kinds]
    assert [one["family_members"][0]["name"] for one in told] == ["Wren Example", "Wren Rightly"]


def test_a_breach_concerns_the_people_of_the_family(world):
    case = Driven(world, say.refer(aware_at=AWARE)).decide().notify()
    with world.act(MANAGER) as work:
        row = get_case(work.session, case.case_id)
        told = people_concerned(work, row, Notice.RAPID_REVIEW_SUBMITTED)
        assert told == ("Robin Example", "Wren Example")
        assert people_concerned(work, row, Notice.REVIEWER_NAMED) == ()


def test_what_the_police_hold_back_hides_the_family_and_shows_it_to_the_seats_listed(world):
    case = Marked(world)
    case.mark(section=Section.FACTS_AND_FAMILY, seats=(ListedSeat.NOTIFIER,))
    assert (family_of(case), len(family_of(case, NOTIFIER))) == ([], 1)


def test_a_request_tells_of_them_and_its_referral_opens_with_them(world):
    """NOT-23, NOT-24: who was named in the request need not be typed again."""
    case = Driven.of(world, a_request(world))
    assert [one.name for one in family_of(case)] == ["Wren Example"]
    assert rows_in(paper_of(case, "review_request"))[1][0][:4] == WREN
    with world.act(MANAGER) as work:
        form = logged_as_referral(work, get_case(work.session, case.case_id))
    assert form is not None
    assert [one.name for one in form.family_members] == ["Wren Example"]
