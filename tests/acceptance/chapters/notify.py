"""Gates G1 and G2: the referral, awareness, the partners' views, the decision, the notification."""

from dataclasses import dataclass, replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import FIRST_OFFERED, Answers, Labelled
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected
from tests.acceptance.fixtures import Family
from tests.acceptance.story import Story

TOLD_OF_A_REFERRAL: Final = ("manager", "notifier", "chair", "scrutineer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What happened, to whom, and when the partnership heard of it."""

    family: Family
    happened_on: str
    received_at: str
    harm: str = "serious_harm"
    suspicion: str = "suspected"
    statuses: tuple[str, ...] = ("none",)
    siblings: tuple[Answers, ...] = ()
    household: tuple[Answers, ...] = ()
    referred_by: str = "hospital"
    told_at: str = ""
    expected_on: str = ""
    has_other_family: bool = False  # the mother is the first child's alone


def refer(story: Story, incident: Incident, expected: Expected) -> None:
    """The agency that met the child refers the incident."""
    story.secrets.update(incident.family.secrets())
    for one in (*incident.siblings, *incident.household):
        story.secrets.update((str(one["name"]), *str(one["name"]).split()))
    with_paper = replace(expected, documents=(DocumentKind.REFERRAL, *expected.documents))
    story.does(incident.referred_by, "refer", referral(incident), with_paper)
    story.all_open_the_case(*TOLD_OF_A_REFERRAL, *story.place.partners)


def referral(incident: Incident) -> Answers:
    """Return what the referral says of this incident and this family."""
    family = incident.family
    mother = family.mother | ({"child": 1} if incident.has_other_family else {})
    return {
        "incident_on": day(incident.happened_on),
        "children": (a_child(incident), *incident.siblings),
        "coroner": "told" if incident.harm == "death" else "no_death",
        "suspicion": incident.suspicion,
        "suspicion_reasons": f"{family.child} was brought in with injuries that the account of "
        f"{family.parent} does not explain. This is an example.",
        "family_members": (mother, *incident.household),
        "family": family.description,
        "received_at": moment(incident.received_at),
    } | ({"aware_at": moment(incident.told_at)} if incident.told_at else {})


def a_child(incident: Incident) -> Answers:
    """Return what the referral says of the child that the incident is about."""
    family = incident.family
    born = {"born_on": family.born_on}
    if incident.expected_on:
        born = {"expected_on": day(incident.expected_on)}
    child = {"name": family.child, "harm": incident.harm} | born
    placed = {"placement": "foster_care"} if "looked_after" in incident.statuses else {}
    said = {"role": "harmed", "sex": "not_known", "statuses": incident.statuses}
    return child | said | placed


def log_lead(story: Story, incident: Incident, heard_at: str, expected: Expected) -> None:
    """The business manager logs what a ward has heard, and that the authority was told."""
    story.secrets.update(incident.family.secrets())
    heard = {
        "heard_at": moment(heard_at),
        "told_at": moment(incident.told_at) if incident.told_at else None,
        "child": incident.family.child,
        "suspicion": incident.suspicion,
    }
    story.does("manager", "log_lead", heard, expected)
    story.all_open_the_case(*TOLD_OF_A_REFERRAL, *story.place.partners)


def record_awareness(story: Story, aware_at: str, expected: Expected) -> None:
    """The local authority records when it first became aware."""
    story.does("notifier", "record_awareness", {"aware_at": moment(aware_at)}, expected)


def correct_awareness(story: Story, aware_at: str, expected: Expected) -> None:
    """The local authority corrects what it said; the clocks are counted again."""
    story.does("notifier", "correct_awareness", {"aware_at": moment(aware_at)}, expected)


def give_views(story: Story, *, against: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> None:
    """Each partner gives a view on notifying; the scrutineer too where asked."""
    for who in (*story.place.partners, *also):
        is_against = who in against
        told = (EmailTrigger.DISAGREEMENT_TOLD,) if is_against else ()
        answers = {"position": "disagrees" if is_against else "agrees"}
        story.does(who, "give_view", answers, Expected(emails=told))


def decide(story: Story, *, notify: bool, expected: Expected | None = None) -> None:
    """The local authority alone decides (NOT-13)."""
    story.does("notifier", "decide_to_notify", {"notify": notify}, expected)


def record_notification(story: Story, sent_at: str, expected: Expected) -> None:
    """The local authority notifies and records it: the national clock starts."""
    story.does("notifier", "record_notification", {"sent_at": moment(sent_at)}, expected)


def notified(starts: dict[str, str], meets: dict[str, str]) -> Expected:
    """Return what follows from every notification."""
    return Expected(
        starts=starts,
        meets=meets,
        documents=(DocumentKind.NOTIFICATION_RECORD,),
        emails=(EmailTrigger.NOTIFICATION_RECORDED,),
    )


def reopen(story: Story, aware_at: str, starts: dict[str, str]) -> None:
    """New facts: the case is opened again, and new clocks run from the new awareness."""
    expected = Expected(starts=starts, emails=(EmailTrigger.CASE_REOPENED,))
    story.does("manager", "reopen", {"aware_at": moment(aware_at)}, expected)
    record_awareness(story, aware_at, Expected())


def close_unreviewed(story: Story, keep_until: str) -> None:
    """The case ends without a review; what is learned locally is not sent to the Panel."""
    expected = Expected(
        starts={"K15": keep_until},
        documents=(DocumentKind.CLOSING_RECORD,),
        emails=(EmailTrigger.CLOSED_UNREVIEWED,),
    )
    story.does("manager", "close_unreviewed", expected=expected)


def note_and_mark(story: Story) -> None:
    """The manager keeps a note and puts it right; marks a part for the police, and lifts that."""
    story.does("manager", "keep_note")
    story.does("manager", "correct_note", {"note": FIRST_OFFERED, "words": "It was at eleven."})
    for act in ("mark_sensitive", "review_mark", "lift_mark"):
        story.does("manager", act)


def ask_the_chair(story: Story) -> None:
    """The manager asks the chair: one question is reminded of and answered, one withdrawn."""
    whom = {"whom": Labelled(story.place.people["chair"])}
    asked = Expected(emails=(EmailTrigger.QUESTION_ASKED,))
    story.does("manager", "ask_question", whom, asked)
    reminded = Expected(emails=(EmailTrigger.TODO_REMINDED,))
    story.does("manager", "remind_of_question", {"question": FIRST_OFFERED}, reminded)
    answered = Expected(emails=(EmailTrigger.QUESTION_ANSWERED,))
    story.does("chair", "answer_question", {"question": FIRST_OFFERED}, answered)
    story.does("manager", "ask_question", whom, asked)
    story.does("manager", "withdraw_question", {"question": FIRST_OFFERED})
