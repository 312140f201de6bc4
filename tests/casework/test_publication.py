"""Publication: seven working days' notice, the day moved, the report withheld, a delay told."""

from datetime import date

import pytest

from services.casework.steps.local_review import delay
from services.casework.steps.publication import pre_publication, publication, publishing
from services.casework.steps.sign_off import sign_off
from services.documents.making import KeylineDocuments
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import tell_staff
from tests.driven import ASKED, Driven
from tests.kept import NATIONAL, PARTNERS, SEATS, Traces, dispatches, emails, traces, turns
from tests.paper_text import text_of
from tests.papers import papers_of
from tests.world import SHORT_NAMES

MANAGER, PARTNER = Role.BUSINESS_MANAGER, Role.SAFEGUARDING_PARTNER
BODIES = ("ofsted", "panel", "secretary_of_state")
LAST_DAY = "2026-06-24"
STEP = "publication_step | business_manager"
MONITOR = "monitor_review | safeguarding_partner"
REPOSITORY = "confirm_dispatch | business_manager"


@pytest.fixture
def signed(case_at) -> Driven:
    """A case whose report is signed."""
    return case_at(Stage.PUBLICATION)


def test_a_plan_is_approved_and_then_told_to_the_national_bodies(signed, left_by):
    """PUB-24, GOV-16: the partners decide on publication, all three, and three bodies are told."""
    planned = say.plan_publication()
    assert left_by(
        signed, publication.plan_publication, planned, who=MANAGER, when="2026-06-08"
    ) == Traces(
        entries=["publication_planned"],
        opened=turns("sign_publication", *SEATS, by=LAST_DAY),
        closed=["plan_publication | business_manager"],
        ordered=["publish"],  # the check of what it says
        clocks=[f"K12 due {LAST_DAY}"],
        emails=emails("sign_off_needed", *PARTNERS),
    )
    signed.sign(sign_off.sign_publication, "2026-06-09", *list(Seat)[:2])
    third = left_by(
        signed,
        sign_off.sign_publication,
        say.sign(),
        who=PARTNER,
        when="2026-06-09",
        seat=Seat.POLICE,
    )
    told = [f"confirm_staff_told | {SHORT_NAMES[one]} | {LAST_DAY}" for one in ASKED]
    steps = ((LAST_DAY, 2), ("2026-07-02", 2), ("2026-07-03", 1))
    told += [f"{STEP} | {by}" for by, number in steps for _ in range(number)]
    assert sorted(third.opened) == sorted([*told, f"pre_send | business_manager | {LAST_DAY}"])
    assert third.emails == emails("staff_to_be_told", "hospital.desk", "school.desk")
    assert third.dispatches == dispatches("publication_decided", "being_made", *NATIONAL)


def test_an_approved_report_is_sent_ahead_and_published(signed, left_by, admin_of):
    """PUB-26, PUB-30: to the three bodies before, and to the national repository after."""
    signed.plan()
    sent = left_by(
        signed, pre_publication.pre_send, say.pre_send(), who=MANAGER, when=f"{LAST_DAY} 23:59"
    )
    assert sent == Traces(
        entries=["pre_sent"],
        closed=["pre_send | business_manager"],
        ordered=[
            "publish | pre_publication_dispatch | v1",
            "publish | published_report | v1",
        ],
        dispatches=dispatches("report_pre_sent", "being_made", *BODIES),
    )
    with traces(admin_of(signed), signed) as left:
        signed.send_out(f"{LAST_DAY} 23:59", Notice.REPORT_PRE_SENT)
    assert "publish | business_manager | 2026-07-03" in left.opened
    assert left.clocks == [f"K12 met {LAST_DAY}"]
    assert left.emails == emails("pre_publication_sent", *BODIES)
    published = left_by(signed, publishing.publish, say.publish(), who=MANAGER, when="2026-07-03")
    assert published == Traces(
        entries=["published"],
        closed=[MONITOR, *[STEP] * 5, "publish | business_manager"],
        clocks=["K11 met 2026-07-03", "K13 due 2027-07-03"],
        opened=[REPOSITORY],
        emails=emails("report_published", *PARTNERS),
        dispatches=dispatches("report_published", "to_confirm", "nspcc"),
    )
    assert signed.stage() is Stage.EMBEDDING


def test_what_is_not_final_is_not_sent(signed):
    signed.plan()
    with pytest.raises(AnswerRefused) as error:
        signed.do(pre_publication.pre_send, say.pre_send(complete=False), MANAGER, LAST_DAY)
    assert error.value.field == "complete"


def test_a_dispatch_one_minute_late_blocks_and_the_day_moves(signed):
    """K12, G10, PUB-26, PUB-28, PUB-31: too late for the day, another is chosen."""
    signed.plan()
    with pytest.raises(RuleBroken, match="K12"):
        signed.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-25 00:00")
    with pytest.raises(AnswerRefused, match="Too soon"):
        signed.plan(on="2026-07-03", when="2026-06-25")
    signed.plan(on="2026-07-06", when="2026-06-25")
    assert signed.due("K12") == "2026-06-25"
    signed.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-25 23:59")
    signed.send_out("2026-06-25 23:59")
    for saying, but in (
        ("had to be sent by", {"published_on": "2026-07-03"}),
        ("future", {"published_on": "2026-07-07"}),
        ("https", {"published_on": "2026-07-06", "address": "the website"}),
    ):
        with pytest.raises(AnswerRefused, match=saying):
            signed.do(publishing.publish, say.publish(**but), MANAGER, "2026-07-06")
    signed.do(publishing.publish, say.publish(published_on="2026-07-06"), MANAGER, "2026-07-06")
    assert str(signed.row().published_on) == "2026-07-06"


def test_a_day_moved_after_the_dispatch_needs_approval_and_dispatch_anew(signed, left_by):
    """K12, PUB-31: what was sent for the day before is sent again before it is published."""
    signed.plan()
    signed.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-22")
    signed.send_out("2026-06-22")
    moved = say.plan_publication(publish_on="2026-07-10")
    left = left_by(signed, publication.plan_publication, moved, who=MANAGER, when="2026-06-29")
    assert left.closed == [*[STEP] * 5, "publish | business_manager"]
    assert left.clocks == ["K12 due 2026-07-01"]
    with pytest.raises(RuleBroken, match="Send the text"):
        signed.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")
    with pytest.raises(RuleBroken, match="All partners"):
        signed.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-29")
    tell_staff(signed.sign(sign_off.sign_publication, "2026-06-30"), "2026-06-30")
    signed.publish("2026-07-01", "2026-07-10")
    assert signed.stage() is Stage.EMBEDDING


def test_improvements_are_published_where_the_report_is_withheld(signed, left_by, admin_of):
    """PUB-03, PUB-24, PUB-25: withheld by all three, and what is improved is published."""
    withheld = say.withhold_report()
    signed.do(publication.withhold_report, withheld, MANAGER, "2026-06-08")
    assert "sign_publication" in {one.todo for one in signed.turns()}
    tell_staff(signed.sign(sign_off.sign_publication, "2026-06-09"), "2026-06-09")
    ready = left_by(signed, pre_publication.pre_send, say.pre_send(), who=MANAGER, when=LAST_DAY)
    assert ready.ordered == [
        "publish | improvement_information | v1",
        "publish | pre_publication_dispatch | v1",
    ]
    with traces(admin_of(signed), signed) as sent:
        signed.send_out(LAST_DAY, Notice.IMPROVEMENTS_PRE_SENT)
    assert sent.emails == emails("improvements_pre_sent", *BODIES)
    assert "publish_improvements | business_manager | 2026-07-03" in sent.opened
    with pytest.raises(RuleBroken, match="information about improvements"):
        signed.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")
    with pytest.raises(RuleBroken, match="the last step of approval"):  # GOV-18
        signed.do(publishing.publish_improvements, say.publish(), MANAGER, "2026-07-03")
    with pytest.raises(AnswerRefused, match="that was signed is of"):
        signed.present("2026-02-02")
    signed.present()
    left = left_by(
        signed, publishing.publish_improvements, say.publish(), who=MANAGER, when="2026-07-03"
    )
    assert left == Traces(
        entries=["improvements_published"],
        closed=["publish_improvements | business_manager"],
        clocks=["K11 met 2026-07-03"],
        emails=emails("improvements_published", *PARTNERS),
    )


def test_the_partners_may_still_turn_from_withholding_to_publishing(signed):
    signed.do(publication.withhold_report, say.withhold_report(), MANAGER, "2026-06-08")
    signed.plan().publish()
    assert signed.row().publishes is True


@pytest.mark.parametrize("stage", [Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.PUBLICATION])
def test_a_delay_is_told_each_time_and_no_clock_moves(stage, case_at, left_by):
    case = case_at(stage)
    before, step = case.clock("K11"), "publish" if stage is Stage.PUBLICATION else "commission"
    for _twice in range(2):
        command = say.record_delay()
        left = left_by(case, delay.record_delay, command, who=MANAGER, when="2026-06-09")
        assert left.entries == ["delay_recorded"]
        assert [one.rpartition(" | ")[0] for one in left.ordered] == [f"{step} | delay_notice"]
        assert left.emails == []
        told = dispatches("delay_foreseen", "being_made", "panel", "secretary_of_state")
        assert left.dispatches == told
        assert (left.opened, left.closed, left.clocks) == ([], [], [])
    assert case.clock("K11") == before


def test_the_last_day_to_send_is_counted_over_the_holidays(signed):
    signed.plan(on="2026-12-31", when="2026-11-02")
    assert signed.row().publish_on == date(2026, 12, 31)
    assert signed.due("K12") == "2026-12-18"


def test_the_notice_of_a_delay_says_no_more_than_what_was_recorded(case_at):
    """LC-14, LC-16: the group alone considered it and goes on: nothing is said of the partners."""
    case = case_at(Stage.LOCAL_REVIEW)
    group = {"partners_on": None, "course": "proceed", "learning": None}
    case.do(delay.record_delay, say.record_delay(**group), MANAGER, "2026-06-09")
    (notice,) = (one for one in papers_of(case) if one.kind is DocumentKind.DELAY_NOTICE)
    said = " ".join(text_of(KeylineDocuments().pdf(notice).content).split())
    assert "not of themselves a reason for delay" in said
    assert "partners have considered" not in said
    assert "learning" not in said
    assert "overlap" not in said
