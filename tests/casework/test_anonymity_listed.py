"""PUB-16: of a check, what is listed to be settled, and who reads it."""

import pytest

from services.casework.steps import report_checked
from services.casework.steps.police_marks.police_marks import mark_sensitive
from services.database.history import all_of, facts
from services.database.police_marks import live_marks
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.roles import Seat
from services.domain.workflow import Stage
from tests.anonymity_factories import justify_hits
from tests.casework.test_anonymity import CHAIR, DRAFTED, drafted, found, open_hits
from tests.police_factories import mark_sensitive as marked
from tests.road_of_the_report import NAMED
from tests.sent_out import make_checks


def test_of_more_hits_than_are_listed_the_next_come_up(case_at):
    """PUB-16: once those that are listed stay with a reason, the report is checked for the rest."""
    named = "Robin Example was seen. " * 310
    case = drafted(case_at(Stage.LOCAL_REVIEW).report(), overview=named)
    assert found(case).not_listed == 10
    for count in (300, 10):
        hits = [one.id for one in open_hits(case)]
        assert len(hits) == count
        for some in (hits[:150], hits[150:]):
            stay = justify_hits(*some, family_agreed="Her mother.") if some else None
            if stay:
                case.do(report_checked.justify_hits, stay, CHAIR, DRAFTED)
        assert ("settle_anonymity" in {one.todo for one in case.turns()}) is (count == 300)
        make_checks(case.world, case.case_id, DRAFTED)
    assert open_hits(case) == []
    assert found(case).not_listed == 0


def test_what_the_police_hold_back_of_the_referral_is_hidden_in_the_check(case_at):
    """PUB-16: a check repeats its words; who reads an older one settles nothing by it."""
    case = drafted(case_at(Stage.LOCAL_REVIEW).report(), overview=NAMED)
    older = [one.id for one in open_hits(case)]
    police = case.world.ours.partner(Seat.POLICE)
    with case.world.act(police, DRAFTED) as work:
        (referred,) = facts(work.session, case.case_id, EntryType.REFERRED)
    mark = marked(about=referred.id, section=None, seats=(), review_on="2026-12-01")
    case.do(mark_sensitive, mark, police, DRAFTED)
    drafted(case, overview=NAMED)
    with case.world.act(CHAIR, DRAFTED) as work:
        assert len(all_of(work.session, case.case_id, EntryType.ANONYMITY_CHECKED)) == 1
        assert len(facts(work.session, case.case_id, EntryType.ANONYMITY_CHECKED)) == 2
        assert {one.seat for one in live_marks(work.session, case.case_id)} == {Seat.POLICE}
    stay = justify_hits(*older, family_agreed="Her mother.")
    with pytest.raises(RuleBroken, match="not there for you to read"):
        case.do(report_checked.justify_hits, stay, CHAIR, DRAFTED)
