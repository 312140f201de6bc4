"""Gates G1 and G2: the referral, awareness, the partners' views, the decision, the notification."""

from dataclasses import dataclass
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from tests.acceptance.answers import Answers
from tests.acceptance.dates import day, moment
from tests.acceptance.fixtures import Family
from tests.acceptance.story import Expected, Story

PARTNERS: Final = ("council", "icb", "police")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What happened, to whom, and when the partnership heard of it."""

    family: Family
    happened_on: str
    received_at: str
    harm: str = "the child was seriously harmed"
    suspicion: str = "suspected"
    care: str = "none of these"
    referred_by: str = "hospital"


def refer(story: Story, incident: Incident, expected: Expected) -> None:
    """The agency that met the child refers the incident."""
    story.secrets.update(incident.family.secrets())
    story.does(incident.referred_by, "refer", referral(incident), expected)


def referral(incident: Incident) -> Answers:
    """Return the referral as the agency fills it in."""
    family = incident.family
    child = {
        "name": family.child,
        "born_on": family.born_on,
        "sex": "Girl or boy, as the family says",
        "ethnicity": "White British",
        "care": incident.care,
    }
    return {
        "harm": incident.harm,
        "incident_on": day(incident.happened_on),
        "place": "At home, in an invented town",
        "children": (child,),
        "suspicion": incident.suspicion,
        "suspicion_reasons": f"{family.child} was brought in with injuries that the account of "
        f"{family.parent} does not explain. This is an example.",
        "seriousness": "Impairment that may last. Recovery would not make it less serious.",
        "family": family.description,
        "siblings_safety": "There are no other children in the household.",
        "other_agencies": "School and community health know the family.",
        "partner_consulted": True,
        "consultation": "The partner for the integrated care board, by telephone, that morning.",
        "received_at": moment(incident.received_at),
    }


def record_awareness(story: Story, aware_at: str, expected: Expected) -> None:
    """The local authority records when it first became aware."""
    answers = {
        "aware_at": moment(aware_at),
        "how": "The emergency duty team took a call from the hospital.",
    }
    story.does("notifier", Todo.RECORD_AWARENESS, answers, expected)


def give_views(story: Story, *, against: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> None:
    """Each partner gives a view on notifying; the scrutineer too where asked."""
    for who in (*PARTNERS, *also):
        answers = {
            "position": "disagrees" if who in against else "agrees",
            "reasons": "Looked at against the definition: harm, and whether abuse is suspected.",
        }
        story.does(who, Todo.GIVE_VIEW, answers)


def decide(story: Story, *, notify: bool, expected: Expected | None = None) -> None:
    """The local authority alone decides (NOT-13)."""
    story.does("notifier", Todo.DECIDE_TO_NOTIFY, decision(notify=notify), expected)


def decision(*, notify: bool) -> Answers:
    """Return the local authority's decision, with the dissent it has weighed."""
    reasons = (
        "Abuse is suspected and the harm is serious: the definition is met."
        if notify
        else "The facts known today do not let us suspect abuse or neglect. The partners who say "
        "that we should notify were heard; their views stay on record."
    )
    return {
        "notify": notify,
        "reasons": reasons,
        "family_told": True,
        "family_reasons": "By their social worker, in person.",
    }


def notification(sent_at: str, reference: str) -> Answers:
    """Return the notification as it was sent through the Department's service."""
    return {"sent_at": moment(sent_at), "reference": reference}


def record_notification(story: Story, sent_at: str, reference: str, expected: Expected) -> None:
    """The local authority notifies and records it: the national clock starts."""
    story.does("notifier", Todo.RECORD_NOTIFICATION, notification(sent_at, reference), expected)


def notified(starts: dict[str, str], meets: dict[str, str]) -> Expected:
    """Return what follows from every notification."""
    return Expected(
        starts=starts,
        meets=meets,
        documents=(DocumentKind.NOTIFICATION_RECORD,),
        emails=(EmailTrigger.NOTIFICATION_RECORDED,),
    )


def reopen(story: Story, information: str, aware_at: str, starts: dict[str, str]) -> None:
    """New facts: the case is opened again, and new clocks run from the new awareness."""
    answers = {"information": information, "aware_at": moment(aware_at)}
    expected = Expected(starts=starts, emails=(EmailTrigger.CASE_REOPENED,))
    story.does("manager", "notification/reopen", answers, expected)


def close_unreviewed(story: Story, keep_until: str) -> None:
    """The case ends without a review; what is learned locally is not sent to the Panel."""
    answers = {
        "reasons": "Not notified, and nothing new is expected.",
        "learning": "A briefing on safe storage of medicines at home.",
    }
    expected = Expected(
        starts={"K15": keep_until},
        documents=(DocumentKind.CLOSING_RECORD,),
        emails=(EmailTrigger.CASE_CLOSED,),
    )
    story.does("manager", Todo.CLOSE_OR_REOPEN, answers, expected)
