"""How people of the family are reached and heard: letters, contacts, what waits (FAM)."""

import pytest

from services.casework.steps.families import approach, contacts
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import approached, contact, decide, papers, refused, view
from tests.family_factories import (
    NOT_INVITED,
    agree_family_approach,
    record_family_contact,
)
from tests.settled_families import family_of

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
SCRUTINEER = Role.INDEPENDENT_SCRUTINEER
WHEN = "2026-02-03"


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, approached)


def test_fam_08_a_letter_is_made_to_each_who_is_invited_and_a_leaflet_for_all(case):
    """FAM-08, Docs 8 and 9: who to speak to, what to expect, and no word of why or what else."""
    decide(case, needs=("domestic_abuse",), support="A refuge, at another address.")
    decide(case, 1, **NOT_INVITED)
    decide(case, letter_to="Ada Example")
    letters, leaflets = papers(case, "family_letter"), papers(case, "family_leaflet")
    assert [(one.addressed_to, one.version) for one in letters] == [
        ("Robin Example", 1),
        ("Ada Example", 2),
    ]
    assert {one.about for one in letters} == {"the child"}
    assert [one.version for one in leaflets] == [1]
    for paper in (*letters, *leaflets):
        said = {one.label: one.text for one in paper.details}
        assert said["Your contact"] == say.SAID
        assert said["The reviewer"] == "Example lead.reviewer"
        assert paper.sections[0].paragraphs == (say.SAID,)
        assert "refuge" not in str(paper)


def test_a_letter_is_told_from_another_without_a_name(case):
    """A file is named for it: brothers and sisters are counted."""
    finch = {"name": "Finch Example", "relations": ("sibling",)}
    said = agree_family_approach(further=(finch,))
    case.do(approach.agree_family_approach, said, CHAIR, WHEN)
    decide(case, 1)
    decide(case, 2)
    known = [one.about for one in papers(case, "family_letter")]
    assert known == ["brother or sister", "brother or sister 2"]


def test_fam_03_what_was_to_wait_needs_who_agreed_to_it(case):
    """FAM-03: parallel proceedings are taken into account: by day or event, with their source."""
    wait = {"until": "2026-03-02", "event": None, "source": "The officer in the case."}
    refused(case, "decide", "waits", waits=({**wait, "until": None},))
    decide(case, waits=(wait,))
    says = refused(case, "contact", "agreed_by")
    assert "FAM-03" in says
    contact(case, agreed_by="The senior investigating officer.")
    for later in ("2026-03-01", "2026-03-02"):
        person = family_of(case)[0].person.id
        said = record_family_contact(person, held_on=later)
        if later == "2026-03-02":
            case.do(contacts.record_family_contact, said, MANAGER, later)
        else:
            with pytest.raises(AnswerRefused, match="to wait"):
                case.do(contacts.record_family_contact, said, MANAGER, later)
    decide(case, waits=({**wait, "until": None, "event": "The verdict"},))
    refused(case, "contact", "agreed_by")


def test_fam_08_a_first_contact_brings_what_explains_the_review(case):
    """FAM-08: contact by the best placed person, with the letter or the leaflet, in the log."""
    assert "FAM-01" in refused(case, "contact", "person")
    decide(case)
    assert "FAM-08" in refused(case, "contact", "given", given=())
    refused(case, "contact", "held_on", held_on="2026-02-04")
    contact(case, given=("leaflet",), by_whom="Their health visitor")
    contact(case, about=("other_matter",), given=())
    found = view(case)
    assert found is not None
    assert [len(one.contacts) for one in found.people] == [2, 0]


def test_fam_09_views_say_whether_they_came_before_the_learning_event(case):
    """FAM-09: ideally before it; one that came after says why."""
    decide(case)
    views = {"about": ("their_views",), "given": ()}
    refused(case, "contact", "beside_event", **views)
    assert "FAM-09" in refused(case, "contact", "why_after", **views, beside_event="after")
    contact(case, who=REVIEWER, **views, beside_event="after", why_after="The trial had to end.")
    contact(case, who=REVIEWER, **views, beside_event="before")
    decide(case, 1, **NOT_INVITED)
    assert "decide on that anew" in refused(
        case, "contact", "about", **views, beside_event="before", number=1
    )
