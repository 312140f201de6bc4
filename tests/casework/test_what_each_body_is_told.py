"""Each national body is handed what was stored, and it tells what the duty asks (PUB-26, GOV-16).

One road for every notice: the documents are read back from the raw email, or from the copy that
was collected, and never from what Keyline says of itself.
"""

from hashlib import sha256

import pytest

from services.casework.steps.local_review import delay
from services.casework.steps.publication import pre_publication, publication, publishing
from services.casework.steps.rapid_review import lateness, panel_reply, supplement, unagreed
from services.casework.steps.sign_off import sign_off
from services.domain.dispatches import NOTICES, Notice
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.report_comments import CommentingBody
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.workflow import PanelAnswer
from tests import factories as say
from tests import panel_factories
from tests.changed_factories import comment_and_answer
from tests.communications_factories import tell_staff
from tests.handed_over import Handed, Post, Telling, to
from tests.paper_text import text_of
from tests.papers_when_read import set_at_once
from tests.post_office import Office, plain, post_database, post_engine
from tests.road_after_publication import taken_down_and_back
from tests.world import World, make_world

__all__ = ["post_database", "post_engine"]
pytestmark = pytest.mark.slow
MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER
REVIEWER, GROUNDS = "Lead reviewer Example lead.reviewer", "The grounds that propose_decision told."
LOCAL = "Commission a local child safeguarding practice review (LCSPR)"
PUBLISHED, WITHHELD = "published", "withheld"

# Per duty: the name, decision, reason or date that it must tell, on the road that is named.
TELLS: tuple[tuple[str, Notice, tuple[str, ...]], ...] = (
    # RR-37: why it will be late, and when it is expected.
    (
        PUBLISHED,
        Notice.LATENESS_FORECAST,
        ("The reasons that tell_lateness told.", "Friday 9 January 2026", "SIN-1"),
    ),
    # RR-34, RR-49: the decision and its grounds, with the letter that goes with the record.
    (
        PUBLISHED,
        Notice.RAPID_REVIEW_SUBMITTED,
        (GROUNDS, "Monday 5 January 2026", LOCAL, "SIN-1"),
    ),
    # GOV-11: for information, by whom it is not agreed and why it is sent all the same.
    (
        PUBLISHED,
        Notice.RAPID_REVIEW_UNAGREED,
        (
            "Not agreed by Police (disagrees); integrated care board (has not signed)",
            "It is no submission",
            "The reasons that inform_of_unagreed told.",
        ),
    ),
    # GOV-16: the decision on commissioning, its day and its grounds.
    (
        PUBLISHED,
        Notice.COMMISSIONING_DECIDED,
        (f"Decision {LOCAL}", "Decided on Monday 5 January 2026", GROUNDS),
    ),
    # GOV-17, GOV-14, RR-36: what the partners say to the Panel, in full.
    (PUBLISHED, Notice.CHALLENGE_LODGED, ("The grounds that lodge_challenge told.",)),
    (
        PUBLISHED,
        Notice.RAPID_REVIEW_SUPPLEMENTED,
        ("The information that supplement_review told.", "The bearing that supplement_review"),
    ),
    (WITHHELD, Notice.PANEL_REPLIED, ("The reply that reply_to_panel told.",)),
    (
        WITHHELD,
        Notice.RAPID_REVIEW_DECIDED_AGAIN,
        ("This takes the place of what was sent to the Panel", GROUNDS),
    ),
    # LC-24: the reviewer's name.
    (PUBLISHED, Notice.REVIEWER_NAMED, (REVIEWER, "Monday 2 February 2026")),
    # LC-15: the delay, why, and when publication is expected.
    (
        PUBLISHED,
        Notice.DELAY_FORESEEN,
        ("The reasons that record_delay told.", "Thursday 20 April 2028"),
    ),
    # GOV-16: the decision on publication, and why there is none.
    (
        PUBLISHED,
        Notice.PUBLICATION_DECIDED,
        ("Decision The report is published.", "Friday 3 July 2026", REVIEWER),
    ),
    (
        WITHHELD,
        Notice.PUBLICATION_DECIDED,
        (
            "Decision The report is not published.",
            "The reasons that withhold_report told.",
            "Friday 3 July 2026",
        ),
    ),
    # PUB-26, PUB-27: the full report with its reviewer, before its day.
    (
        PUBLISHED,
        Notice.REPORT_PRE_SENT,
        (
            "What will be published The full text of the report below",
            "The overview that submit_draft told.",
            REVIEWER,
            "Friday 3 July 2026",
        ),
    ),
    # PUB-25: the information about improvements, and why there is no report.
    (
        WITHHELD,
        Notice.IMPROVEMENTS_PRE_SENT,
        (
            "Neither the report nor the reasons against its publication are published.",
            "The improvements that withhold_report told.",
            "The reasons that withhold_report told.",
            "Friday 3 July 2026",
        ),
    ),
    # PUB-26: what the partners did with what it said of the text.
    (
        WITHHELD,
        Notice.COMMENT_ANSWERED,
        ("The answer that answer_body_comment told.", "Your comment of Wednesday 24 June 2026"),
    ),
    # PUB-30: the report as published.
    (
        PUBLISHED,
        Notice.REPORT_PUBLISHED,
        ("The overview that submit_draft told.", REVIEWER, "Availability"),
    ),
    # PUB-24, PUB-25: that it is taken down, why, and what stands in its place.
    (
        PUBLISHED,
        Notice.REPORT_TAKEN_DOWN,
        (
            "Taken down on Monday 6 July 2026",
            "The reasons that propose_taking_down told.",
            "The improvements that propose_taking_down told.",
        ),
    ),
    # PUB-26: the full text again, before it is published again.
    (
        PUBLISHED,
        Notice.REISSUE_PRE_SENT,
        ("Monday 20 July 2026", "The reasons that propose_reissue told.", "The overview that"),
    ),
    # PUB-26: the changed full text, what has changed and why at once.
    (
        PUBLISHED,
        Notice.REPORT_REDACTED,
        ("Tuesday 21 July 2026", "The what_changed that", "The reasons that redact_published"),
    ),
    # PUB-30: what the repository is to do with what it holds.
    (
        PUBLISHED,
        Notice.REPOSITORY_TOLD,
        ("Changed on Tuesday 21 July 2026", "in the place of the one before"),
    ),
)
WITH_A_FILE = {
    Notice.REPORT_PRE_SENT,
    Notice.IMPROVEMENTS_PRE_SENT,
    Notice.REISSUE_PRE_SENT,
    Notice.REPORT_REDACTED,
    Notice.REPOSITORY_TOLD,
}
EACH = [
    (road, notice, recipient, words)
    for road, notice, words in TELLS
    for recipient in NOTICES[notice].recipients
]


def published(post: Post) -> None:
    """Late and told so, challenged, supplemented, delayed, published, taken down and back."""
    case = post.case
    case.decide().notify().scope()
    case.do(lateness.tell_lateness, say.tell_lateness(), MANAGER, "2025-12-29")
    case.meet().propose().sign(sign_off.sign_rapid_review, "2026-01-02", Seat.LOCAL_AUTHORITY)
    no = {"position": Position.DISAGREES}
    case.sign(sign_off.sign_rapid_review, "2026-01-02", Seat.POLICE, **no)
    as_it_stands = panel_factories.inform_of_unagreed()
    case.do(unagreed.inform_of_unagreed, as_it_stands, MANAGER, "2026-01-02")
    post.send("2026-01-02 11:00")
    case.propose().sign(sign_off.sign_rapid_review, "2026-01-05")
    post.send("2026-01-07 11:00")
    case.answer(PanelAnswer.QUERIES)
    challenge = panel_factories.lodge_challenge()
    case.do(panel_reply.lodge_challenge, challenge, PARTNER, "2026-01-20")
    case.answer(when="2026-01-26")
    more = panel_factories.supplement_review(reopens=False)
    case.do(supplement.supplement_review, more, CHAIR, "2026-01-26")
    case.commission().report().draft().sign(sign_off.sign_report, "2026-06-01")
    case.do(delay.record_delay, say.record_delay(), MANAGER, "2026-06-01")
    case.plan()
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-24")
    post.send("2026-06-24 11:00")
    case.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")
    taken_down_and_back(case, post.send)


def withheld(post: Post) -> None:
    """Queried, replied to, decided again, and only improvements published."""
    case = post.case
    case.decide().notify().scope().review().answer(PanelAnswer.QUERIES)
    reply = panel_factories.reply_to_panel()
    case.propose(when="2026-02-02").sign(sign_off.sign_rapid_review, "2026-02-04")
    case.do(panel_reply.reply_to_panel, reply, PARTNER, "2026-02-05")
    case.commission("2026-02-09").report().draft().sign(sign_off.sign_report, "2026-06-01")
    case.present()
    case.do(publication.withhold_report, say.withhold_report(), MANAGER, "2026-06-08")
    tell_staff(case.sign(sign_off.sign_publication, "2026-06-08"), "2026-06-08")
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-24")
    post.send("2026-06-24 11:00")
    for body in CommentingBody:
        comment_and_answer(case, "2026-06-24", body=body)
    post.send("2026-06-24 12:00")


@pytest.fixture(scope="module")
def handed(post_engine, _running_smtp_catcher) -> dict[str, list[Handed]]:
    """What every body was handed on both roads, by a real mail server and at the door."""
    catcher = _running_smtp_catcher
    catcher.forget()
    world: World = set_at_once(make_world(post_engine))
    found = {}
    for name, road in ((PUBLISHED, published), (WITHHELD, withheld)):
        office = Office(world, plain(catcher), world.store)
        post = Post(Telling(world), office, catcher)
        road(post)
        found[name] = list(post.handed())
    return found


def test_every_notice_stands_in_the_table():
    assert {notice for _road, notice, _words in TELLS} == set(Notice)


@pytest.mark.parametrize(
    ("road", "notice", "recipient", "words"),
    EACH,
    ids=[f"{road}-{notice}-{recipient}" for road, notice, recipient, _words in EACH],
)
def test_each_body_is_handed_what_was_stored_and_it_tells_what_it_must(
    road, notice, recipient, words, handed
):
    """PUB-25, PUB-26, PUB-30, GOV-16, RR-37, LC-15, LC-24: by SHA-256, and by its words."""
    one = to(handed[road], notice, recipient)
    assert one.dispatch.address == NOT_PRODUCTION.address_of(recipient)
    assert [sha256(stored).hexdigest() for stored in one.stored] == one.told
    if one.dispatch.is_collected:
        assert list(one.recorded) == one.told
        assert len(one.documents) == len(one.told)
    else:
        assert [sha256(document).hexdigest() for document in one.documents] == one.told
    assert len(one.documents) == len(NOTICES[notice].kinds) + (notice in WITH_A_FILE)
    text = type(text_of(one.documents[0]))(" ".join(map(text_of, one.documents)))
    assert [said for said in words if said not in text] == []
    assert b"/cases/" not in one.raw
