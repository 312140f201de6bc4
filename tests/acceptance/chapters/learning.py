"""Gate G11: the action plan, its progress with evidence, its sign-off, the close of the case."""

from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import Labelled
from tests.acceptance.chapters import from_others
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.story import Story

PAPERS: Final = {
    DocumentKind.ACTION_PLAN: 10,
    DocumentKind.AUDIT_REPORT: 2,
    DocumentKind.PRACTICE_BRIEFING: 2,
    DocumentKind.DISSEMINATION_PLAN: 3,
}
"""The papers of a plan that was reviewed, shared and audited, as a branch makes them."""


def agree_on_plan(story: Story, by: dict[str, str], own: str = "") -> None:
    """The chair proposes a plan, and the partners agree: an action for each agency (GOV-11).

    What an agency recommended to itself is taken over, and is not passed over (EMB-08).
    """
    actions = tuple(
        {
            "recommendation": "One team owns missed appointments.",
            "action": f"Name the team and tell every other agency (action {number}).",
            "agency": Labelled(story.place.agency(agency)),
            "owner": "Head of safeguarding",
            "measure": "No missed appointment without a call, in a monthly audit.",
            "last_day": day(last_day),
        }
        | ({"own": 1} if agency == own else {})
        for number, (agency, last_day) in enumerate(by.items(), start=1)
    )
    plan = (DocumentKind.ACTION_PLAN,)
    asked = Expected(documents=plan, emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    answers = {"actions": actions, "review_on": min(map(day, by.values()))}
    refused = Refusal(field="review_on", says="still to come")
    past = answers | {"review_on": day("Wed 1 Jan 2025")}
    story.is_refused("chair", "propose_plan", past, refused)
    if own:
        passed_over = tuple({**one, "own": None} for one in actions)
        left = Refusal(field="not_taken", says="recommended this to themselves")
        story.is_refused("chair", "propose_plan", answers | {"actions": passed_over}, left)
    story.does("chair", "propose_plan", answers, asked)
    in_force = Expected(documents=plan, emails=(EmailTrigger.ACTION_DUE,))
    all_sign(story, "sign_proposed_plan", in_force)


def report_progress(story: Story, agency: str, number: int) -> None:
    """An agency says how far it has come; the action stays open."""
    told = {"number": number, "progress": "open", "rating": "amber"}
    story.does(agency, "update_action", told)


def review_plan(story: Story, reviewed_on: str, next_on: str, *numbers: int) -> None:
    """The review group rates each open action, and says when it reviews the plan next (EMB-04)."""
    said = {"rating": "amber", "rating_reason": "One ward has still to begin."}
    answers = {
        "reviewed_on": day(reviewed_on),
        "ratings": tuple({"number": one} | said for one in numbers),
        "next_on": day(next_on),
    }
    story.does("chair", "review_plan", answers, Expected(documents=(DocumentKind.ACTION_PLAN,)))
    story.does("chair", "name_themes")
    story.does("chair", "refer_out")


def share_and_learn(story: Story, on: str, by: str) -> None:
    """The learning is shared; the group looks at trends, and answers a national review."""
    share(story, by)
    is_shared(story, on)
    from_others.learn(story, on, by)


def share(story: Story, by: str) -> None:
    """A briefing is written that tells of nobody, and it is said who is reached (EMB-07, LC-09)."""
    papers = (DocumentKind.PRACTICE_BRIEFING, DocumentKind.DISSEMINATION_PLAN)
    way = {"way": "team_meeting", "audience": "Every team of both hospitals"}
    answers = {"sharing": (way | {"by_whom": "Health, head of nursing", "last_day": day(by)},)}
    nobody = Refusal(field="sharing", says="at least one way")
    story.is_refused("chair", "write_briefing", {"sharing": ()}, nobody)
    told = (EmailTrigger.BRIEFING_TO_CONFIRM,)
    story.does("chair", "write_briefing", answers, Expected(documents=papers, emails=told))


def is_shared(story: Story, on: str) -> None:
    """What was planned is held, and agencies say that their staff have the briefing (EMB-07)."""
    plan = Expected(documents=(DocumentKind.DISSEMINATION_PLAN,))
    held = {"held_on": day(on), "who_came": "Ward sisters", "how_many": 24, "came": "done"}
    part = {"sharing": Labelled("In team meetings: Every team of both hospitals")}
    nobody = Refusal(field="how_many", says="Enter this")
    story.is_refused("manager", "record_sharing", part | held | {"how_many": None}, nobody)
    story.does("manager", "record_sharing", part | held, plan)
    story.does("hospital", "confirm_briefing", {"given_on": day(on)})
    said = {"given_on": day(on), "to_whom": "Every class teacher", "given_how": "At a meeting."}
    schools = {"agency": Labelled(story.place.agency("schools"))}
    story.does("manager", "record_briefing_given", schools | said, plan)


def audit_until_it_lasts(story: Story, agency: str, number: int, on: str, again_by: str) -> None:
    """A partner asks for an audit; what does not last is done again, and audited again (EMB-09)."""
    story.does("police", "ask_for_audit", {"number": number, "by_when": day(again_by)})
    answers = {"number": number, "audited_on": day(on)}
    followed = {"recheck": None, "no_recheck": None, "again_by": day(again_by)}
    report = (DocumentKind.AUDIT_REPORT,)
    again = Expected(starts={"K14": again_by}, documents=report, emails=(EmailTrigger.ACTION_DUE,))
    fails = answers | followed | {"finding": "not_sustained"}
    story.does("manager", "record_audit", fails, again)
    complete(story, agency, number, "early")
    story.does("manager", "record_audit", answers, Expected(documents=report))


def complete(story: Story, agency: str, number: int, met: str, *, is_last: bool = False) -> None:
    """An agency completes its action with evidence; after the last one the partners sign."""
    expected = Expected(
        meets={"K14": met},
        documents=(DocumentKind.ACTION_PLAN,) if is_last else (),
        emails=(EmailTrigger.SIGN_OFF_NEEDED,) if is_last else (),
    )
    story.does(agency, "update_action", {"number": number}, expected)


def sign(story: Story) -> None:
    """The partners sign off the completed plan (EMB-05)."""
    all_sign(story, "sign_plan", Expected(emails=(EmailTrigger.PLAN_SIGNED_OFF,)))


def close(story: Story, keep_until: str, on: str, *numbers: int) -> None:
    """The Executive closes the case; its papers are looked at again long after (K15).

    Of each of these actions practice is seen to have changed before it (EMB-12).
    """
    for number in numbers:
        unseen = Refusal(says="Leaders are assured by what is seen of practice", status=409)
        story.is_refused("council", "close", {}, unseen)
        seen = {"number": number, "found": "adopted", "looked_by": "records_read"}
        story.does("manager", "record_practice", seen | {"seen_on": day(on)})
    expected = Expected(
        starts={"K15": keep_until},
        documents=(DocumentKind.ACTION_PLAN,),
        emails=(EmailTrigger.CASE_CLOSED,),
    )
    story.does("council", "close", expected=expected)
