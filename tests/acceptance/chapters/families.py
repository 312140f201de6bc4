"""The family in the review: who is invited, who is not and why, and what they say (FAM)."""

from services.domain.documents import DocumentKind
from tests.acceptance.answers import Labelled
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.fixtures import Family
from tests.acceptance.story import Story

NOT_INVITED = {
    "takes_part": "not_invited",
    "because": "no_part",
    "reason": "Has not met the child for years, and asks not to be written to.",
    "in_report": "One relative was not invited, since they had no part in the child's life.",
}
FIRST = {"about": ("first_contact",), "given": ("letter", "leaflet")}
VIEWS = {"about": ("their_views",), "given": (), "beside_event": "before"}


def involve(story: Story, family: Family, on: str) -> None:
    """The approach is agreed, the child invited by a letter, and heard by the reviewer."""
    no_coordinator = Refusal(field="takes_part", says="who coordinates")
    story.is_refused("manager", "decide_involvement", {}, no_coordinator)
    leaflet = Expected(documents=(DocumentKind.FAMILY_LEAFLET,))
    story.does("chair", "agree_family_approach", {"discussed_on": day(on)}, leaflet)
    drawn = Expected(documents=(DocumentKind.GENOGRAM,))
    mother = {"one": Labelled(family.parent), "tie": "parent", "other": Labelled(family.child)}
    story.does("manager", "keep_genogram", {"people": (), "relations": (mother,)}, drawn)
    letter = Expected(documents=(DocumentKind.FAMILY_LETTER,))
    story.does("manager", "decide_involvement", {}, letter)
    story.is_refused(
        "manager",
        "record_family_contact",
        {"held_on": day(on), **FIRST, "given": ()},
        Refusal(field="given", says="Give the letter"),
    )
    for about in (FIRST, VIEWS):
        story.does("reviewer", "record_family_contact", {"held_on": day(on), **about})
    story.shows("chair", "", "The family in the review")
    story.shows("reviewer", "report/draft", "The family in the review")


def share_draft(story: Story, on: str) -> None:
    """The draft is shared with the child who takes part; what goes on unshared is refused."""
    correction = {
        "remark": "My birthday is in March.",
        "about": "other",
        "answer": "corrected",
        "words": "It says so now.",
    }
    story.is_refused(
        "manager",
        "record_draft_shared",
        {"shared_on": day(on), "remarks": (correction,)},
        Refusal(field="remarks", says="who decides"),
    )
    story.does("manager", "record_draft_shared", {"shared_on": day(on)})


def discuss_publication(story: Story, on: str, person: str = "") -> None:
    """The arrangements for publication are discussed with who takes part (FAM-12)."""
    wish = "That nobody comes to the door."
    about = {"about": ("publication",), "given": (), "wishes": wish}
    whom = {"person": Labelled(person)} if person else {}
    story.does("manager", "record_family_contact", {"held_on": day(on), **about, **whom})
    story.shows("manager", "publication/pre-send", wish)


def settle(story: Story) -> None:
    """Whoever of the family is not decided about yet is not invited, with the reason (FAM-01)."""
    links = story.browser("manager").open(f"/cases/{story.case}/people").links
    decided = _people(links, "contact")
    for person in _people(links, "involvement"):
        if person not in decided:
            story.does("manager", "decide_involvement", {"person": person, **NOT_INVITED})


def _people(links: list[str], page: str) -> list[str]:
    """Return whom the case page leads to on that page, by the id in the address."""
    return [one.partition("?of=")[2] for one in links if f"/family/{page}?of=" in one]
