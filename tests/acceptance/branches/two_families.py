"""Two children of two families, hurt in one incident, and one report on both (FAM-01, PUB-16)."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import PanelAnswer
from tests.acceptance.answers import Answers, Labelled
from tests.acceptance.branches import bounced, shared_steps
from tests.acceptance.chapters import families, panel, report
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import VALERIAN
from tests.acceptance.story import Story

OTHER_CHILD: Final[Answers] = {
    "name": "Barnabas Woodruffley",
    "born_on": day("Sat 29 May 2010"),
    "harm": "serious_harm",
    "role": "harmed",
    "sex": "not_known",
    "statuses": ("child_in_need",),
}
OTHER_MOTHER: Final[Answers] = {
    "name": "Constantia Woodruffley",
    "relations": ("parent",),
    "child": 2,
    "born_on": day("Thu 26 Aug 1982"),
    "lives_with": "yes",
}
CHILDREN: Final = (VALERIAN.child, str(OTHER_CHILD["name"]))
MOTHERS: Final = (VALERIAN.parent, str(OTHER_MOTHER["name"]))
REVIEWED: Final = replace(
    bounced.BOUNCED,
    incident=replace(
        bounced.BOUNCED.incident,
        family=VALERIAN,
        siblings=(OTHER_CHILD,),
        household=(OTHER_MOTHER,),
        has_other_family=True,
    ),
)
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **bounced.EXPECTED_END.documents,
        DocumentKind.FAMILY_LEAFLET: 2,
        DocumentKind.FAMILY_LETTER: 4,
        DocumentKind.GENOGRAM: 1,
        DocumentKind.REPORT_VERSION: 6,
    }
)


def drive(story: Story) -> ExpectedEnd:
    """Each mother is told of for her own child, hears of nothing of the other, and is heard."""
    shared_steps.refer_and_notify(story, REVIEWED)
    for child, mother in zip(CHILDREN, MOTHERS, strict=True):
        for words in (mother, f"Parent (for {child})"):
            story.shows("manager", "", words)
    shared_steps.send_forms(story, REVIEWED)
    shared_steps.prepare_and_meet(story, REVIEWED)
    shared_steps.decide_and_submit(story, REVIEWED)
    story.on("Wed 29 Apr 2026 10:00")
    panel.answers(story, "Wed 29 Apr 2026", PanelAnswer.AGREES)
    story.on("Mon 4 May 2026 10:00")
    _both_are_invited(story, "Mon 4 May 2026")
    shared_steps.review_locally(
        story,
        bounced.REVIEW,
        lambda: _names_nobody(story),
        lambda: _are_heard(story, "Thu 7 May 2026"),
    )
    _publish(story)
    shared_steps.act_on_learning(story, bounced.LEARNING)
    return EXPECTED_END


def _both_are_invited(story: Story, on: str) -> None:
    """One approach, one drawing of two families, and a letter to each of the two mothers."""
    leaflet = Expected(documents=(DocumentKind.FAMILY_LEAFLET,))
    story.does("chair", "agree_family_approach", {"discussed_on": day(on)}, leaflet)
    ties = tuple(
        {"one": Labelled(mother), "tie": "parent", "other": Labelled(child)}
        for mother, child in zip(MOTHERS, CHILDREN, strict=True)
    )
    drawn = Expected(documents=(DocumentKind.GENOGRAM,))
    story.does("manager", "keep_genogram", {"people": (), "relations": ties}, drawn)
    for child, mother in zip(CHILDREN, MOTHERS, strict=True):
        invited = {"person": Labelled(mother)}
        letter = Expected(documents=(DocumentKind.FAMILY_LETTER,))
        story.does("manager", "decide_involvement", invited, letter)
        story.shows("manager", "family/involvement", f"parent (for {child})")


def _are_heard(story: Story, on: str) -> None:
    """The reviewer speaks with each of them, on her own."""
    for mother in MOTHERS:
        for about in (families.FIRST, families.VIEWS):
            held = {"person": Labelled(mother), "held_on": day(on), **about}
            story.does("reviewer", "record_family_contact", held)


def _names_nobody(story: Story) -> None:
    """A name of the second family is found as one of the first is; then both read the draft."""
    on = "Mon 6 Jul 2026"
    report.submit_naming(story, MOTHERS[1].split()[0])
    report.submit_draft(story)
    for mother in MOTHERS:
        shared = {"person": Labelled(mother), "shared_on": day(on)}
        story.does("manager", "record_draft_shared", shared)


def _publish(story: Story) -> None:
    """No day is a birthday of either child; each mother is spoken with about publication."""
    story.on(bounced.PLANNED)
    bounced.approve_and_send(story, lambda: _discuss(story, "Mon 28 Sep 2026"))
    bounced.publish(story)


def _discuss(story: Story, on: str) -> None:
    for mother in MOTHERS:
        families.discuss_publication(story, on, mother)
