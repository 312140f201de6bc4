"""What the partners sign changes under their signatures, or one of them disagrees: nobody outvotes.

Two of the three branches are in time. In the third the dissent outlasts the last day: the Panel is
told of it before, nothing is sent until every seat agrees, by the lead of the force in place of its
delegate, and what is sent then is late.
"""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import PanelAnswer
from tests.acceptance.answers import Labelled
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.branches.wrong_mailbox import LEARNING
from tests.acceptance.chapters import dispatches, panel, rapid_review
from tests.acceptance.chapters.signing import scrutineer_opines
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import BETONY, CAMPION, TOADFLAX, Family
from tests.acceptance.story import Story

BRIEFED: Final = without_lcspr.BRIEFED
DISSENT: Final = "The alert of 2 September is not weighed. This is an example."
WEIGHED: Final = "The alert of 2 September is weighed: it came after the injury. An example."
SPOKEN: Final = "The partners went through the alert with the scrutineer. An example."
LEAD: Final = "The chief constable"
TO_RESOLVE: Final = "Resolve the disagreement between the partners"
LEADS_ASKED: Final = "Put the disagreement to the partners' named leads"
FOUND: Final = "The school had told the hospital on 1 September. This is an example."


def undone_by_an_edit(story: Story) -> ExpectedEnd:
    """A signature is bound to the words: they change, and everybody signs afresh (RR-30)."""
    review = _begin(story, TOADFLAX)
    story.does("council", "sign_rapid_review", {"reasons": "Agreed as it is put."})
    story.does("icb", "sign_rapid_review")
    written = Expected(emails=(EmailTrigger.RECORD_TO_AGREE,))
    story.does("chair", "write_record", {"facts": FOUND}, written)
    changed = Refusal(says="changed after it was put", status=409)
    story.is_refused("police", "sign_rapid_review", {}, changed)
    shared_steps.propose(story, review)
    for words in ("What has changed since round 1", FOUND, "Agreed as it is put.", "Waiting since"):
        story.shows("police", "sign-off/rapid-review", words)
    story.shows("manager", "", "0 of 3 have signed, round 2")
    shared_steps.sign_and_submit(story, review)
    return _to_the_end(story)


def dissent_resolved(story: Story) -> ExpectedEnd:
    """The police disagree; the scrutineer supports a way out, and its second version is agreed."""
    review = _begin(story, CAMPION)
    _police_disagrees(story)
    scrutineer_opines(story, "rapid_review")
    _is_not_replaced(story)
    found = {"result": "new_version", "held_on": day("Thu 10 Sep 2026"), "account": SPOKEN}
    story.does("chair", "record_dialogue", found)
    story.shows("manager", "", SPOKEN)
    story.shows("manager", "timeline", "it decides nothing")
    shared_steps.propose(story, review, grounds=WEIGHED)
    for words in ("What has changed since round 1", WEIGHED, DISSENT):
        story.shows("police", "sign-off/rapid-review", words)
    shared_steps.sign_and_submit(story, review)
    story.shows("manager", "", DISSENT)
    return _to_the_end(story)


def _is_not_replaced(story: Story) -> None:
    """No lead speaks for the force before the partners have spoken with each other (GOV-12)."""
    first = Refusal(says="Choose an answer: which position")
    lead = {"signature": None, "named_lead": LEAD}
    story.is_refused("manager", "replace_position", lead, first)


def dissent_makes_late(story: Story) -> ExpectedEnd:
    """No agreement by the last day: the Panel is told before it, and gets the review after it."""
    _begin(story, BETONY)
    _police_disagrees(story)
    _is_not_resolved(story)
    _is_told_before_the_last_day(story)
    _is_sent_for_information(story)
    story.on("Tue 22 Sep 2026 10:00")
    story.still_runs("K10", "Mon 21 Sep 2026")
    _is_not_sent(story, "Tue 22 Sep 2026 09:30")
    story.on("Wed 23 Sep 2026 10:00")
    _lead_agrees(story)
    late = "One partner disagreed until this morning."
    story.is_refused(
        "manager",
        "submit",
        {"submitted_at": moment("Wed 23 Sep 2026 10:00"), "late_reason": None},
        Refusal(field="late_reason", says="Enter why it was late"),
    )
    met = {"K8": "late", "K9": "late", "K10": "late"}
    rapid_review.submit(story, "Wed 23 Sep 2026 10:00", met, late_reason=late)
    story.shows("manager", "", DISSENT)
    end = _to_the_end(story)
    return replace(end, documents={**end.documents, DocumentKind.LATENESS_NOTICE: 2})


def _is_not_resolved(story: Story) -> None:
    """The way out ends without agreement on its last day; the leads are asked (GOV-11)."""
    story.on("Mon 14 Sep 2026 10:00")
    held = {"held_on": day("Mon 14 Sep 2026"), "account": SPOKEN}
    told = Expected(emails=(EmailTrigger.DISAGREEMENT_TOLD,))
    story.does("chair", "record_dialogue", held, told)
    story.reads("manager", "/", f"{LEADS_ASKED}: the rapid review", story.reference)


def _lead_agrees(story: Story) -> None:
    """The lead agrees in the place of the delegate, whose dissent stays in sight (GOV-12)."""
    own = story.place.people["police"]
    position = {
        "signature": Labelled("The rapid review: police"),
        "position": "agrees",
        "reasons": WEIGHED,
        "named_lead": LEAD,
    }
    delegate = Refusal(field="named_lead", says="A delegate does not replace their own position")
    story.is_refused("manager", "replace_position", {**position, "named_lead": own}, delegate)
    story.does("manager", "replace_position", position, rapid_review.with_papers(Expected()))
    for words in ("a position was replaced", DISSENT, LEAD, WEIGHED, SPOKEN):
        story.shows("council", "", words)


def _begin(story: Story, family: Family) -> shared_steps.RapidReview:
    """Carry a review to the decision before the partners, on the day of its meeting."""
    review = replace(BRIEFED, incident=replace(BRIEFED.incident, family=family))
    shared_steps.refer_and_notify(story, review)
    shared_steps.send_forms(story, review)
    shared_steps.prepare_and_meet(story, review)
    shared_steps.propose(story, review)
    return review


def _police_disagrees(story: Story) -> None:
    """Two of three agree, and there is no majority (GOV-11)."""
    for who in ("council", "icb"):
        story.does(who, "sign_rapid_review")
    said = {"position": "disagrees", "reasons": DISSENT}
    told = Expected(emails=(EmailTrigger.DISAGREEMENT_TOLD,))
    story.does("police", "sign_rapid_review", said, told)
    for words in ("Nothing is decided while a partner disagrees", DISSENT):
        story.shows("manager", "", words)
    story.shows("manager", "timeline", "position on a sign-off: disagrees")
    story.reads("chair", "/", "Propose the decision", story.reference)
    for who in ("chair", "council"):
        story.reads(who, "/", f"{TO_RESOLVE}: the rapid review", story.reference)
    _is_not_sent(story, BRIEFED.meets)


def _is_not_sent(story: Story, at: str) -> None:
    """Gate G4 stays shut: nothing goes to the Panel without every seat (RR-30)."""
    unsigned = Refusal(says="All partners sign", status=409)
    story.is_refused("manager", "submit", {"submitted_at": moment(at)}, unsigned)


def _is_told_before_the_last_day(story: Story) -> None:
    """The secretariat is told one working day before, with reason and new day (RR-37)."""
    story.on("Fri 18 Sep 2026 10:00")
    said = {"reasons": "One partner disagrees.", "expected_on": day("Wed 23 Sep 2026")}
    notice = DocumentKind.LATENESS_NOTICE
    story.does("manager", "tell_lateness", said, Expected(documents=(notice,)))
    dispatches.confirm(story, notice, EmailTrigger.LATENESS_FORECAST)


def _is_sent_for_information(story: Story) -> None:
    """The Panel gets what is not agreed, marked so; no clock is met by it (GOV-11)."""
    record = Expected(documents=(DocumentKind.RAPID_REVIEW_RECORD,))
    story.does("manager", "inform_of_unagreed", expected=record)
    dispatches.send_by_hand(story, day("Fri 18 Sep 2026"))
    story.still_runs("K10", "Mon 21 Sep 2026")


def _to_the_end(story: Story) -> ExpectedEnd:
    """Let the Panel agree, and act on the learning; each round has a record of its own."""
    story.on("Wed 30 Sep 2026 10:00")
    panel.answers(story, "Wed 30 Sep 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
    documents = {
        **without_lcspr.EXPECTED_END.documents,
        DocumentKind.RAPID_REVIEW_RECORD: 6,
    }
    return replace(without_lcspr.EXPECTED_END, documents=documents)
