"""A joint review: the invitation, its approval and answer, what is shown, signatures of both."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Step
from tests.acceptance.answers import FIRST_OFFERED, Labelled
from tests.acceptance.chapters import learning_event
from tests.acceptance.dates import day
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.joint_story import JointStory
from tests.acceptance.story import Story

AGREED: Final = (DocumentKind.LEAD_AGREEMENT,)
FILED: Final = Expected(documents=(DocumentKind.SIGNED_RECORD,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Which part is offered, and until which day the sections are shown that it needs."""

    part: str
    ends_on: str


def invite(joint: JointStory, invitation: Invitation) -> None:
    """The manager invites: the child lives here, and was harmed in the other area (RR-28)."""
    here, there = (Labelled(one.place.name) for one in joint.sides)
    answers = {
        "partnership": there,
        "residence": here,
        "incident": there,
        "lead": here,
        "part": invitation.part,
        "ends_on": day(invitation.ends_on),
    }
    expected = Expected(emails=(EmailTrigger.SHARING_TO_APPROVE,))
    joint.lead.does("manager", "invite", answers, expected)


def approve(joint: JointStory) -> UUID:
    """The chair approves what is shown; return the case that is opened for it over there."""
    before = _to_declare(joint.other)
    joint.lead.does("chair", "approve_sharing", {"grant": FIRST_OFFERED})
    opened = _to_declare(joint.other) - before
    if len(opened) != 1:
        raise JourneyStopped(f"One case should be opened for the invitation, not {len(opened)}.")
    return UUID(opened.pop().removeprefix("/cases/"))


def arrives(invited: Story) -> None:
    """Chair and manager over there are told that a case waits for them: they declare first."""
    expected = Expected(emails=(EmailTrigger.DECLARATION_NEEDED,))
    invited.follows("The invitation arrives", Step.NOTIFY, expected)


def answer(joint: JointStory, invited: Story, answers: dict[str, object]) -> None:
    """The chair over there answers; the answer arrives with those who invited (RR-29).

    Where it is accepted, the agreement on who leads is a paper of both sides (RR-28).
    """
    agreed = AGREED if answers["answer"] == "accepted" else ()
    here = () if "own_case" in answers else agreed  # a case of one's own has the paper instead
    invited.does("chair", "answer_invitation", answers, Expected(documents=here))
    told = Expected(emails=(EmailTrigger.INVITATION_ANSWERED,), documents=agreed)
    joint.lead.follows("The answer arrives", Step.NOTIFY, told)


def share(story: Story, partnership: str, ends_on: str) -> None:
    """The manager proposes to show more, and the chair approves it: two people share."""
    answers = {"partnership": Labelled(partnership), "ends_on": day(ends_on)}
    expected = Expected(emails=(EmailTrigger.SHARING_TO_APPROVE,))
    story.does("manager", "propose_sharing", answers, expected)
    story.does("chair", "approve_sharing", {"grant": FIRST_OFFERED})


def are_asked(story: Story, step: Step) -> None:
    """The partners of the joining side are asked to sign what the lead has put to all."""
    story.follows(
        "The partners are asked to sign", step, Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    )


def all_sign(joint: JointStory, what: str, step: Step, expected: Expected | None = None) -> None:
    """Each partner of both sides signs, the shared police once for each area (GOV-11)."""
    for story in joint.sides:
        all_of_one_sign(story, what)
    joint.lead.follows("Every partner of both has signed", step, expected)


def all_of_one_sign(story: Story, what: str, last: Expected = FILED) -> None:
    """The partners of one side sign; what each signs is filed in its own partnership's case."""
    *first, last_of_them = story.place.partners
    for who in first:
        story.does(who, what, expected=FILED)
    story.does(last_of_them, what, expected=last)


def put_learning(joint: JointStory) -> None:
    """The lead's chair puts learning to the partners of both: one side shares none (LC-22)."""
    asked = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    named = {"agencies": (Labelled(joint.lead.place.agency("hospital")),)}
    joint.lead.does("chair", "propose_interim_learning", named, asked)
    are_asked(joint.other, Step.COMMISSION)
    never = Refusal(says="every partner", status=409)
    joint.lead.is_refused("manager", "share_interim_learning", {}, never)


def plan_event(joint: JointStory, held_on: str) -> None:
    """Practitioners of both sides are invited to the lead's event, which is then called off."""
    lead, other = joint.sides
    papers = Expected(
        documents=learning_event.PAPERS, emails=(EmailTrigger.LEARNING_EVENT_PLANNED,)
    )
    ours = {**learning_event.planned(lead, held_on), "shares_themes": False}
    lead.does("manager", "plan_learning_event", ours, papers)
    other.follows("The lead's learning event is told", Step.COMMISSION)
    theirs = {"invited": learning_event.planned(other, held_on)["invited"]}
    other.does("manager", "invite_practitioners", theirs, papers)
    other.shows("hospital", "", "Invited from your agency")
    lead.follows("Who is invited over there is told", Step.COMMISSION)
    lead.shows("chair", "", "Of agencies of other partnerships")
    there = {"agency": Labelled(other.place.agency("hospital")), "presence": "came"}
    came = {"people": ({**there, "post": learning_event.POST},), "nobody": None}
    early = Refusal(says="still to come", status=409)
    other.is_refused("manager", "record_practitioners_there", came, early)
    off = Expected(emails=(EmailTrigger.LEARNING_EVENT_CALLED_OFF,))
    lead.does("manager", "call_off_learning_event", expected=off)
    other.follows("The event is off over there too", Step.COMMISSION, off)


def hear_of_draft(joint: JointStory) -> None:
    """The other side is told of the draft, and says why it asks no practitioner (PUB-19)."""
    why = "The event was called off, so none of ours took part."
    of_asking = ("asked_on", "shared", "no_remark", "practice")
    nobody = {"agencies": (), "remarks": (), "not_asked": why, **dict.fromkeys(of_asking)}
    joint.other.follows("The lead's draft is told", Step.COMMISSION)
    said_nothing = Refusal(field="not_asked", says="who is not asked")
    joint.other.is_refused(
        "manager", "record_feedback_there", {**nobody, "not_asked": None}, said_nothing
    )
    joint.other.does("manager", "record_feedback_there", nobody)
    joint.lead.follows("What practitioners over there say is told", Step.COMMISSION)
    joint.lead.shows("chair", "report/quality", why)


def one_disagrees(joint: JointStory, what: str, words: str) -> None:
    """The health partner over there disagrees: five of six agree, and there is no majority."""
    all_of_one_sign(joint.lead, what)
    joint.other.does("icb", what, {"position": "disagrees", "reasons": words}, FILED)
    for who in ("council", "police"):
        joint.other.does(who, what, expected=FILED)
    dissent = Expected(emails=(EmailTrigger.DISAGREEMENT_TOLD,))
    joint.lead.follows("Six have signed, one disagrees", Step.SUBMIT, dissent)
    for story in joint.sides:
        for told in ("6 of 6 have signed", words, "Nothing is decided"):
            story.shows("manager", "", told)


def each_reads_the_other(joint: JointStory) -> None:
    """Each side reads what the other shows, sees what is seen of its own, and no more (RR-29).

    Operations see one flow run for both.
    """
    joint.check_chain()
    for here, there in (joint.sides, joint.sides[::-1]):
        here.reads("chair", f"/shown/{there.case}", there.reference, there.place.name)
        here.may_not_open("manager", f"/cases/{there.case}")
        seen = f"/cases/{here.case}/seen-by/{there.place.partnership_id}"
        here.reads("manager", seen, "What the other partnership sees of this case")
        for path in (f"/shown/{here.case}", f"/cases/{here.case}"):
            joint.outsider.may_not_open("manager", path)


def change_lead(joint: JointStory) -> None:
    """The manager who leads proposes that the other side leads, and its chair agrees (RR-28)."""
    old, new = joint.sides
    about = {"partnership": Labelled(new.place.name), "change": "new_lead"}
    old.does("manager", "propose_change", about)
    new.follows(
        "The proposal arrives", Step.NOTIFY, Expected(emails=(EmailTrigger.JOINT_CHANGE_PROPOSED,))
    )
    joint.change_lead()
    told = Expected(emails=(EmailTrigger.JOINT_CHANGE_TOLD,), documents=AGREED)
    new.does("chair", "answer_change", {"proposal": FIRST_OFFERED, "answer": "agreed"}, told)
    old.follows("The lead has changed", Step.NOTIFY, told)
    leads = f"{new.place.name} Safeguarding Children Partnership (example): leads"
    for story in joint.sides:
        story.shows("manager", "", leads)
    joint.check_chain()


def comments(joint: JointStory, words: str) -> None:
    """The manager who joins comments on a section; the lead's chair is asked to consider it."""
    lead, other = joint.sides
    other.does("manager", "comment_on_shown", {"comment": words})
    told = Expected(emails=(EmailTrigger.COMMENT_RECEIVED,))
    lead.follows("The comment arrives", Step.NOTIFY, told)


def answers_comment(joint: JointStory) -> None:
    """The lead's chair takes the comment up, and who made it is told."""
    lead, other = joint.sides
    lead.does("chair", "answer_comment", {"comment": FIRST_OFFERED})
    told = Expected(emails=(EmailTrigger.COMMENT_ANSWERED,))
    other.follows("The answer to the comment arrives", Step.NOTIFY, told)


def asks_for_longer(joint: JointStory, until: str) -> None:
    """Who joins asks to read for longer; two people of the lead extend it (RR-29)."""
    lead, other = joint.sides
    other.does("manager", "ask_for_extension", {"grant": FIRST_OFFERED})
    asked = Expected(emails=(EmailTrigger.DEADLINE_NEAR,))
    lead.follows("Longer sharing is asked for", Step.NOTIFY, asked)
    share(lead, other.place.name, until)
    other.reads("manager", f"/shown/{lead.case}", lead.reference)


def withdraw(joint: JointStory, invited: Story) -> None:
    """The lead takes the invitation back: the case that it opened ends, and reads nothing.

    Who has not declared on it yet has nothing to be told of.
    """
    joint.lead.does("manager", "withdraw_invitation", {"invitation": FIRST_OFFERED})
    invited.follows("The invitation is withdrawn", Step.NOTIFY)
    for who in ("chair", "manager"):
        invited.may_not_open(who, f"/shown/{joint.lead.case}")


def revoke(joint: JointStory) -> None:
    """The lead ends what it shows: at its next request the other side reads nothing of it."""
    lead, other = joint.sides
    shown = f"/shown/{lead.case}"
    other.reads("manager", shown, lead.reference)
    ended = Expected(emails=(EmailTrigger.SHARING_ENDED,))
    lead.does("chair", "end_sharing", {"grant": FIRST_OFFERED}, ended)
    reads_nothing(joint)
    other.follows(
        "What was shown has ended", Step.NOTIFY, Expected(emails=(EmailTrigger.SHOWING_ENDED,))
    )


def reads_nothing(joint: JointStory) -> None:
    """The other side reads nothing of the lead's case, by whatever address."""
    lead, other = joint.sides
    for who in ("chair", "manager"):
        other.may_not_open(who, f"/shown/{lead.case}")
        other.may_not_open(who, f"/cases/{lead.case}")
    seen = f"/cases/{lead.case}/seen-by/{other.place.partnership_id}"
    lead.reads("manager", seen, "sees nothing of this case now")


def _to_declare(story: Story) -> set[str]:
    """Return the cases that the manager is asked to declare on, before opening them."""
    links = story.browser("manager").open("/").links
    return {link for link in links if link.startswith("/cases/") and link.count("/") == 2}
