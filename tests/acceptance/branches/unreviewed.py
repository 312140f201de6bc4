"""Scenarios 10 and 3: not notified and reopened; a looked-after child's death, then neglect."""

from dataclasses import replace
from typing import Final

from services.casework.steps.meeting import Minutes
from services.casework.steps.referral import Care, Harm, Suspicion
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.steps import Step
from services.domain.todos import Todo
from services.domain.workflow import Outcome, PanelAnswer
from tests.acceptance.branches import ways
from tests.acceptance.branches.ways import PAPERS_OF_A_RAPID_REVIEW, PAPERS_OF_LEARNING
from tests.acceptance.chapters import notify, panel
from tests.acceptance.dates import moment
from tests.acceptance.ending import Ending
from tests.acceptance.family import COBBLEWICK, SNAPDRAGON, WHISTLEDOWN
from tests.acceptance.story import Story, Then

ENDING: Final = Ending(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    papers={
        DocumentKind.DECISION_NOT_TO_NOTIFY: 1,
        **PAPERS_OF_A_RAPID_REVIEW,
        **PAPERS_OF_LEARNING,
    },
)
DISPUTED: Final = ways.Way(
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
LOOKED_AFTER: Final = ways.Way(
    incident=notify.Incident(
        family=SNAPDRAGON,
        happened_on="Thu 30 Apr 2026",
        received_at="Fri 1 May 2026 11:30",
        harm=Harm.DEATH,
        suspicion=Suspicion.NEITHER,
        care=Care.LOOKED_AFTER,
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
    minutes=Minutes.INCLUDED,
)


def not_notified_reopened(story: Story) -> Ending:
    """The authority says no against two partners; toxicology makes it suspect, and all begins."""
    _is_disputed(story, DISPUTED)
    return _reopened(story, DISPUTED, ENDING)


def closed_and_reopened(story: Story) -> Ending:
    """The same, but the case was closed with its local learning: a second flow run carries on."""
    way = replace(DISPUTED, incident=replace(DISPUTED.incident, family=WHISTLEDOWN))
    _is_disputed(story, way)
    story.on("Wed 30 Sep 2026 10:00")
    notify.close_unreviewed(story, "Fri 30 Sep 2061")
    papers = {**ENDING.papers, DocumentKind.CLOSING_RECORD: 1}
    return _reopened(story, way, replace(ENDING, papers=papers, runs=2))


def _reopened(story: Story, way: ways.Way, ending: Ending) -> Ending:
    """Begin again from the new awareness; the first decision stays to be read."""
    story.on("Mon 9 Nov 2026 10:00")
    notify.reopen(
        story,
        "Toxicology shows that the child had swallowed an adult's medicine.",
        "Mon 9 Nov 2026 09:00",
        {
            "K1": "Mon 16 Nov 2026",
            "K5": "Wed 11 Nov 2026",
            "K7": "Wed 18 Nov 2026 to Thu 26 Nov 2026",
        },
    )
    story.shows("manager", "timeline", "Decision whether to notify made")
    _is_reviewed(story, way, "Tue 10 Nov 2026 10:00", "Tue 1 Dec 2026")
    ways.learnt(
        story,
        ways.Learning(
            agreed="Wed 2 Dec 2026 10:00",
            last_day="Fri 18 Dec 2026",
            done="Wed 16 Dec 2026 10:00",
            how="early",
            closed="Fri 18 Dec 2026 10:00",
            keep_until="Sun 18 Dec 2061",
        ),
    )
    return ending


def looked_after_death(story: Story) -> Ending:
    """The death is notified by itself; pathology suggests neglect, and the second duty begins."""
    _death_is_notified(story)
    story.on("Thu 14 May 2026 10:00")
    notify.reopen(
        story,
        "Pathology suggests neglect.",
        "Thu 14 May 2026 09:00",
        {
            "K1": "Thu 21 May 2026",
            "K5": "Mon 18 May 2026",
            "K7": "Tue 26 May 2026 to Wed 3 Jun 2026",
        },
    )
    _is_reviewed(story, LOOKED_AFTER, "Fri 15 May 2026 10:00", "Fri 12 Jun 2026")
    ways.learnt(
        story,
        ways.Learning(
            agreed="Mon 15 Jun 2026 10:00",
            last_day="Fri 31 Jul 2026",
            done="Thu 30 Jul 2026 10:00",
            how="early",
            closed="Mon 3 Aug 2026 10:00",
            keep_until="Wed 3 Aug 2061",
        ),
    )
    papers = {
        DocumentKind.DEATH_IN_CARE_RECORD: 1,
        **PAPERS_OF_A_RAPID_REVIEW,
        **PAPERS_OF_LEARNING,
    }
    return replace(ENDING, papers=papers)


def _is_disputed(story: Story, way: ways.Way) -> None:
    """Health and police would notify, the local authority would not: it decides, they are heard."""
    story.on(way.referred)
    then = Then(
        starts={"K5": "Wed 16 Sep 2026", "K7": "Wed 23 Sep 2026 to Thu 1 Oct 2026"},
        letters=(EmailTrigger.INCIDENT_REFERRED,),
    )
    notify.refer(story, way.incident, then)
    notify.record_awareness(story, way.aware_at, Then(starts={"K1": "Mon 21 Sep 2026"}))
    story.on("Thu 17 Sep 2026 10:00")
    notify.give_views(story, against=("council",), also=("scrutineer",))
    story.on("Fri 18 Sep 2026 10:00")
    decided = Then(
        papers=(DocumentKind.DECISION_NOT_TO_NOTIFY,), letters=(EmailTrigger.NOT_NOTIFIED,)
    )
    notify.decide(story, notify=False, then=decided)


def _death_is_notified(story: Story) -> None:
    """Tell the Secretary of State and Ofsted: no abuse is suspected, so no rapid review."""
    way = LOOKED_AFTER
    story.on(way.referred)
    notify.refer(story, way.incident, Then(letters=(EmailTrigger.INCIDENT_REFERRED,)))
    notify.record_awareness(story, way.aware_at, Then(starts={"K3": "Mon 11 May 2026"}))
    story.on("Fri 8 May 2026 10:00")
    story.does(
        "notifier",
        Todo.RECORD_LOOKED_AFTER_DEATH,
        {"sent_at": moment("Fri 8 May 2026 09:30"), "reference": "EXAMPLE-DEATH"},
        Then(
            meets={"K3": "early"},
            papers=(DocumentKind.DEATH_IN_CARE_RECORD,),
            letters=(EmailTrigger.CARE_DEATH_RECORDED,),
        ),
    )


def _is_reviewed(story: Story, way: ways.Way, forms_sent: str, answered: str) -> None:
    story.on(forms_sent)
    ways.scoped(story, way)
    story.on(way.notified)
    ways.record_notification(story, way)
    ways.met(story, way)
    ways.submitted(story, way)
    story.on(f"{answered} 10:00")
    panel.answers(story, answered, PanelAnswer.AGREES)
