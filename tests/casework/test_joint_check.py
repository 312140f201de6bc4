"""PUB-16: in a joint review a report is compared with what each partnership knows of its case."""

from services.casework.engine.known_beside import known_beside_fellows
from services.casework.steps.known_of_case import known_of_report
from services.casework.steps.referral.referral_correction import correct_referral
from services.database.cases import get_case
from services.domain.anonymity.checking import ReportChecker
from services.domain.anonymity.known import HitKind, Passage
from services.domain.roles import Role
from services.domain.workflow import Step
from tests import factories as say
from tests.sent_out import working
from tests.two_notified import both_notified, keyline

WHEN = "2026-01-05 10:00"


def test_a_fellow_partnerships_own_names_days_and_places_are_found(ready_by):
    """PUB-16: who leads is told that they are a fellow's, and no more than stands in the report."""
    joint = ready_by(both_notified)
    child = say.child(name="Kit Sprocket", born_on="2019-04-02")
    theirs = say.correct_referral(children=(child,), place="Dunmere")
    joint.own.do(correct_referral, theirs, Role.BUSINESS_MANAGER, "2025-12-16")
    said = "Kit and Robin Example were in Dunmere on 2 April 2019 and 3 March 2024."
    context = working(joint.world, keyline(joint.driven), joint.case_id, Step.COMMISSION, WHEN)
    with context.transaction() as work:
        known = known_of_report(work, get_case(work.session, joint.case_id))
    found = ReportChecker(known_beside_fellows(context, known)).hits([Passage("x", said)], "")
    assert [(one.words, one.kind) for one in found] == [
        ("Kit", HitKind.FELLOW_NAME),
        ("Robin Example", HitKind.CHILD_NAME),
        ("Dunmere", HitKind.FELLOW_PLACE),
        ("2 April 2019", HitKind.FELLOW_DAY),
        ("3 March 2024", HitKind.BIRTH_DAY),
    ]
    assert all(one.is_certain and one.is_waited_for for one in HitKind if "fellow" in one)
    alone = ReportChecker(known).hits([Passage("x", said)], "")
    assert {one.kind for one in alone if one.kind.is_certain} == {
        HitKind.CHILD_NAME,
        HitKind.BIRTH_DAY,
    }
