"""What the police hold back is hidden from every seat that is not listed."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import select

from services.casework.access.audit import export, links_seen, told_of
from services.casework.access.cases import record_viewing
from services.casework.access.documents import paper, papers_seen
from services.casework.steps.police_marks import police_marks
from services.casework.steps.sign_off import sign_off
from services.database.audit import LinksWanted
from services.database.cases import children, get_case
from services.database.documents import Document
from services.database.engine import working_for
from services.database.history import entries, viewings
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    NotFound,
    NotPermitted,
)
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from services.domain.viewings import Viewed
from services.web.timeline import timeline_of
from tests.marked import CHAIR, MANAGER, PARTNER, WHEN, Marked, met, met_with_papers
from tests.police_factories import lift_mark, review_mark


@pytest.fixture
def case(ready_by) -> Marked:
    return ready_by(met)


@pytest.fixture
def papers(ready_by) -> Marked:
    """A case whose papers are made."""
    return ready_by(met_with_papers)


def test_a_marked_entry_is_read_by_the_listed_seats_and_by_nobody_else(case):
    case.mark(about=case.entry(EntryType.MEETING_HELD), section=None, seats=(ListedSeat.NOTIFIER,))
    for who in (case.police(), Role.NOTIFIER):
        assert EntryType.MEETING_HELD in case.read_by(who)
    for who in (MANAGER, CHAIR, Role.INDEPENDENT_SCRUTINEER, PARTNER):
        assert case.read_by(who) & {EntryType.MEETING_HELD, EntryType.MARKED_SENSITIVE} == set()
        assert EntryType.REFERRED in case.read_by(who)


def test_the_page_of_the_case_tells_nobody_else_that_anything_is_hidden(case):
    with case.world.act(CHAIR, WHEN) as work:
        before = timeline_of(work, get_case(work.session, case.case_id))
    case.mark(about=case.entry(EntryType.MEETING_HELD), section=None)
    with case.world.act(CHAIR, WHEN) as work:
        told = timeline_of(work, get_case(work.session, case.case_id))
    assert [one for one in before if one not in told] == before[:1]
    assert told == before[1:]


def test_a_marked_section_hides_its_papers_and_what_is_added_to_it_later(papers):
    case = papers
    assert DocumentKind.MEETING_PACK in case.papers_of(MANAGER)
    case.mark(section=Section.SCOPING_RETURNS)
    for who, is_shown in ((MANAGER, False), (case.police(), True)):
        read = case.read_by(who) & {EntryType.RETURNS_REQUESTED, EntryType.RETURN_SUBMITTED}
        assert bool(read) is is_shown
        # The pack says the returns, whatever section it is of.
        told = {DocumentKind.SCOPING_RETURN, DocumentKind.MEETING_PACK}
        assert case.papers_of(who) & told == (told if is_shown else set())


def test_a_marked_document_is_hidden_in_every_form_with_the_entry_that_it_tells(papers):
    case = papers
    with case.world.act(MANAGER, WHEN) as work:
        found = work.session.exec(
            select(Document).where(Document.kind == DocumentKind.SCOPING_RETURN)
        ).all()
        named, other = found[0], next(one for one in found if one.subject != found[0].subject)
        work.session.expunge_all()
    case.mark(about=named.id, section=None)
    with case.world.act(MANAGER, WHEN) as work:
        for one in found:
            if one.subject == named.subject:
                with pytest.raises(NotFound):
                    paper(work, case.case_id, one.id)
        assert paper(work, case.case_id, other.id).id == other.id
        returned = [
            one.subject
            for one in entries(work.session, case.case_id)
            if one.entry_type is EntryType.RETURN_SUBMITTED
        ]
        assert returned == [other.subject]


def test_a_look_at_a_hidden_document_is_hidden_too(papers):
    case = papers
    with case.world.act(MANAGER, WHEN) as work:
        named = next(
            one
            for one in papers_seen(work, get_case(work.session, case.case_id))
            if one.kind is DocumentKind.MEETING_PACK
        )
        pack = named.id
        record_viewing(work, get_case(work.session, case.case_id), Viewed.DOCUMENT, pack)
    case.mark(about=pack, section=None)
    for who, many in ((MANAGER, 0), (case.police(), 1)):
        with case.world.act(who, WHEN) as work:
            seen = [one for one in viewings(work.session, case.case_id) if one.document_id]
            assert len(seen) == many


def test_the_children_are_hidden_with_the_referral_that_told_of_them(case):
    case.mark(about=case.entry(EntryType.REFERRED), section=None)
    for who, many in ((MANAGER, 0), (case.police(), 1)):
        with case.world.act(who, WHEN) as work:
            assert len(children(work.session, case.case_id)) == many


def test_an_agency_reads_what_is_marked_where_its_leads_are_listed(case):
    lead = case.world.ours.actor(Role.AGENCY_LEAD)
    mark = case.mark(section=Section.SCOPING_RETURNS)
    assert EntryType.RETURN_SUBMITTED not in case.read_by(lead)
    listed = review_mark(mark, agencies=(case.agency(),))
    case.do(police_marks.review_mark, listed, MANAGER, WHEN)
    assert EntryType.RETURN_SUBMITTED in case.read_by(lead)
    assert EntryType.RETURN_SUBMITTED not in case.read_by(CHAIR)


def test_the_reason_is_read_by_the_listed_seats_only(case):
    case.mark(reasons="A search warrant is prepared.")
    for who, is_told in ((case.police(), True), (MANAGER, False)):
        with case.world.act(who, WHEN) as work:
            said = str([one.command for one in entries(work.session, case.case_id)])
            assert ("search warrant" in said) is is_told


def test_the_audit_and_its_export_do_not_say_what_it_tells_of(case):
    met = case.entry(EntryType.MEETING_HELD)
    mark = case.mark(case.police(), about=met, section=None)
    with case.world.act(MANAGER, WHEN) as work:
        links = links_seen(work, LinksWanted(), 500, get_case(work.session, case.case_id))
        bodies = [one.body for one in links]
        withheld = {one["what"] for one in bodies if told_of(work).withholds(one)}
        exported = "".join(export(work, ()))
    assert str(met) not in exported
    assert withheld == {EntryType.MEETING_HELD, EntryType.MARKED_SENSITIVE}
    case.do(police_marks.lift_mark, lift_mark(mark), case.police(), WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        assert not [one for one in bodies if told_of(work).withholds(one)]
        assert str(met) in "".join(export(work, ()))


@pytest.mark.parametrize("who", [CHAIR, Role.NOTIFIER, Role.AGENCY_LEAD, Role.LEAD_REVIEWER])
def test_only_the_manager_and_the_police_seat_mark(who, case):
    with pytest.raises(NotPermitted):
        case.mark(who)


@pytest.mark.parametrize("seat", [Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD])
def test_of_the_partners_only_the_police_mark(seat, case):
    with pytest.raises(NotPermitted):
        case.mark(case.world.ours.partner(seat))
    case.mark(case.police())


def test_a_mark_is_lifted_by_who_made_it_or_by_the_police_seat(case):
    ours = case.mark()
    case.do(police_marks.lift_mark, lift_mark(ours), MANAGER, WHEN)
    assert EntryType.MEETING_HELD in case.read_by(CHAIR)
    again = case.mark()
    case.do(police_marks.lift_mark, lift_mark(again), case.police(), WHEN)
    theirs = case.mark(case.police())
    with pytest.raises(AnswerRefused, match="a mark that you made"):
        case.do(police_marks.lift_mark, lift_mark(theirs), MANAGER, WHEN)
    assert EntryType.MEETING_HELD not in case.read_by(CHAIR)


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"section": None}, "about"),
        ({"about": UUID(int=7), "section": None}, "about"),
        ({"about": UUID(int=7)}, "about"),
        ({"review_on": "2026-01-02"}, "review_on"),
    ],
)
def test_a_mark_is_on_one_thing_of_the_case_and_is_looked_at_again(but, field, case):
    with pytest.raises(AnswerRefused) as refused:
        case.mark(**but)
    assert refused.value.field == field


def test_what_is_never_hidden_is_not_marked(case):
    case.propose()
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.POLICE)
    with pytest.raises(AnswerRefused, match="one of the documents and entries"):
        case.mark(about=case.entry(EntryType.SIGNED_OFF), section=None)


def test_what_is_marked_already_is_reviewed_instead(case):
    case.mark()
    with pytest.raises(AlreadyDone, match="Review the mark"):
        case.mark()


def test_nobody_else_changes_or_plants_a_mark_in_the_database(case):
    mark, ours = case.mark(case.police()), case.world.ours
    lift = text("update police_marks set lifted_at = now() where id = :id")
    for who, many in ((ours.actor(MANAGER), 0), (ours.actor(CHAIR), 0), (case.police(), 1)):
        signed = working_for(case.world.engine, who.partnership_id, who.person_id)
        with signed.connect() as link:
            assert link.execute(lift, {"id": mark}).rowcount == many
