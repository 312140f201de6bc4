"""RR-42, RR-45, RR-47: who attends, what they read until when, and how they agree the record."""

import pytest
from sqlalchemy import text

from services.casework.access.cases import case_to_read
from services.casework.access.documents import papers_seen
from services.casework.access.parts import todos_seen
from services.casework.steps.attendance import attendees, record_agreement, record_corrections
from services.casework.steps.police_marks import police_marks
from services.casework.steps.rapid_review import (
    meeting,
    meeting_pack,
    rapid_review,
    record_writing,
    submission,
)
from services.casework.steps.sign_off import sign_off
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    DeclareFirst,
    NotFound,
    NotPermitted,
    RuleBroken,
)
from services.domain.police_marks import ListedSeat
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.attendance_factories import (
    answer_correction,
    answer_record,
    ask_for_correction,
    name_attendees,
)
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import emails, turns
from tests.paper_text import text_of
from tests.police_factories import mark_sensitive
from tests.world import HOSPITAL, PROBATION, SCHOOL

MANAGER, CHAIR, AGENCY = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.AGENCY_LEAD
WHEN = "2026-01-02"
PACK, RECORD = "meeting_pack", "meeting_record"


@pytest.fixture
def case(case_at) -> Driven:
    """A rapid review to which the hospital's and the probation's lead and a member are named."""
    return case_at(Stage.RAPID_REVIEW, three_are_named)


def three_are_named(case: Driven) -> None:
    name(case, *everybody(case))


def hospital(case: Driven) -> Actor:
    return case.world.ours.actor(AGENCY, agency=HOSPITAL)


def probation(case: Driven) -> Actor:
    """Return the lead of an agency that was not asked for a return."""
    return case.world.ours.actor(AGENCY, agency=PROBATION)


def name(case: Driven, *people: Actor, when: str = "2025-12-22") -> None:
    listed = name_attendees(*(one.person_id for one in people))
    case.do(attendees.name_attendees, listed, MANAGER, when)


def papers(case: Driven, who: Actor) -> set[str]:
    """Return the kinds of document that the person may open, besides those of their own part."""
    with case.world.act(who, WHEN) as work:
        found = papers_seen(work, case_to_read(work, case.case_id))
        return {one.kind.value for one in found} & {PACK, RECORD, "rapid_review_record"}


def newest(case: Driven, kind: EntryType = EntryType.RECORD_WRITTEN):
    with case.world.act(MANAGER) as work:
        entry = all_of(work.session, case.case_id, kind)[-1]
        work.session.expunge(entry)
        return entry


def write(case: Driven, **but: object) -> int:
    case.do(record_writing.write_record, say.write_record(**but), CHAIR, WHEN)
    return newest(case).number


def answer(case: Driven, who: Actor, command: record_agreement.AnswerRecord) -> None:
    case.do(record_agreement.answer_record, command, who, WHEN)


def asked(case: Driven) -> set[str]:
    """Return the people who have still to answer."""
    return {one.subject for one in case.turns() if one.todo.value == "agree_record"}


def everybody(case: Driven) -> tuple[Actor, ...]:
    return (hospital(case), probation(case), case.world.ours.actor(Role.REVIEW_GROUP_MEMBER))


def released(case: Driven) -> None:
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")


def held(case: Driven) -> None:
    released(case)
    present = tuple(one.person_id for one in everybody(case))
    case.do(meeting.hold_meeting, case.chaired(present=present), CHAIR, "2025-12-30 16:00")


def test_the_pack_is_read_from_its_release_until_the_record_is_agreed_and_then_the_record(case):
    """RR-45, RR-47, RR-53: by the people named, in their own person, and by no agency's lead."""
    school, desk = case.world.ours.actor(AGENCY, agency=SCHOOL), Desk(case.world)
    assert papers(case, hospital(case)) == set(), "it is not released yet"
    held(case)
    desk.carry(case.case_id, Step.MEET)
    assert [papers(case, who) for who in everybody(case)] == [{PACK}] * 3
    assert papers(case, school) == set(), "its agency sent a return, and it is not named"
    number = write(case)
    desk.carry(case.case_id, Step.SUBMIT)
    assert [papers(case, who) for who in everybody(case)] == [{PACK, RECORD}] * 3
    for who in everybody(case):
        assert PACK in papers(case, who)
        answer(case, who, answer_record(number))
    assert [papers(case, who) for who in everybody(case)] == [{RECORD}] * 3
    assert papers(case, school) == set()


def test_who_is_named_reads_nothing_before_declaring_and_nothing_once_off_the_list(case, admin_of):
    """LC-01, RR-45."""
    person = probation(case).person_id
    with admin_of(case).begin() as link:
        gone = "delete from declarations where case_id = :case and person_id = :person"
        link.execute(text(gone), {"case": case.case_id, "person": person})
    with pytest.raises(DeclareFirst):
        papers(case, probation(case))
    with case.world.act(probation(case), WHEN) as work:
        assert [one.id for one in todos_seen(work).to_declare] == []
    name(case, hospital(case))
    with pytest.raises(NotFound):
        papers(case, probation(case))


def test_each_attendee_is_asked_once_the_record_is_written(case, left_by):
    """RR-47, K8: by the last day of the case's own clock; the record is made as a paper."""
    held(case)
    left = left_by(case, record_writing.write_record, say.write_record(), who=CHAIR, when=WHEN)
    named = ("hospital", "probation", "review_group_member")
    assert left.opened == turns("agree_record", *named, by="2026-01-02")
    assert left.ordered == ["submit | meeting_record | v1"]
    assert left.emails == emails("record_to_agree", "hospital", "probation", "review.group.member")
    number = newest(case).number
    agreed = left_by(
        case, record_agreement.answer_record, answer_record(number), who=hospital(case), when=WHEN
    )
    assert (agreed.entries, agreed.closed) == (["record_agreed"], ["agree_record | hospital"])
    with pytest.raises(AlreadyDone):
        answer(case, hospital(case), answer_record(number))
    for who in (case.world.ours.actor(AGENCY, agency=SCHOOL), case.world.ours.actor(MANAGER)):
        with pytest.raises(NotPermitted, match="named to attend"):
            answer(case, who, answer_record(number))


def test_a_request_is_answered_and_a_new_version_asks_again_only_where_it_changes(case, left_by):
    """RR-47: corrected by a version that is newer than the request, or not, and why."""
    held(case)
    first = write(case)
    with pytest.raises(AnswerRefused, match="should be corrected"):
        answer(case, hospital(case), answer_record(first, answer="asks_for_correction"))
    request = left_by(
        case,
        record_agreement.answer_record,
        ask_for_correction(first),
        who=hospital(case),
        when=WHEN,
    )
    assert request.opened == turns("answer_correction", "review_group_chair", by="2026-01-02")
    assert request.emails == emails("correction_asked", "business.manager", "review.group.chair")
    answer(case, probation(case), answer_record(first))
    entry = newest(case, EntryType.CORRECTION_ASKED)
    corrected = answer_correction(entry.id, course="corrected")
    with pytest.raises(AnswerRefused, match="corrected version"):
        case.do(record_corrections.answer_correction, corrected, CHAIR, WHEN)
    write(case)
    member = str(everybody(case)[2].person_id)
    assert asked(case) == {member}, "the same words ask nobody who has answered"
    second = write(case, facts="He was seen on the Tuesday.")
    assert asked(case) == {str(who.person_id) for who in everybody(case)}
    with pytest.raises(RuleBroken, match="newest version"):
        answer(case, probation(case), answer_record(first))
    told = left_by(case, record_corrections.answer_correction, corrected, who=CHAIR, when=WHEN)
    assert told.closed == turns("answer_correction", "review_group_chair")
    assert told.emails == emails("correction_answered", "hospital")
    answer(case, hospital(case), answer_record(second))
    assert str(hospital(case).person_id) not in asked(case)


def test_nothing_waits_for_the_answers_and_nobody_is_asked_once_the_panel_has_the_record(case):
    """RR-34, RR-35, RR-47, RR-49: it is sent rather than late, and read when it is complete."""
    held(case)
    number = write(case)
    answer(case, hospital(case), ask_for_correction(number))
    case.do(rapid_review.answer_criteria, say.answer_criteria(), CHAIR, WHEN)
    case.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, WHEN)
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    assert asked(case) == {str(who.person_id) for who in everybody(case)[1:]}
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    assert not {one.todo.value for one in case.turns()} & {"agree_record", "answer_correction"}
    Desk(case.world).carry(case.case_id, Step.MEET, Step.SUBMIT)
    assert papers(case, probation(case)) == {RECORD, "rapid_review_record"}
    answer(case, probation(case), answer_record(number))


def test_whoever_is_named_late_is_told_of_the_papers_and_asked_of_the_record(case, left_by):
    """RR-42, RR-53: the list is fitted to who attends, before the meeting and after it."""
    released(case)
    everyone = tuple(who.person_id for who in everybody(case))
    chair = case.world.ours.actor(CHAIR)
    added = name_attendees(*everyone, chair.person_id)
    left = left_by(case, attendees.name_attendees, added, who=MANAGER, when="2025-12-29")
    assert left.emails == emails("pack_shared", "review.group.chair")
    came = case.chaired(present=everyone)
    case.do(meeting.hold_meeting, came, CHAIR, "2025-12-30 16:00")
    write(case)
    school = case.world.ours.actor(AGENCY, agency=SCHOOL)
    listed = name_attendees(*everyone[:2], chair.person_id, school.person_id)
    later = left_by(case, attendees.name_attendees, listed, who=MANAGER, when=WHEN)
    assert later.opened == turns("agree_record", "school", by="2026-01-02")
    assert later.closed == ["agree_record | review_group_member"]
    assert later.emails == emails("record_to_agree", "school")
    outsider = case.world.ours.actor(Role.LEAD_REVIEWER)
    with pytest.raises(AnswerRefused, match="serve"):
        name(case, outsider, when=WHEN)


def test_what_is_marked_police_sensitive_stays_with_the_listed_seats_and_the_rest_is_read(case):
    """RR-45: whoever attends and is not listed reads the pack without it, and is not told so."""
    desk = Desk(case.world)
    released(case)
    desk.carry(case.case_id, Step.MEET)
    secret = newest(case, EntryType.RETURN_SUBMITTED)
    mark = mark_sensitive(
        about=secret.id, section=None, seats=(ListedSeat.POLICE, ListedSeat.REVIEW_GROUP_MEMBER)
    )
    case.do(police_marks.mark_sensitive, mark, MANAGER, "2025-12-29")
    assert papers(case, hospital(case)) == set()
    desk.carry(case.case_id, Step.MEET)
    versions = {who: packs(case, who) for who in everybody(case)}
    lead, other, member = (versions[who] for who in everybody(case))
    assert lead.keys() == other.keys() == {2}
    assert member.keys() == {1, 2}
    school = "Return: Vale School (example)"
    assert [school in said for said in (member[1], member[2])] == [True, False]
    assert "Return: Hill Hospital (example)" in member[2]
    assert "police-sensitive" not in member[2].lower()


def packs(case: Driven, who: Actor) -> dict[int, str]:
    """Return what each version of the pack that the person may open says."""
    with case.world.act(who, WHEN) as work:
        seen = papers_seen(work, case_to_read(work, case.case_id))
        work.session.expunge_all()
    desk = Desk(case.world)
    return {one.version: text_of(desk.bytes_of(one)) for one in seen if one.kind.value == PACK}


def test_the_record_as_a_paper_says_the_meeting_and_the_record_and_nothing_that_was_left_open(case):
    """RR-46, RR-47: what attendees are asked to agree is there before it is sent (Doc 4)."""
    held(case)
    write(case, facts="He was seen on the Tuesday.")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SUBMIT)
    (said,) = desk.read(case.case_id, RECORD)
    for words in ("Immediate action for the safety of any child", "He was seen on the Tuesday."):
        assert words in said
    assert "Not given" not in said
