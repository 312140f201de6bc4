"""What was signed together stays on the record of each side when the joint part has ended."""

import pytest

from services.casework.joint.ending import leave
from services.casework.joint.matters import parties_deciding, signatures
from services.casework.steps.rapid_review import panel, submission
from services.database.cases import get_case
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.workflow import Outcome, Stage
from services.web.view_models.sign_offs import matter_lines
from tests import factories
from tests.casework.test_joint_sign_off import Together

ENDED = "2026-01-19 10:00"


class Ended(Together):
    """A joint rapid review that both sides have signed, and whose joint part has ended."""

    def end(self) -> "Ended":
        """Have both sides sign what was put to them, and the joint part end."""
        self.sign_ours()
        self.sign_theirs(reasons="Agreed over there.")
        return self.submitted()

    def submitted(self) -> "Ended":
        manager, submitted = Role.BUSINESS_MANAGER, "2026-01-07 11:00"
        self.driven.do(submission.submit, factories.submit(), manager, submitted)
        self.when = ENDED
        answer = factories.record_answer(received_on="2026-01-19")
        self.driven.do(panel.record_answer, answer, manager, ENDED)
        self.settle()
        return self

    def put(self, part: JointPart = JointPart.JOINTLY_DECIDING, **but) -> "Ended":
        self.theirs_case = self.joined(part, **but)
        self.driven.scope().meet().propose(Outcome.NO_FURTHER_REVIEW)
        self.when = "2026-01-05 10:00"
        self.settle()
        return self

    def sides(self):
        yield self.world.ours, self.case_id
        yield self.theirs, self.theirs_case

    def leave_theirs(self) -> None:
        """Let them leave in the middle."""
        with self.world.act(self.theirs.actor(Role.BUSINESS_MANAGER), self.when) as work:
            leave(work, get_case(work.session, self.theirs_case))

    def papers(self, **which) -> list[str]:
        """Return what the papers of our record say; they are made when the joint part has ended."""
        return self.desk().read(self.case_id, "rapid_review_record", **which)

    def line(self, side, case_id):
        with self.world.act(side.actor(Role.BUSINESS_MANAGER), self.when) as work:
            lines = matter_lines(work, get_case(work.session, case_id))
            work.session.expunge_all()
        (found,) = [one for one in lines if one.matter is SignOffMatter.RAPID_REVIEW]
        return found


@pytest.fixture
def put(ready_by) -> Ended:
    """The rapid review is put to both sides, and nobody has signed it."""
    return ready_by(Ended, Ended.put)


@pytest.fixture
def ended(ready_by) -> Ended:
    return ready_by(Ended, Ended.put, Ended.end)


def test_the_page_of_each_side_shows_every_partys_signature_when_the_joint_part_ended(ended):
    assert ended.driven.stage() is Stage.EMBEDDING
    for side, case_id in ended.sides():
        line = ended.line(side, case_id)
        assert (line.count, len(line.parties)) == (6, 6)
        names = {one.name for one in line.parties}
        assert len(names) == 6
        assert all(one.who for one in line.parties)


@pytest.mark.whole
def test_it_stays_so_when_nothing_is_shared_any_more(ended):
    ended.end_sharing()
    for side, case_id in ended.sides():
        assert ended.line(side, case_id).count == 6


def test_a_paper_that_is_made_after_the_end_holds_every_partys_signature(ended):
    text = ended.papers(version=2)[0]
    assert text.count("Agreed over there.") == 3


@pytest.mark.whole
def test_a_dissent_of_an_earlier_round_stays_in_sight_of_both(put):
    words = "The harm was foreseeable."
    put.sign_theirs(Seat.POLICE, position=Position.DISAGREES, reasons=words)
    put.driven.propose(Outcome.NO_FURTHER_REVIEW, when="2026-01-05")
    put.settle()
    put.sign_ours()
    put.sign_theirs(round=2)
    put.submitted()
    for side, case_id in put.sides():
        earlier = put.line(side, case_id).earlier
        assert [one.signed.reasons for one in earlier if one.dissents] == [words]
    assert words in put.papers(version=3)[0]


def test_what_is_signed_after_a_partnership_has_left_is_not_in_its_sight(put):
    put.sign_ours(Seat.POLICE)
    put.leave_theirs()
    put.end_sharing()
    put.when = "2026-01-05 12:00"
    put.sign_ours(Seat.LOCAL_AUTHORITY)
    with put.world.act(put.theirs.actor(Role.BUSINESS_MANAGER), put.when) as work:
        case = get_case(work.session, put.theirs_case)
        seen = signatures(work, case, SignOffMatter.RAPID_REVIEW, 1)
        assert [one.seat for one in seen] == [Seat.POLICE]
        assert len(parties_deciding(work, case, SignOffMatter.RAPID_REVIEW)) == 6
