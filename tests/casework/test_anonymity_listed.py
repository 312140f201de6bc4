"""PUB-16: of a check, what is listed to be settled, and who reads it."""

import pytest

from services.casework.steps import report_checked, return_correction
from services.casework.steps.local_review import agency_report_judgement, agency_reports
from services.casework.steps.other_reviews.liaison import RECORD_LIAISON
from services.casework.steps.other_reviews.processes import RECORD_PROCESS
from services.casework.steps.police_marks.police_marks import mark_sensitive
from services.database.history import all_of, facts
from services.database.police_marks import live_marks
from services.domain.anonymity.known import HitKind
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests.anonymity_factories import justify_hits
from tests.casework.test_anonymity import (
    CHAIR,
    DRAFTED,
    MANAGER,
    REVIEWER,
    drafted,
    found,
    open_hits,
)
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.factories import accept_report
from tests.police_factories import mark_sensitive as marked
from tests.process_factories import record_liaison, record_process
from tests.report_factories import request_reports, submit_report
from tests.road_of_the_report import NAMED
from tests.scoping_factories import correct_return
from tests.sent_out import make_checks
from tests.settled_practitioners import assure_draft
from tests.world import PROBATION, SCHOOL

AGENCY = Role.AGENCY_LEAD


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


def test_a_number_that_leads_to_somebody_waits_and_a_public_one_does_not(case_at):
    """PUB-16: whose postcode it is, is asked; where the bodies are reached may be printed."""
    said = "A flat in EX4 4QJ. Write to SW1P 3BT, or to SCR.SIN@ofsted.gov.uk or panel@x.example."
    case = drafted(case_at(Stage.LOCAL_REVIEW).report(), overview=said)
    assert found(case).certain == 2
    assert {one.words for one in open_hits(case)} == {"EX4 4QJ", "panel@x.example"}
    with pytest.raises(RuleBroken, match="postcode"):
        assure_draft(case, DRAFTED)
    stay = justify_hits(*(one.id for one in open_hits(case)))
    case.do(report_checked.justify_hits, stay, CHAIR, DRAFTED)
    assert "settle_anonymity" not in {one.todo for one in case.turns()}


def tell_of(case: Driven, contact: str) -> None:
    """Have another agency name its point of contact in a report, which is accepted."""
    asked = request_reports(case.agency(PROBATION), due=DRAFTED)
    case.do(agency_reports.request_reports, asked, MANAGER, DRAFTED)
    named = submit_report(point_of_contact=contact)
    case.do(agency_reports.submit_report, named, AGENCY, DRAFTED, agency=PROBATION)
    taken = accept_report(case.agency(PROBATION))
    case.do(agency_report_judgement.accept_report, taken, REVIEWER, DRAFTED)


def test_whom_the_case_names_as_contacts_is_not_named_in_its_report(case_at):
    """PUB-16, LC-30: contacts of the directory, of agencies and of other processes have no account.

    What organisations and posts are called may be said. An agency names its own in its scoping
    return, in a correction of it, and in its report.
    """
    case = case_at(Stage.LOCAL_REVIEW)
    newer = correct_return(point_of_contact="Ms Idris Vole, school nurse")
    case.do(return_correction.correct_return, newer, AGENCY, DRAFTED, agency=SCHOOL)
    council = placed(case.world, name="Example Council")
    contacted(case.world, council, holder="Director Ngozi Marlow")
    other = record_process(contact="DS Quayle, major crime team")
    case.do(RECORD_PROCESS.perform, other, MANAGER, DRAFTED)
    talk = record_liaison(who="Priya Winter, Crown Prosecution Service", held_on="2026-04-20")
    case.do(RECORD_LIAISON.perform, talk, MANAGER, DRAFTED)
    said = "Ngozi Marlow, P. Winter and DS Quayle met the Director and the prosecution service. "
    said += "Dr Aled Sparrow and Idris Vole wrote, as the safeguarding lead and the nurse may."
    tell_of(case.report(), "Dr Aled Sparrow, safeguarding lead")
    drafted(case, overview=said)
    assert {(one.kind, one.words) for one in open_hits(case)} == {
        (HitKind.PRACTITIONER_NAME, "Ngozi Marlow"),
        (HitKind.PRACTITIONER_NAME, "P. Winter"),
        (HitKind.PRACTITIONER_NAME, "DS Quayle"),
        (HitKind.PRACTITIONER_NAME, "Aled Sparrow"),
        (HitKind.PRACTITIONER_NAME, "Idris Vole"),
    }
