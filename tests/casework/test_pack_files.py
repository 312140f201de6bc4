"""RR-45, G3: files that go with the meeting pack, and the agenda that stands in it (RR-46)."""

from uuid import UUID

import pytest

from services.casework.access.cases import case_to_read
from services.casework.access.documents import papers_seen
from services.casework.steps import declaration
from services.casework.steps.attendance import attendees
from services.casework.steps.file_checks import store_upload
from services.casework.steps.rapid_review import meeting, meeting_pack
from services.casework.steps.rapid_review.pack_contents import PackPart
from services.casework.steps.rapid_review.pack_release import shut_out
from services.casework.steps.uploads import AddFile, add_file
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.invitations import AGENDA
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.attendance_factories import name_attendees
from tests.desk import Desk
from tests.driven import Driven
from tests.interest_factories import declare_again
from tests.matrix import PNG
from tests.world import HOSPITAL, SCHOOL

MANAGER, AGENCY, MINUTES = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD, "Minutes of the joint response"


def hospital_is_named(case: Driven) -> None:
    """Name the hospital's lead to the meeting."""
    lead = case.world.ours.actor(AGENCY, agency=HOSPITAL)
    case.do(attendees.name_attendees, name_attendees(lead.person_id), MANAGER, "2025-12-16")
    agenda = say.set_meeting(place="Room 2", agenda="The school's questions\n\nThe next meeting")
    case.do(meeting.set_meeting, agenda, MANAGER, "2025-12-17")


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW, hospital_is_named)


def files(case: Driven, who: Actor) -> set[UUID]:
    """Return the files that the person may open."""
    with case.world.act(who, "2025-12-29") as work:
        seen = papers_seen(work, case_to_read(work, case.case_id))
        return {one.id for one in seen if one.kind.value == "upload"}


def minutes(case: Driven) -> UUID:
    """Add the minutes to the case as a file."""
    upload = store_upload(Desk(case.world), case.world.ours.partnership_id, ("minutes.png", PNG))
    with case.world.act(MANAGER, "2025-12-22") as work:
        add_file(work, case.case_id, AddFile(title=MINUTES), upload)
    (found,) = files(case, case.world.ours.actor(MANAGER))
    return found


def test_minutes_that_are_included_are_a_file_that_attendees_open_with_the_pack(case):
    """RR-45, G3: what is said to be included is a file."""
    lead, other = (case.world.ours.actor(AGENCY, agency=one) for one in (HOSPITAL, SCHOOL))
    kept = minutes(case)
    for field, said in (
        ("minutes_file", {"minutes": "included"}),
        ("minutes_file", {"minutes": "included", "minutes_file": UUID(int=5)}),
        ("minutes_file", {"minutes": "tabled", "minutes_file": kept}),
        ("sin_form", {"minutes": "tabled", "sin_form": UUID(int=5)}),
    ):
        pack = say.accept_pack(**said)
        with pytest.raises(AnswerRefused) as refused:
            case.do(meeting_pack.accept_pack, pack, MANAGER, "2025-12-29")
        assert refused.value.field == field
    assert files(case, lead) == set()
    pack = say.accept_pack(minutes="included", minutes_file=kept)
    case.do(meeting_pack.accept_pack, pack, MANAGER, "2025-12-29")
    assert files(case, lead) == {kept}
    assert files(case, other) == set()
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.MEET)
    (text,) = desk.read(case.case_id, "meeting_pack")
    for words in (
        f"The file “{MINUTES}”",
        "Where Room 2",
        *AGENDA,
        "The school's questions",
        "The next meeting",
    ):
        assert words in text


@pytest.mark.parametrize("is_file", [True, False])
def test_the_pack_says_whether_it_holds_the_notification_as_it_was_sent(is_file, case):
    """G3, RR-45: referral, notification and returns are what it is made of, and it says how."""
    form = minutes(case) if is_file else None
    pack = say.accept_pack(minutes="tabled", sin_form=form)
    case.do(meeting_pack.accept_pack, pack, MANAGER, "2025-12-29")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.MEET)
    (text,) = desk.read(case.case_id, "meeting_pack")
    as_sent, on_record = f"As it was sent: the file “{MINUTES}”", "not the form as it was sent"
    assert ((as_sent in text), (on_record in text)) == (is_file, not is_file)
    made_of = ("The referral As it stands on record", f"Returns of agencies {HOSPITAL}, {SCHOOL}")
    for words in (
        *made_of,
        "Minutes of the joint agency response",
        "Notification sent",
        f"Return: {HOSPITAL}",
    ):
        assert words in text
    lead = case.world.ours.actor(AGENCY, agency=HOSPITAL)
    assert files(case, lead) == ({form} if is_file else set())


def test_where_a_child_died_the_minutes_are_included_or_tabled(one_world):
    """G3: the joint agency response has minutes then, whether or not they are here yet."""
    case = Driven(one_world, say.refer(harm="death")).decide().notify().scope()
    without = say.accept_pack(minutes="not_relevant")
    with pytest.raises(AnswerRefused, match="A child died"):
        case.do(meeting_pack.accept_pack, without, MANAGER, "2025-12-29")
    case.do(meeting_pack.accept_pack, say.accept_pack(minutes="tabled"), MANAGER, "2025-12-29")


def test_the_papers_stand_in_the_order_that_was_chosen_with_contents_before_them(case):
    """RR-45: what is missing is named, and what was not named follows in the usual order."""
    order = [{"part": PackPart.RETURNS}, {"part": PackPart.NOTIFICATION}]
    twice = say.accept_pack(order=[order[0], order[0]])
    with pytest.raises(AnswerRefused) as refused:
        case.do(meeting_pack.accept_pack, twice, MANAGER, "2025-12-29")
    assert refused.value.field == "order"
    case.do(meeting_pack.accept_pack, say.accept_pack(order=order), MANAGER, "2025-12-29")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.MEET)
    (text,) = desk.read(case.case_id, "meeting_pack")
    contents = text.partition("Contents")[2]
    headings = (f"Return: {HOSPITAL}", "The notification", "The referral", "The agencies")
    places = [contents.index(one) for one in headings]
    assert places == sorted(places)
    for words in (
        "What is missing . .",
        "They will be tabled at the meeting.",
        "The form is not with the pack.",
    ):
        assert words in contents


def test_other_files_go_with_the_pack_if_they_are_of_the_case(case):
    """RR-45: attendees open them with it, and nobody else does."""
    lead, other = (case.world.ours.actor(AGENCY, agency=one) for one in (HOSPITAL, SCHOOL))
    kept = minutes(case)
    pack = say.accept_pack(files=[kept, UUID(int=5)])
    with pytest.raises(AnswerRefused) as refused:
        case.do(meeting_pack.accept_pack, pack, MANAGER, "2025-12-29")
    assert refused.value.field == "files"
    case.do(meeting_pack.accept_pack, say.accept_pack(files=[kept]), MANAGER, "2025-12-29")
    assert (files(case, lead), files(case, other)) == ({kept}, set())
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.MEET)
    (text,) = desk.read(case.case_id, "meeting_pack")
    assert f"“{MINUTES}”" in text


def test_an_interest_that_closes_the_case_to_an_attendee_holds_the_pack(case):
    """LC-01, LC-02: it is decided that they take part, or somebody else is named."""
    lead = case.world.ours.actor(AGENCY, agency=HOSPITAL)
    case.do(declaration.declare_again, declare_again(), lead, "2025-12-28")
    with case.world.act(MANAGER, "2025-12-29") as work:
        assert shut_out(work, case_to_read(work, case.case_id)) == [lead.person_id]
    with pytest.raises(RuleBroken, match="1 of those who are named to attend"):
        case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")
    other = case.world.ours.actor(AGENCY, agency=SCHOOL).person_id
    case.do(attendees.name_attendees, name_attendees(other), MANAGER, "2025-12-29")
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")
