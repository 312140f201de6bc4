"""Joint reviews that go otherwise: declined, revoked on the way, or a rapid review alone."""

from collections.abc import Mapping, Sequence
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import Outcome, PanelAnswer, Step
from tests.acceptance.branches import joint_steps, shared_steps
from tests.acceptance.chapters import joint, meeting, panel, rapid_review, scoping
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import Ends, ExpectedEnd
from tests.acceptance.fixtures import CLOUDBERRY, MARIGOLD, TEASELWOOD
from tests.acceptance.joint_story import JointStory
from tests.acceptance.story import Story

UNTIL: Final = "Wed 30 Sep 2026"
LONGER: Final = "Fri 30 Oct 2026"
COMMENT: Final = "The day of the visit is another one in our notes. This is an example."
ANSWERED: Final = "Thu 9 Apr 2026"
LEARNING: Final = shared_steps.Learning(
    agreed="Mon 20 Apr 2026 10:00",
    last_day="Fri 29 May 2026",
    done="Thu 28 May 2026 10:00",
    how="early",
    closed="Mon 8 Jun 2026 10:00",
    keep_until="Wed 8 Jun 2061",
)
NOT_NEEDED: Final = frozenset({Step.COMMISSION, Step.PUBLISH})
ALONE: Final = {
    **shared_steps.DOCUMENTS_OF_A_RAPID_REVIEW,
    **shared_steps.DOCUMENTS_OF_LEARNING,
}
JOINING: Final = {
    DocumentKind.SCOPING_LETTER: 2,
    DocumentKind.SCOPING_FORM: 4,
    DocumentKind.SCOPING_RETURN: 2,
    **shared_steps.DOCUMENTS_OF_LEARNING,
}
SIGNED: Final = {DocumentKind.SIGNED_RECORD: 3}
RAPID: Final = joint_steps.of_residence(MARIGOLD, Outcome.NO_FURTHER_REVIEW)
REVOKED: Final = joint_steps.of_residence(CLOUDBERRY, Outcome.NO_FURTHER_REVIEW)
DECLINED: Final = joint_steps.of_residence(TEASELWOOD, Outcome.NO_FURTHER_REVIEW)


def rapid_review_only(both: JointStory) -> Ends:
    """Two areas decide together that no further review follows; each has a plan of its own."""
    begin(both, RAPID)
    joins(both, "jointly_deciding")
    joint.asks_for_longer(both, LONGER)
    both_scope(both, RAPID)
    joint_steps.propose(both, RAPID)
    both.on(RAPID.signed)
    decided = rapid_review.with_papers(Expected())
    joint.all_sign(both, "sign_rapid_review", Step.SUBMIT, decided)
    submit(both, RAPID)
    return end(both, {**JOINING, **SIGNED})


def revoked(both: JointStory) -> Ends:
    """The lead ends what it shows in mid-review: sight is gone, and nothing of its own stops."""
    begin(both, REVOKED)
    joins(both, "contributing")
    both_scope(both, REVOKED)
    joint.comments(both, COMMENT)
    joint.revoke(both)
    joint.answers_comment(both)
    answers = rapid_review.proposal(REVOKED.outcome, met=True, on=joint_steps.MET_ON)
    rapid_review.propose(both.lead, answers)
    both.on(REVOKED.signed)
    decided = rapid_review.with_papers(joint.FILED)
    joint.all_of_one_sign(both.lead, "sign_rapid_review", decided)
    submit(both, REVOKED)
    return end(both, JOINING)


def declined(both: JointStory) -> Ends:
    """An invitation is withdrawn, and another one declined: the area goes on alone."""
    begin(both, DECLINED)
    withdrawn = withdraws(both)
    invite(both, "jointly_publishing")
    joint.answer(both, both.other, {"answer": "asked"})
    joint.answer(both, both.other, {"answer": "declined"})
    joint.reads_nothing(both)
    hear_and_meet(both, [both.lead], DECLINED)
    shared_steps.decide_and_submit(both.lead, DECLINED)
    both.on(f"{ANSWERED} 10:00")
    panel.answers(both.lead, ANSWERED, PanelAnswer.AGREES)
    shared_steps.act_on_learning(both.lead, LEARNING)
    joint_steps.check_both(both)
    return [
        (both.lead, ExpectedEnd(not_needed=NOT_NEEDED, documents=ALONE)),
        (both.other, joint_steps.INVITATION_ENDS),
        (withdrawn, joint_steps.INVITATION_ENDS),
    ]


def begin(both: JointStory, review: shared_steps.RapidReview) -> None:
    """Only the area where the child lives has begun; the other never heard of the incident."""
    shared_steps.refer_and_notify(both.lead, review)
    shared_steps.send_forms(both.lead, review)
    meeting.set_date(both.lead, review.meets, review.met("K4"))


def invite(both: JointStory, part: str) -> None:
    """Invite: the case that is opened for the invitation is the only one over there."""
    both.on("Fri 6 Mar 2026 10:00")
    joint.invite(both, joint.Invitation(part=part, ends_on=UNTIL))
    both.other.case_id = joint.approve(both)
    joint.arrives(both.other)


def withdraws(both: JointStory) -> Story:
    """The part that was offered was a mistake: the first invitation is taken back unanswered.

    Return the case that was opened for it.
    """
    both.on("Fri 6 Mar 2026 10:00")
    joint.invite(both, joint.Invitation(part="consulted", ends_on=UNTIL))
    first = both.open_beside(joint.approve(both))
    joint.arrives(first)
    joint.withdraw(both, first)
    return first


def joins(both: JointStory, part: str) -> None:
    """Accept without a case of one's own: the one opened for the invitation joins (RR-29)."""
    invite(both, part)
    both.shared = True
    joint.answer(both, both.other, {"answer": "accepted"})
    both.other.all_open_the_case(*both.other.place.partners)
    joint.share(both.other, both.lead.place.name, UNTIL)
    joint.each_reads_the_other(both)


def both_scope(both: JointStory, review: shared_steps.RapidReview) -> None:
    """The joining side asks its own agencies too, and each side hears its own."""
    scoping.send_forms_unseen(both.other, shared_steps.AGENCIES, back_by="Fri 13 Mar 2026")
    hear_and_meet(both, both.sides, review)


def hear_and_meet(
    both: JointStory, sides: Sequence[Story], review: shared_steps.RapidReview
) -> None:
    """The agencies of these sides answer; the lead holds the meeting and writes its record."""
    both.on(review.returned)
    for story in sides:
        for agency in shared_steps.AGENCIES:
            scoping.return_form(story, agency, "early")
    scoping.accept_pack(both.lead)
    both.on(review.meets)
    expected = Expected(starts=review.starts("K8", "K9"), meets=review.met("K7"))
    meeting.hold(both.lead, joint_steps.MET_ON, expected)
    rapid_review.write_record(both.lead)
    rapid_review.answer_criteria(both.lead)


def submit(both: JointStory, review: shared_steps.RapidReview) -> None:
    """The lead sends the review to the Panel, which agrees: what is carried together has ended."""
    rapid_review.submit(both.lead, review.signed, review.met("K8", "K9", "K10"))
    both.on(f"{ANSWERED} 10:00")
    both.shared = False
    panel.answers(both.lead, ANSWERED, PanelAnswer.AGREES)


def end(both: JointStory, documents: Mapping[DocumentKind, int]) -> Ends:
    """Each side acts on an action plan of its own."""
    joint_steps.act_on_learning(both, LEARNING)
    joint_steps.check_both(both)
    agreed = {DocumentKind.LEAD_AGREEMENT: 1}
    other = ExpectedEnd(not_needed=NOT_NEEDED, documents={**documents, **agreed}, runs=2)
    lead = ExpectedEnd(not_needed=NOT_NEEDED, documents={**ALONE, **SIGNED, **agreed}, runs=2)
    return [(both.lead, lead), (both.other, other)]
