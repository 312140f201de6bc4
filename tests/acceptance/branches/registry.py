"""Which branches there are, by the names that `./keyline journey --branch` takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, THREE_RIVERS, Place
from services.domain.errors import NotFound
from tests.acceptance.branches import (
    asked_for,
    audited,
    awareness,
    bounced,
    by_telephone,
    child_death,
    disagreed,
    guests,
    holidays,
    homicide,
    interested,
    joined,
    joint_lcspr,
    joint_otherwise,
    lcspr,
    no_longer_met,
    proportionate,
    published_otherwise,
    queried,
    reopened,
    siblings,
    silent,
    silent_agency,
    taken_down,
    two_authorities,
    two_families,
    two_reviewers,
    unborn,
    unreviewed,
    withdrawn,
    without_lcspr,
    wrong_mailbox,
)
from tests.acceptance.final_checks import Ends, ExpectedEnd
from tests.acceptance.joint_story import JointStory
from tests.acceptance.story import Story


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through the guidance: its title, its partnerships, the function that drives it.

    The function takes a story a partnership, and returns which cases end how.
    """

    title: str
    places: Sequence[Place]
    drive: Callable[[Sequence[Story]], Ends]

    @property
    def where(self) -> str:
        """Return the names of its partnerships."""
        return ", ".join(place.name for place in self.places)


def _alone(title: str, place: Place, drive: Callable[[Story], ExpectedEnd]) -> Branch:
    """Return a branch of one partnership."""
    return Branch(title, (place,), lambda stories: [(stories[0], drive(stories[0]))])


def _joint(title: str, drive: Callable[[JointStory], Ends]) -> Branch:
    """Return a branch of two partnerships with one constabulary, and a third one outside."""
    places = (NORTHMOOR, SALTMARSH, THREE_RIVERS)
    return Branch(title, places, lambda stories: drive(JointStory.of(stories)))


MAIN: Final = "lcspr"
JOINT: Final = "joint"
BRANCHES: Final[Mapping[str, Branch]] = {
    MAIN: _alone("An LCSPR across Christmas (scenario 1)", NORTHMOOR, lcspr.drive),
    "not-notified-reopened": _alone(
        "Not notified after a dispute, then reopened (scenario 10)",
        NORTHMOOR,
        unreviewed.not_notified_reopened,
    ),
    "closed-and-reopened": _alone(
        "Not notified, closed with local learning, then reopened (scenario 10)",
        NORTHMOOR,
        unreviewed.closed_and_reopened,
    ),
    "looked-after-death": _alone(
        "A looked-after child's death, then neglect suspected (scenario 3)",
        NORTHMOOR,
        unreviewed.looked_after_death,
    ),
    "siblings": _alone(
        "Three siblings, of whom one is looked after and dies; a birth date corrected",
        NORTHMOOR,
        siblings.drive,
    ),
    "joined": Branch(
        "Two referrals of one incident joined, and a wrong join undone",
        (NORTHMOOR,),
        lambda stories: joined.drive(stories[0]),
    ),
    "near-miss": _alone(
        "A near miss, considered by the partners and closed with its learning",
        NORTHMOOR,
        asked_for.near_miss,
    ),
    "lcspr-request": _alone(
        "An LCSPR that an agency asked for, without a notification",
        NORTHMOOR,
        asked_for.lcspr_request,
    ),
    "unborn": _alone(
        "A lead about a child who is not born yet: referred, and born since",
        NORTHMOOR,
        unborn.drive,
    ),
    "friday-night": _alone(
        "A death on a Friday night; the awareness corrected into a breach (P1, P2)",
        NORTHMOOR,
        awareness.friday_night,
    ),
    "criteria-no-longer-met": _alone(
        "Notified, then the criteria are no longer met (scenario 4)",
        NORTHMOOR,
        without_lcspr.criteria_no_longer_met,
    ),
    "criteria-no-longer-met-lcspr": _alone(
        "Notified, then the criteria are no longer met, and an LCSPR all the same (scenario 4)",
        NORTHMOOR,
        no_longer_met.drive,
    ),
    "notification-withdrawn": _alone(
        "The notification is withdrawn with the Panel, by a policy that follows its page",
        THREE_RIVERS,
        withdrawn.drive,
    ),
    "no-further-review": _alone(
        "No further review, learning shared (scenario 5)",
        NORTHMOOR,
        without_lcspr.no_further_review,
    ),
    "guests": _alone(
        "An agency without an account answers by a one-time address and a code",
        NORTHMOOR,
        guests.drive,
    ),
    "return-by-telephone": _alone(
        "An agency answers by telephone, and confirms it later by link",
        NORTHMOOR,
        by_telephone.drive,
    ),
    "silent-agency": _alone(
        "An agency that does not answer, up the ladder to formal action",
        NORTHMOOR,
        silent_agency.drive,
    ),
    "wrong-mailbox": _alone(
        "The rapid review goes to a wrong mailbox: 72 hours over a weekend",
        NORTHMOOR,
        wrong_mailbox.drive,
    ),
    "holiday-proclaimed": _alone(
        "A bank holiday is proclaimed in mid-clock (P3)", NORTHMOOR, holidays.proclaimed
    ),
    "holiday-struck-out": _alone(
        "A proclaimed bank holiday is struck out in mid-clock (P3)", NORTHMOOR, holidays.struck_out
    ),
    "national-review": _alone(
        "The Panel carries out a national review", SALTMARSH, without_lcspr.national_review
    ),
    "silent-panel": _alone(
        "The Panel never answers, and the LCSPR is published and learned from",
        SALTMARSH,
        silent.silent_panel,
    ),
    "national-beside": _alone(
        "A national review comes beside an LCSPR that has begun", SALTMARSH, silent.national_beside
    ),
    "panel-query": _alone(
        "The Panel queries, and the partners turn to an LCSPR", THREE_RIVERS, queried.panel_query
    ),
    "panel-query-upheld": _alone(
        "The Panel queries, and the partners challenge that and uphold their decision",
        THREE_RIVERS,
        queried.panel_query_upheld,
    ),
    "supplement-reopens": _alone(
        "What becomes known after the submission changes the decision", THREE_RIVERS, reopened.drive
    ),
    "undone-by-an-edit": _alone(
        "The record changes after the first signatures, and all sign afresh",
        NORTHMOOR,
        disagreed.undone_by_an_edit,
    ),
    "dissent-resolved": _alone(
        "A partner disagrees, and a second version is agreed in time",
        NORTHMOOR,
        disagreed.dissent_resolved,
    ),
    "dissent-late": _alone(
        "A partner disagrees until their named lead agrees, after the Panel's last day",
        NORTHMOOR,
        disagreed.dissent_makes_late,
    ),
    "child-death": _alone(
        "A child's death: the child death overview panel waits for the reviews, and is released",
        NORTHMOOR,
        child_death.drive,
    ),
    "two-authorities": _alone(
        "Two local authorities sign, and one of them disagrees first",
        THREE_RIVERS,
        two_authorities.drive,
    ),
    "interest-declared": _alone(
        "A partner declares an interest, and a delegate acts in the seat (G7)",
        interested.WITH_A_DELEGATE,
        interested.drive,
    ),
    "bounced": _alone(
        "The text before publication bounces, and is sent by hand (P6)", NORTHMOOR, bounced.drive
    ),
    "not-published": _alone(
        "Improvements published instead of the report",
        NORTHMOOR,
        published_otherwise.not_published,
    ),
    "delay": _alone(
        "Publication waits for a trial (scenario 7)", NORTHMOOR, published_otherwise.delay
    ),
    "taken-down": _alone(
        "A published report is taken down, published again, and redacted at once",
        NORTHMOOR,
        taken_down.drive,
    ),
    "proportionate": _alone(
        "A proportionate review: no lead reviewer is commissioned, and no agency reports",
        NORTHMOOR,
        proportionate.drive,
    ),
    "two-reviewers": _alone(
        "Two review together, and one is replaced at publication", NORTHMOOR, two_reviewers.drive
    ),
    "domestic-homicide": _alone(
        "One report with a domestic homicide review", NORTHMOOR, homicide.drive
    ),
    "two-families": _alone(
        "One report on two children of two families", NORTHMOOR, two_families.drive
    ),
    "audited": _alone("An action is audited until the improvement lasts", NORTHMOOR, audited.drive),
    JOINT: _joint("A joint LCSPR of two areas, led by one, then the other", joint_lcspr.drive),
    "joint-revoked": _joint(
        "A joint review whose lead ends what it shows", joint_otherwise.revoked
    ),
    "joint-declined": _joint(
        "An invitation to a joint review is declined", joint_otherwise.declined
    ),
    "joint-rapid-review-only": _joint(
        "A rapid review of two areas, and no further review", joint_otherwise.rapid_review_only
    ),
}
OF_SEVERAL: Final[Mapping[str, str]] = {
    "": JOINT,
    "revoked": "joint-revoked",
    "declined": "joint-declined",
    "rapid-review-only": "joint-rapid-review-only",
    "two-authorities": "two-authorities",
}
"""Branches in which several partnerships or authorities decide, as `journey joint` names them."""


def name_of(kind: str, branch: str) -> str:
    """Return the branch that `./keyline journey KIND --branch BRANCH` means."""
    if kind not in {"", JOINT}:
        raise NotFound(f"There is no journey {kind!r}; leave it out, or write {JOINT}.")
    named = OF_SEVERAL if kind else {"": MAIN, **{name: name for name in BRANCHES}}
    if branch not in named:
        known = ", ".join(name for name in named if name)
        raise NotFound(f"There is no branch {branch!r}; there are: {known}.")
    return named[branch]
