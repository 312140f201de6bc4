"""PUB-29: a copy of a published report is given to who asks, also when its year is over."""

import pytest

from services.casework.steps.publication import (
    archived_copies,
    pre_publication,
    publication,
    publishing,
)
from services.casework.steps.sign_off import sign_off
from services.domain.dispatches import Notice
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import record_archived_copy, tell_staff
from tests.driven import Driven
from tests.kept import Traces

TEAM, MANAGER = Role.COMMUNICATIONS_LEAD, Role.BUSINESS_MANAGER
ACT = archived_copies.record_archived_copy
OVER = "2027-09-01"


@pytest.fixture
def published(case_at) -> Driven:
    """A case whose report is published."""
    return case_at(Stage.EMBEDDING)


def test_a_copy_is_asked_for_and_given_after_the_year(published, left_by):
    """PUB-29: who asked, when, and how they were given it."""
    said = record_archived_copy(asked_on=OVER, given_on=OVER)
    left = left_by(published, ACT, said, who=TEAM, when=OVER)
    assert left == Traces(entries=["copy_asked_for"])


def test_no_copy_is_refused_without_a_reason(published):
    """PUB-29: nor given at no time, in no way, or before it was asked for."""
    for field, but in (
        ("why_not", {"is_given": False}),
        ("given_on", {"given_on": None}),
        ("way", {"way": None}),
        ("given_on", {"given_on": "2026-07-05"}),
        ("given_on", {"given_on": "2027-09-02"}),
        ("asked_on", {"asked_on": "2026-07-02"}),
        ("asked_on", {"asked_on": "2027-09-02"}),
    ):
        with pytest.raises(AnswerRefused) as refused:
            published.do(ACT, record_archived_copy(**but), TEAM, OVER)
        assert refused.value.field == field
    declined = record_archived_copy(is_given=False, why_not=say.SAID)
    published.do(ACT, declined, TEAM, OVER)


def test_of_what_is_not_published_there_is_no_copy(case_at):
    """PUB-29: improvements in place of a report are no report."""
    case = case_at(Stage.PUBLICATION)
    case.do(publication.withhold_report, say.withhold_report(), MANAGER, "2026-06-08")
    case.present().sign(sign_off.sign_publication, "2026-06-09")
    tell_staff(case, "2026-06-09")
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-24")
    case.send_out("2026-06-24", Notice.IMPROVEMENTS_PRE_SENT)
    case.do(publishing.publish_improvements, say.publish(), MANAGER, "2026-07-03")
    with pytest.raises(RuleBroken, match="no copy"):
        case.do(ACT, record_archived_copy(), TEAM, "2026-07-06")
