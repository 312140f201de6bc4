"""What one side of a joint review marks is hidden from the other, until its seats are listed."""

import pytest

from services.casework.access.seen_by_others import READERS, seen_by
from services.casework.access.shown_cases import what_is_shown
from services.casework.labels import label
from services.casework.steps import declaration
from services.casework.steps.police_marks import police_marks
from services.database.cases import get_case
from services.database.history import entries, facts
from services.database.police_marks import live_marks
from services.database.shown import shared_cases, shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.plain_text import capital
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.web.view_models.shown_case import ShownCaseView, shown_case_view
from tests import factories as say
from tests.joint_changes import Changing, put_to_both
from tests.police_factories import lift_mark, mark_sensitive, review_mark

MANAGER = Role.BUSINESS_MANAGER
EVERY_SEAT = tuple(ListedSeat)


class Hidden(Changing):
    """A joint review in which our police seat holds something back."""

    def mark(self, **but) -> None:
        command = mark_sensitive(**({"section": Section.CRITERIA_AND_DECISION} | but))
        police = self.world.ours.partner(Seat.POLICE)
        self.driven.do(police_marks.mark_sensitive, command, police, self.when)

    def list_again(self, **but) -> None:
        police = self.world.ours.partner(Seat.POLICE)
        with self.world.act(police, self.when) as work:
            (mark,) = live_marks(work.session, self.case_id)
            police_marks.review_mark(work, self.case_id, review_mark(mark.id, **but))

    def read_there(self, who) -> set[EntryType]:
        """Return the types of the entries of their own case that a person over there reads."""
        with self.world.act(who, self.when) as work:
            return {one.entry_type for one in entries(work.session, self.theirs_case)}

    def shown_to(self, who) -> set[EntryType]:
        """Return the types of the entries of our case that a person over there reads."""
        with self.world.act(who, self.when) as work:
            shown = next(one for one in shared_cases(work.session) if one.case_id == self.case_id)
            return {one.entry_type for one in what_is_shown(work, shown).entries}


@pytest.fixture
def hidden(ready_by) -> Hidden:
    """Such a review, put to the partners of both sides; nothing is marked yet."""
    return Hidden.of(ready_by(put_to_both))


def test_the_other_side_reads_nothing_of_it_until_its_seats_are_listed(hidden):
    manager = hidden.theirs.actor(MANAGER)
    assert EntryType.DECISION_PROPOSED in hidden.shown_to(manager)
    hidden.mark(seats=EVERY_SEAT)
    assert EntryType.DECISION_PROPOSED not in hidden.shown_to(manager)
    assert EntryType.REFERRED in hidden.shown_to(manager)
    hidden.list_again(seats=EVERY_SEAT, fellows=True)
    assert EntryType.DECISION_PROPOSED in hidden.shown_to(manager)
    hidden.list_again(seats=(ListedSeat.REVIEW_GROUP_CHAIR,), fellows=True)
    assert EntryType.DECISION_PROPOSED not in hidden.shown_to(manager)
    assert EntryType.DECISION_PROPOSED in hidden.shown_to(
        hidden.theirs.actor(Role.REVIEW_GROUP_CHAIR)
    )


def page_of(hidden: Hidden, reader: UnitOfWork) -> ShownCaseView:
    """Return the page that this reader over there has of our case."""
    shown = next(one for one in shared_cases(reader.session) if one.case_id == hidden.case_id)
    view = shown_case_view(reader, what_is_shown(reader, shown), reader.today)
    reader.session.expunge_all()
    return view


def parts_of(view: ShownCaseView) -> list[object]:
    """Return each part of the page; a row of another session by its key."""
    clocks = [(one.row.id, one.status) for one in view.clocks]
    return [view.sections, view.last_day, clocks, [one.id for one in view.documents], view.timeline]


def test_see_what_they_see_is_the_page_that_each_of_their_readers_has(hidden):
    """Marks and what is said of the family are those of the seat; a mark lists one of theirs."""
    hidden.mark(seats=(ListedSeat.POLICE,), fellows=True)
    told = {}
    for reader in READERS:
        with (
            hidden.world.act(MANAGER, hidden.when) as work,
            seen_by(
                work, get_case(work.session, hidden.case_id), hidden.theirs.partnership_id, reader
            ) as theirs,
        ):
            assert theirs is not None
            told[reader] = page_of(hidden, theirs)
        seats = {one.value: hidden.theirs.partner(one) for one in Seat}
        who = seats.get(reader.value) or hidden.theirs.actor(Role(reader))
        with hidden.world.act(who, hidden.when) as work:
            assert parts_of(told[reader]) == parts_of(page_of(hidden, work)), reader
    types = {reader: {one.entry_type for one in view.timeline} for reader, view in told.items()}
    proposed = capital(label(EntryType.DECISION_PROPOSED))
    assert [one for one in READERS if proposed in types[one]] == [ListedSeat.POLICE]
    said = {reader: str(view.timeline) for reader, view in told.items()}
    assert "Robin" in said[ListedSeat.BUSINESS_MANAGER]
    assert "Robin" not in said[ListedSeat.INDEPENDENT_SCRUTINEER]


def test_their_reader_with_a_conflict_is_passed_over(hidden):
    conflict = say.declare(has_conflict=True, particulars="A relative.")
    with hidden.world.act(hidden.theirs.actor(Role.NOTIFIER), hidden.when) as work:
        declaration.declare(work, hidden.theirs_case, conflict)
    with (
        hidden.world.act(MANAGER, hidden.when) as work,
        seen_by(
            work,
            get_case(work.session, hidden.case_id),
            hidden.theirs.partnership_id,
            ListedSeat.NOTIFIER,
        ) as theirs,
    ):
        assert theirs is None


def test_the_names_of_those_who_acted_in_it_are_hidden_with_it(hidden):
    chair = hidden.world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id

    def names():
        with hidden.world.act(hidden.theirs.actor(MANAGER), hidden.when) as work:
            return set(shown_names(work.session, hidden.case_id))

    assert chair in names()
    for section in (Section.CRITERIA_AND_DECISION, Section.MEETING, Section.FACTS_AND_FAMILY):
        hidden.mark(section=section)
    assert chair not in names()


def test_a_joint_matter_waits_for_the_seats_of_both_sides(ready_by):
    hidden = ready_by(Hidden, Hidden.joined)
    hidden.driven.scope().meet()
    hidden.when = "2026-01-02 10:00"
    hidden.mark(seats=EVERY_SEAT)
    hidden.driven.propose()
    hidden.settle()
    ours, theirs = (hidden.world.ours, hidden.case_id), (hidden.theirs, hidden.theirs_case)
    for side, case_id in (ours, theirs):
        assert Todo.SIGN_RAPID_REVIEW not in hidden.todos(side, case_id)
    assert Todo.REVIEW_MARK in hidden.todos(*ours)
    with pytest.raises(RuleBroken, match="your seat is not listed"):
        hidden.sign_theirs(Seat.POLICE)
    hidden.list_again(seats=EVERY_SEAT, fellows=True)
    hidden.settle()
    for side, case_id in (ours, theirs):
        assert hidden.todos(side, case_id).count(Todo.SIGN_RAPID_REVIEW) == len(Seat)
    hidden.when = "2026-01-05 10:00"
    hidden.sign_ours()
    hidden.sign_theirs()
    assert hidden.decided_on() is not None


def test_the_lead_changes_only_where_the_other_partnerships_seats_are_listed(hidden):
    hidden.shared_back()
    hidden.mark(seats=EVERY_SEAT)
    with pytest.raises(RuleBroken, match="police-sensitive mark hides"):
        hidden.propose_change()
    hidden.list_again(seats=EVERY_SEAT, fellows=True)
    hidden.change_lead()
    assert hidden.leads(hidden.theirs, hidden.theirs_case)


def test_what_is_hidden_stays_hidden_on_the_new_leads_case_in_the_care_of_its_police(hidden):
    hidden.shared_back()
    hidden.mark(about=None, section=Section.MEETING, fellows=True)
    with hidden.world.act(hidden.world.ours.partner(Seat.POLICE), hidden.when) as work:
        (proposed,) = (
            one.id for one in facts(work.session, hidden.case_id, EntryType.DECISION_PROPOSED)
        )
    hidden.mark(about=proposed, section=None, fellows=True)
    hidden.change_lead()
    manager, police = (
        hidden.theirs.actor(MANAGER),
        hidden.theirs.partner(Seat.POLICE),
    )
    with hidden.world.act(police, hidden.when) as work:
        declaration.declare(work, hidden.theirs_case, say.declare())
        marks = [one.id for one in live_marks(work.session, hidden.theirs_case)]
    own = {EntryType.MEETING_HELD, EntryType.DECISION_PROPOSED}
    assert len(marks) == len(own)
    assert hidden.read_there(police) & own == own
    assert hidden.read_there(manager) & own == set()
    with hidden.world.act(police, hidden.when) as work:
        for mark in marks:
            police_marks.lift_mark(work, hidden.theirs_case, lift_mark(mark))
    assert hidden.read_there(manager) & own == own
