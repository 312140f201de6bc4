"""Three siblings of whom one is looked after and dies; a birth date is corrected once notified."""

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
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import PRIMROSE
from tests.acceptance.story import Story

SIBLINGS: Final = tuple(
    {
        "name": name,
        "born_on": day(born),
        "harm": "serious_harm",
        "role": "harmed",
        "sex": "not_known",
        "statuses": statuses,
    }
    for name, born, statuses in (
        ("Lancelot Primrosebury", "Mon 18 Aug 2014", ("child_protection_plan", "child_in_need")),
        ("Guinevere Primrosebury", "Fri 22 Apr 2016", ("none",)),
    )
)
# A brother who was not there, and whom the agencies that are asked look for too.
BROTHER: Final = {
    "name": "Bedivere Primrosebury",
    "relations": ("sibling",),
    "child": 2,
    "age": 16,
    "lives_with": "no",
    "statuses": ("child_in_need",),
    "note": "Lives with his father.",
}
DEATH: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=PRIMROSE,
        happened_on="Tue 25 Aug 2026",
        received_at="Thu 27 Aug 2026 09:30",
        harm="death",
        statuses=("looked_after", "child_in_need"),
        siblings=SIBLINGS,
        household=(BROTHER,),
    ),
    aware_at="Wed 26 Aug 2026 15:00",
    referred="Thu 27 Aug 2026 10:00",
    notified="Fri 28 Aug 2026 10:00",
    returned="Thu 3 Sep 2026 10:00",
    meets="Thu 10 Sep 2026 14:00",
    signed="Mon 14 Sep 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K1": "Thu 3 Sep 2026",
        "K3": "Thu 3 Sep 2026",
        "K4": "Tue 1 Sep 2026",
        "K5": "Tue 1 Sep 2026",
        "K6": "Mon 7 Sep 2026",
        "K7": "Tue 8 Sep 2026 to Wed 16 Sep 2026",
        "K8": "Mon 14 Sep 2026",
        "K9": "Thu 17 Sep 2026",
        "K10": "Mon 21 Sep 2026",
    },
    how={"K8": "on the day"},
    minutes="tabled",
)
EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        **DOCUMENTS_OF_LEARNING,
        DocumentKind.REFERRAL: 2,
        DocumentKind.NOTIFICATION_RECORD: 2,
        DocumentKind.DEATH_IN_CARE_RECORD: 2,
    },
)


def drive(story: Story) -> ExpectedEnd:
    """K3 begins for the child who died; both duties are met, and the referral is put right."""
    review = DEATH
    _refer(story, review)
    story.on(review.notified)
    shared_steps.record_notification(story, review)
    _tell_of_the_death(story, review)
    story.does("manager", "link_death_review")
    told = {"told_on": day("Fri 28 Aug 2026")}
    story.does(review.incident.referred_by, "attest_inspectorate", told)
    _correct(story, review)
    shared_steps.send_forms(story, review)
    shared_steps.prepare_and_meet(story, review)
    shared_steps.decide_and_submit(story, review)
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 5 Oct 2026 10:00",
            last_day="Fri 30 Oct 2026",
            done="Fri 30 Oct 2026 10:00",
            how="on the day",
            closed="Mon 9 Nov 2026 10:00",
            keep_until="Wed 9 Nov 2061",
        ),
    )
    return EXPECTED_END


def _refer(story: Story, review: shared_steps.RapidReview) -> None:
    """A sibling of forty and a brother not born yet are refused; then K1 and K3 begin together."""
    story.on(review.referred)
    of_age = tuple({**one, "born_on": day("Thu 18 Aug 1983")} for one in SIBLINGS)
    wrong = notify.referral(replace(review.incident, siblings=of_age))
    story.is_refused(
        review.incident.referred_by,
        "refer",
        wrong,
        Refusal(field="children-1-born_on", says="no child"),
    )
    to_be_born = {**BROTHER, "age": None, "born_on": day("Mon 18 Aug 2031")}
    wrong = notify.referral(replace(review.incident, household=(to_be_born,)))
    story.is_refused(
        review.incident.referred_by,
        "refer",
        wrong,
        Refusal(field="family_members-1-born_on", says="in the future"),
    )
    expected = Expected(starts=review.starts("K5", "K7"), emails=(EmailTrigger.DECLARATION_NEEDED,))
    notify.refer(story, review.incident, expected)
    aware = Expected(starts=review.starts("K1", "K3"))
    notify.record_awareness(story, review.aware_at, aware)
    notify.give_views(story)


def _tell_of_the_death(story: Story, review: shared_steps.RapidReview) -> None:
    """The death of the looked-after child is told of besides the notification (NOT-05)."""
    expected = Expected(meets=review.met("K3"), documents=(DocumentKind.DEATH_IN_CARE_RECORD,))
    sent = {"sent_at": moment(review.notified)}
    story.does("notifier", "record_looked_after_death", sent, expected)


def _correct(story: Story, review: shared_steps.RapidReview) -> None:
    """A sister's birth date was wrong: the papers are made again, and no clock moves."""
    brother, sister = SIBLINGS
    right = {**sister, "born_on": day("Sun 24 Apr 2016")}
    said = notify.referral(replace(review.incident, siblings=(brother, right)))
    remade = (
        DocumentKind.REFERRAL,
        DocumentKind.NOTIFICATION_RECORD,
        DocumentKind.DEATH_IN_CARE_RECORD,
    )
    story.does("notifier", "correct_referral", said, Expected(documents=remade))
    story.shows("manager", "timeline", "Referral corrected")
    story.shows("manager", "", "Sunday 24 April 2016")
    story.shows("manager", "", "Bedivere Primrosebury")
