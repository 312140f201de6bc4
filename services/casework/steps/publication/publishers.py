"""The publishers of one review: each sends the text ahead and publishes at its own address.

A partnership that publishes jointly does so by acts of its own, on its own case. K12 and K13 are
proved once for each publisher; the clocks of the review run once, on the case that leads, and are
met when the last of the publishers is (rules.md 4, PUB-26, PUB-29).
"""

from collections.abc import Sequence

from services.casework.answers_as_text import names_of_people
from services.casework.effects import place_order
from services.casework.joint.matters import as_member
from services.casework.joint.membership import members_with, part_in_matter
from services.casework.joint.orders import AskToPublish
from services.casework.steps.rounds.publishers_held import fellow_publishers
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.history import count
from services.database.joint_reviews import JointMembership
from services.database.reviewers import names_handed_over, reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage, Step


def publishers_beside(work: UnitOfWork, case: Case) -> Sequence[JointMembership]:
    """Return who publishes with the case that leads; once all have published, who did."""
    part = part_in_matter(work, case, SignOffMatter.PUBLICATION)
    if part is None or case.stage is Stage.PUBLICATION:
        return fellow_publishers(work, case)
    found = (one for one in members_with(work, part) if one.tenant_id != case.tenant_id)
    return [one for one in found if as_member(one).publishes]


def ask_publishers(work: UnitOfWork, case: Case, *, all_sent: bool) -> None:
    """Order that each of them is asked to send the text; once all have, to publish it."""
    round_ = round_of(work, case, SignOffMatter.PUBLICATION)
    for other in fellow_publishers(work, case):
        assert case.publish_on is not None  # noqa: S101 - the plan that was signed names the day
        order = AskToPublish(
            partnership_id=other.tenant_id,
            joint_review_id=other.joint_review_id,
            round=round_,
            publishes=bool(case.publishes),
            publish_on=case.publish_on,
            all_sent=all_sent,
            since=count(work.session, case.id) if all_sent else 0,
        )
        place_order(work, CaseId(case.id), Step.PUBLISH, order)


def subject_of(publisher: object, round_: int, dispatch: object = "") -> str:
    """Return what an entry on a publisher's sending or publication is about.

    The text may be sent again: each sending is told of by its newest dispatch.
    """
    return f"{publisher}:{round_}:{dispatch}"


def reviewers_name(work: UnitOfWork, case: Case) -> str:
    """Return the names that every published report carries (PUB-27)."""
    people = reviewers_to_name(work.session, case.id)
    named = names_of_people(work, people, names_handed_over(work.session, case.id))
    return ", ".join(named.values())
