"""Scenarios 10 and 3: not notified and reopened; a looked-after child's death, then neglect."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Outcome, PanelAnswer, Step
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import notify, panel
from tests.acceptance.dates import moment
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import COBBLEWICK, SNAPDRAGON, WHISTLEDOWN
from tests.acceptance.story import Story

EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={
        DocumentKind.DECISION_NOT_TO_NOTIFY: 1,
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        **DOCUMENTS_OF_LEARNING,
    },
)
DISPUTED: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=COBBLEWICK, happened_on="Sun 13 Sep 2026", received_at="Mon 14 Sep 2026 09:00"
    ),
    aware_at="Mon 14 Sep 2026 08:30",
    referred="Mon 14 Sep 2026 10:00",
    notified="Fri 13 Nov 2026 10:00",
    returned="Mon 16 Nov 2026 10:00",
    meets="Thu 19 Nov 2026 14:00",
    signed="Mon 23 Nov 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K4": "Mon 16 Nov 2026",
        "K6": "Tue 17 Nov 2026",
        "K8": "Mon 23 Nov 2026",
        "K9": "Thu 26 Nov 2026",
        "K10": "Fri 4 Dec 2026",
    },
    how={"K2": "on the day", "K8": "on the day"},
)
LOOKED_AFTER: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=SNAPDRAGON,
        happened_on="Thu 30 Apr 2026",
        received_at="Fri 1 May 2026 11:30",
        harm="death",
        suspicion="neither",
        statuses=("looked_after",),
    ),
    aware_at="Fri 1 May 2026 11:00",
    referred="Fri 1 May 2026 12:00",
    notified="Tue 19 May 2026 10:00",
    returned="Thu 21 May 2026 10:00",
    meets="Wed 27 May 2026 14:00",
    signed="Fri 29 May 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K4": "Wed 20 May 2026",
        "K6": "Fri 22 May 2026",
        "K8": "Fri 29 May 2026",
        "K9": "Wed 3 Jun 2026",
        "K10": "Wed 10 Jun 2026",
    },
    how={"K8": "on the day"},
    minutes="tabled",
)


def not_notified_reopened(story: Story) -> ExpectedEnd:
    """The authority does not notify, against two partners; toxicology reopens the case."""
    _dispute(story, DISPUTED)
    return _reopen(story, DISPUTED, EXPECTED_END)


def closed_and_reopened(story: Story) -> ExpectedEnd:
    """The same, but the case was closed before: a second flow run carries it."""
    review = replace(DISPUTED, incident=replace(DISPUTED.incident, family=WHISTLEDOWN))
    _dispute(story, review)
    story.on("Wed 30 Sep 2026 10:00")
    notify.close_unreviewed(story, "Fri 30 Sep 2061")
    documents = {**EXPECTED_END.documents, DocumentKind.CLOSING_RECORD: 1}
    return _reopen(story, review, replace(EXPECTED_END, documents=documents, runs=2))


def _reopen(story: Story, review: shared_steps.RapidReview, expected: ExpectedEnd) -> ExpectedEnd:
    """Reopen the case from the new awareness; the first decision stays in the timeline."""
    story.on("Mon 9 Nov 2026 10:00")
    notify.reopen(
        story,
        "Mon 9 Nov 2026 09:00",
        {
            "K1": "Mon 16 Nov 2026",
            "K5": "Wed 11 Nov 2026",
            "K7": "Wed 18 Nov 2026 to Thu 26 Nov 2026",
        },
    )
    story.shows("manager", "timeline", "Decision whether to notify made")
    _review(story, review, "Tue 10 Nov 2026 10:00", "Tue 1 Dec 2026")
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Wed 2 Dec 2026 10:00",
            last_day="Fri 18 Dec 2026",
            done="Wed 16 Dec 2026 10:00",
            how="early",
            closed="Fri 18 Dec 2026 10:00",
            keep_until="Sun 18 Dec 2061",
        ),
    )
    return expected


def looked_after_death(story: Story) -> ExpectedEnd:
    """The death alone is notified; then pathology suggests neglect, and the second duty begins."""
    _notify_death(story)
    story.on("Thu 14 May 2026 10:00")
    notify.reopen(
        story,
        "Thu 14 May 2026 09:00",
        {
            "K1": "Thu 21 May 2026",
            "K5": "Mon 18 May 2026",
            "K7": "Tue 26 May 2026 to Wed 3 Jun 2026",
        },
    )
    _review(story, LOOKED_AFTER, "Fri 15 May 2026 10:00", "Fri 12 Jun 2026")
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 15 Jun 2026 10:00",
            last_day="Fri 31 Jul 2026",
            done="Thu 30 Jul 2026 10:00",
            how="early",
            closed="Mon 3 Aug 2026 10:00",
            keep_until="Wed 3 Aug 2061",
        ),
    )
    documents = {
        DocumentKind.DEATH_IN_CARE_RECORD: 1,
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        **DOCUMENTS_OF_LEARNING,
    }
    return replace(EXPECTED_END, documents=documents)


def _dispute(story: Story, review: shared_steps.RapidReview) -> None:
    """Health and police would notify, the local authority decides not to."""
    story.on(review.referred)
    expected = Expected(
        starts={"K5": "Wed 16 Sep 2026", "K7": "Wed 23 Sep 2026 to Thu 1 Oct 2026"},
        emails=(EmailTrigger.DECLARATION_NEEDED,),
    )
    notify.refer(story, review.incident, expected)
    notify.record_awareness(story, review.aware_at, Expected(starts={"K1": "Mon 21 Sep 2026"}))
    story.on("Thu 17 Sep 2026 10:00")
    notify.give_views(story, against=("council",), also=("scrutineer",))
    story.on("Fri 18 Sep 2026 10:00")
    decided = Expected(
        meets={"K2": "on the day"},
        documents=(DocumentKind.DECISION_NOT_TO_NOTIFY,),
        emails=(EmailTrigger.NOT_NOTIFIED, EmailTrigger.AGENCIES_STOOD_DOWN),
    )
    notify.decide(story, notify=False, expected=decided)


def _notify_death(story: Story) -> None:
    """Tell the Secretary of State and Ofsted: no abuse is suspected, so no rapid review."""
    review = LOOKED_AFTER
    story.on(review.referred)
    notify.refer(story, review.incident, Expected(emails=(EmailTrigger.DECLARATION_NEEDED,)))
    notify.record_awareness(story, review.aware_at, Expected(starts={"K3": "Mon 11 May 2026"}))
    story.on("Fri 8 May 2026 10:00")
    story.does(
        "notifier",
        "record_looked_after_death",
        {"sent_at": moment("Fri 8 May 2026 09:30")},
        Expected(
            meets={"K3": "early"},
            documents=(DocumentKind.DEATH_IN_CARE_RECORD,),
        ),
    )


def _review(story: Story, review: shared_steps.RapidReview, forms_sent: str, answered: str) -> None:
    story.on(forms_sent)
    shared_steps.send_forms(story, review)
    story.on(review.notified)
    shared_steps.record_notification(story, review)
    shared_steps.prepare_and_meet(story, review)
    shared_steps.decide_and_submit(story, review)
    story.on(f"{answered} 10:00")
    panel.answers(story, answered, PanelAnswer.AGREES)
