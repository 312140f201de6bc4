"""A published report is taken down within its year, published again, or redacted at once."""

import pytest

from services.casework.commands import Command
from services.casework.engine.availability_rounds import check_published
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps import closing
from services.casework.steps.after_publication import (
    dropping,
    proposing_down,
    proposing_reissue,
    redacting,
    reissue,
    taking_down,
)
from services.casework.steps.after_publication.away import away_in_words
from services.casework.steps.publication.address_file import digest_published
from services.casework.steps.sign_off.sign_off import sign_taking_down
from services.database.cases import get_case
from services.database.clocks import clocks
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken, StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.workflow import Stage
from services.web.view_models.clocks import clock_line
from tests import factories
from tests import published_factories as say
from tests.casework.test_published_bytes import own_files
from tests.driven import Act, Driven
from tests.kept import PARTNERS, SEATS, Traces, dispatches, emails, turns
from tests.planted_reports import Plant
from tests.post_office import Office
from tests.published_factories import AGAIN, DECIDED, IN_PLACE
from tests.road_after_publication import (
    propose_again,
    propose_down,
    put_file_forward,
    take_down,
)
from tests.road_of_the_register import prosecution_objects
from tests.sent_out import dispatches_of, make_kind

MANAGER, PARTNER = Role.BUSINESS_MANAGER, Role.SAFEGUARDING_PARTNER
BODIES = ("ofsted", "panel", "secretary_of_state")
DOWN = proposing_down.propose_taking_down
SENT = "2026-09-14"
AGAIN_PUT, REDACT = proposing_reissue.propose_reissue, redacting.redact_published


@pytest.fixture
def case(case_at) -> Driven:
    """Published on 3 July 2026, to be there until 3 July 2027."""
    return case_at(Stage.EMBEDDING)


def away(case: Driven, when: str) -> str:
    with case.world.act(MANAGER, when) as work:
        return away_in_words(work, get_case(work.session, case.case_id))


def refuse(case: Driven, act: Act, said: Command, field: str, when: str) -> None:
    """Prove that what is said is refused beside its field."""
    with pytest.raises(AnswerRefused) as error:
        case.do(act, said, MANAGER, when)
    assert error.value.field == field


def test_all_partners_decide_that_a_report_is_taken_down(case, left_by):
    """PUB-24, PUB-25: it is done once each of them agrees, with improvements in its place."""
    proposed = left_by(case, DOWN, say.propose_taking_down(), who=MANAGER, when=DECIDED)
    assert proposed == Traces(
        entries=["taking_down_proposed"],
        opened=turns("sign_taking_down", *SEATS),
        ordered=["publish"],  # the check of what stands in its place
        emails=emails("sign_off_needed", *PARTNERS),
    )
    case.sign(sign_taking_down, DECIDED, *list(Seat)[:2])
    with pytest.raises(StepNotOpen, match="Every partner agrees first"):
        case.do(taking_down.take_down, say.take_down(), MANAGER, DECIDED)
    with pytest.raises(StepNotOpen, match="nothing else"):
        case.do(DOWN, say.propose_taking_down(), MANAGER, DECIDED)
    last = left_by(
        case, sign_taking_down, factories.sign(), who=PARTNER, when=DECIDED, seat=Seat.POLICE
    )
    assert last.opened == [f"take_down | business_manager | {DECIDED}"]
    assert last.ordered == ["publish | improvements_in_place | v1"]
    for but, field in (
        ({"taken_down_on": "2026-09-02"}, "taken_down_on"),
        ({"taken_down_on": "2026-07-02"}, "taken_down_on"),
        ({"taken_down_on": "2026-08-31"}, "why_before"),
        ({"address": "the website"}, "address"),
    ):
        refuse(case, taking_down.take_down, say.take_down(**but), field, DECIDED)


def test_three_bodies_and_the_repository_are_told_that_it_is_taken_down(case, left_by):
    """PUB-24, PUB-25, PUB-30: with what is published in its place."""
    propose_down(case, DECIDED)
    done = left_by(case, taking_down.take_down, say.take_down(), who=MANAGER, when=DECIDED)
    assert done == Traces(
        entries=["report_taken_down"],
        closed=["take_down | business_manager"],
        ordered=["publish | repository_letter | v1", "publish | taken_down_notice | v1"],
        dispatches=[
            *dispatches("report_taken_down", "being_made", *BODIES),
            *dispatches("repository_told", "being_made", "nspcc"),
        ],
    )
    assert case.clock("K13")["met_on"] == case.clock("K13")["ended_on"] == ""


def test_what_is_in_its_place_is_checked_and_no_objection_is_passed_over(case):
    """PUB-16, G10: a name in the improvements blocks, and an objection needs an answer."""
    refuse(case, DOWN, say.propose_taking_down(anonymised=False), "anonymised", DECIDED)
    named = say.propose_taking_down(improvements="Robin Example is seen at home.")
    case.do(DOWN, named, MANAGER, DECIDED)
    case.sign(sign_taking_down, DECIDED)
    with pytest.raises(RuleBroken, match="names, days or places"):
        case.do(taking_down.take_down, say.take_down(), MANAGER, DECIDED)
    assert "settle_anonymity" in {one.todo for one in case.turns()}
    dropped = say.drop_published_proposal()
    case.do(dropping.drop_published_proposal, dropped, MANAGER, DECIDED)
    prosecution_objects(case, DECIDED)
    refuse(case, DOWN, say.propose_taking_down(), "police_say", DECIDED)
    answered = say.propose_taking_down(police_say="They are content with the improvements.")
    case.do(DOWN, answered, MANAGER, DECIDED)


def test_a_partner_who_disagrees_keeps_the_report_up_and_it_is_not_pursued(case):
    """GOV-11, PUB-24: nobody is asked any more, and the case may be closed again."""
    case.do(DOWN, say.propose_taking_down(), MANAGER, DECIDED)
    no = {"position": Position.DISAGREES}
    case.sign(sign_taking_down, DECIDED, Seat.POLICE, **no)
    assert "resolve_disagreement" in {one.todo for one in case.turns()}
    case.embed(DECIDED)
    with pytest.raises(RuleBroken, match="before the close"):
        case.do(closing.close, factories.close(), PARTNER, DECIDED)
    dropped = say.drop_published_proposal()
    case.do(dropping.drop_published_proposal, dropped, MANAGER, DECIDED)
    left = {one.todo for one in case.turns()}
    assert not left & {"sign_taking_down", "resolve_disagreement", "take_down"}
    with pytest.raises(StepNotOpen, match="put to the partners now"):
        case.sign(sign_taking_down, DECIDED, Seat.LOCAL_AUTHORITY)
    case.close()
    take_down(case, "2026-10-05")


class Websites:
    """The internet as the test has it."""

    def __init__(self, *there: str) -> None:
        self.there, self.asked, self.is_set_up = {*there}, [], True

    def digest(self, _address: str) -> str:
        return ""  # a page that tells of the report

    def answers(self, address: str) -> bool:
        self.asked.append(address)
        return address in self.there


def look(office: Office, when: str) -> None:
    """Ask the addresses, and remind who is to be reminded."""
    office.when = when
    check_published(office)
    remind_all(office)


def test_the_year_counts_from_the_first_day_and_days_away_are_shown(case):
    """K13, PUB-29: what is in its place is looked for, then the report where it is now."""
    again = str(say.reissue().address)
    sites = Websites(IN_PLACE, again)
    office = Office(case.world, links=sites)
    look(office, "2026-08-30 09:00")  # the report is not there any more: an outage
    take_down(case)
    look(office, f"{DECIDED} 12:00")
    assert sites.asked[-1] == IN_PLACE
    assert "taken down by the partners' decision since Tuesday 1 September 2026" in away(
        case, "2026-09-03"
    )
    assert "2 days away so far" in away(case, "2026-09-03")
    propose_again(case, SENT, AGAIN)
    case.do(reissue.reissue, say.reissue(), MANAGER, AGAIN)
    look(office, f"{AGAIN} 12:00")
    assert sites.asked[-1] == again
    said = away(case, AGAIN)
    assert "not found from Sunday 30 August 2026 until Tuesday 1 September 2026: 2 days" in said
    assert "until Monday 12 October 2026: 41 days away" in said
    look(office, "2027-07-03 09:00")
    look(office, "2027-07-04 09:00")
    assert case.clock("K13")["met_on"] == "2027-07-03"


def test_the_file_at_the_address_is_the_one_that_keyline_made(case):
    """PUB-25, PUB-26, PUB-29: the report's own, what stands in its place, and the report again."""

    def at_address() -> str:
        with case.world.act(MANAGER, AGAIN) as work:
            return digest_published(work, get_case(work.session, case.case_id))

    report = own_files(case)
    assert [at_address()] == report
    take_down(case)
    make_kind(case.world, case.case_id, DocumentKind.IMPROVEMENTS_IN_PLACE, DECIDED)
    assert [at_address()] == own_files(case, "improvements_in_place")
    propose_again(case, SENT, AGAIN)
    case.do(reissue.reissue, say.reissue(), MANAGER, AGAIN)
    assert [at_address()] == report


def test_a_report_is_published_again_once_its_text_was_sent_in_time(case, left_by):
    """PUB-26, K12: seven working days, and the three bodies have the text that is published."""
    take_down(case)
    case.send_out(DECIDED)
    for but, field in (
        ({"publish_on": "2026-09-09"}, "publish_on"),
        ({"publish_on": "2026-03-03"}, "publish_on"),
        ({"what_changed": "A paragraph."}, "file"),
        ({"names_reviewers": False}, "names_reviewers"),
        ({"file": case.agency()}, "what_changed"),
        ({"file": case.agency(), "what_changed": "A paragraph."}, "file"),
    ):
        refuse(case, AGAIN_PUT, say.propose_reissue(**but), field, DECIDED)
    said = say.propose_reissue()
    put = left_by(case, AGAIN_PUT, said, who=MANAGER, when=SENT)
    assert put.clocks == ["K12 due 2026-10-01"]
    assert put.opened == turns("sign_taking_down", *SEATS, by="2026-10-01")
    case.sign(sign_taking_down, SENT)
    with pytest.raises(RuleBroken, match="goes to the Panel, Ofsted"):
        case.do(reissue.reissue, say.reissue(), MANAGER, AGAIN)
    case.send_out("2026-10-01", Notice.REISSUE_PRE_SENT)
    assert case.clock("K12")["met_on"] == "2026-10-01"
    for but, field in (
        ({"published_on": "2026-10-09"}, "published_on"),
        ({"published_on": "2026-10-14"}, "published_on"),
        ({"published_on": "2026-10-13"}, "why_other_day"),
    ):
        refuse(case, reissue.reissue, say.reissue(**but), field, "2026-10-13")
    done = left_by(case, reissue.reissue, say.reissue(), who=MANAGER, when=AGAIN)
    assert done == Traces(
        entries=["report_reissued"],
        closed=["reissue | business_manager"],
        ordered=["publish | repository_letter | v2"],
        emails=emails("report_published", *PARTNERS),
        dispatches=dispatches("repository_told", "being_made", "nspcc"),
    )


def test_a_redaction_is_refused_that_was_not_checked_or_names_no_reviewer(case):
    """PUB-16, PUB-27, G10: only the file that was checked goes up, by who may publish."""
    named = put_file_forward(case, DECIDED, Plant("Robin Example", "text"))
    with pytest.raises(RuleBroken, match="names, days or places"):
        case.do(REDACT, say.redact_published(named), MANAGER, DECIDED)
    file = put_file_forward(case, DECIDED)
    for but, field in (
        ({"file": named}, "file"),
        ({"names_reviewers": False}, "names_reviewers"),
        ({"replaced_on": "2026-09-02"}, "replaced_on"),
        ({"address": "the website"}, "address"),
    ):
        refuse(case, REDACT, say.redact_published(**({"file": file} | but)), field, DECIDED)
    with pytest.raises(NotPermitted):
        case.do(REDACT, say.redact_published(file), Role.REVIEW_GROUP_CHAIR, DECIDED)
    put = say.propose_taking_down()
    case.do(DOWN, put, MANAGER, DECIDED)
    case.sign(sign_taking_down, DECIDED).do(
        taking_down.take_down, say.take_down(), MANAGER, DECIDED
    )
    with pytest.raises(StepNotOpen, match="none to redact"):
        case.do(REDACT, say.redact_published(file), MANAGER, DECIDED)


def test_a_changed_text_goes_up_at_once_and_to_the_three_bodies_the_same_day(case, left_by):
    """PUB-26, K12: the notice before publication does not apply to it, and it is said why."""
    case.send_out(DECIDED)
    file = put_file_forward(case, DECIDED)
    done = left_by(case, REDACT, say.redact_published(file), who=MANAGER, when=DECIDED)
    assert done.dispatches == [
        *dispatches("report_redacted", "being_made", *BODIES),
        *dispatches("repository_told", "being_made", "nspcc"),
    ]
    with case.world.act(MANAGER, DECIDED) as work:
        known = [one for one in clocks(work.session, case.case_id) if one.clock is ClockId.K12]
        ended = [one.ended_because for one in known if not one.runs and one.met_on is None]
        assert ended == [ClockEnding.URGENT_REDACTION]
        row = get_case(work.session, case.case_id)
        told = [clock_line(work, row, one, {}) for one in known]
        (line,) = (one for one in told if one.status == "not applicable")
        assert "[inf]" in line.last_day
    case.send_out(DECIDED)
    with case.world.act(MANAGER, DECIDED) as work:
        found = dispatches_of(work.session, case.case_id, Notice.REPORT_REDACTED)
        assert {(one.state.value, str(one.sent_on)) for one in found} == {("accepted", DECIDED)}
        assert {str(one.due) for one in found} == {DECIDED}
        assert all(str(file) in [doc["id"] for doc in one.documents] for one in found)
