"""What a disagreement looks like on the first page, on its case, and where something is done."""

from services.casework.steps.sign_off import dialogue, replacement, sign_off
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from services.web.act_pages.registry import ACT_PAGES
from tests.dissent_factories import NO, given_by
from tests.reached import decision_put
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor

WHEN = "2026-01-05"
MANAGER, CHAIR, MEMBER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.REVIEW_GROUP_MEMBER
RESOLVE = "Resolve the disagreement between the partners: the rapid review"
LEADS = "Put the disagreement to the partners' named leads: the rapid review"
SPOKEN, BY = "They went through the alert together.", "7 January 2026"
HELD = {
    "matter": "rapid_review",
    "held_on-day": "5",
    "held_on-month": "1",
    "held_on-year": "2026",
    "took_part": "All three partners",
    "account": SPOKEN,
    "scrutineer_supported": "yes",
    "result": "not_resolved",
}
REPLACED = {
    "position": "agrees",
    "reasons": "It came after the injury.",
    "named_lead": "The chief constable",
}


def sends(visitor: Visitor, path: str, said: dict[str, str]) -> None:
    answer = visitor.send(path, said)
    assert answer.status == 303, answer.problems


def says(visitor: Visitor, path: str, *words: str) -> None:
    text = visitor.get(path).text
    assert [one for one in words if one not in text] == []


def test_gov_11_a_disagreement_stands_on_the_first_page_until_it_is_none(case_at):
    """GOV-11, GOV-12: which case, whose turn, until when; what was said, and who replaced it."""
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    case.sign(sign_off.sign_rapid_review, WHEN, Seat.POLICE, **NO)
    place, where = Place(case.world, when=WHEN), f"/cases/{case.case_id}"
    chair, manager, member = map(place.person, (CHAIR, MANAGER, MEMBER))
    for visitor in (chair, member):
        says(visitor, "/", RESOLVE, BY)
    page = f"{where}/{ACT_PAGES[dialogue.RECORD_DIALOGUE.name].path}"
    says(chair, page, NO["reasons"], BY, "It decides nothing")
    sends(chair, page, HELD)
    assert RESOLVE not in chair.get("/").text
    says(manager, "/", LEADS)
    page = f"{where}/{ACT_PAGES[replacement.REPLACE_POSITION.name].path}"
    told = ("The rapid review: police", "The delegate answers to the chief executive", SPOKEN)
    says(manager, page, *told, NO["reasons"])
    sends(manager, page, REPLACED | {"signature": str(given_by(case, Seat.POLICE))})
    assert LEADS not in manager.get("/").text
    lead = "The chief constable, the named lead; put on record by"
    face = ("Police: a position was replaced.", NO["reasons"], "It came after the injury.", lead)
    says(chair, f"{where}/decisions", *face, SPOKEN)
    says(member, f"{where}/decisions", *face, "about a disagreement: it decides nothing")
    assert (
        SPOKEN not in member.get(f"{where}/decisions").text
    )  # what was said may tell of the family
    happened = ("replaced by its named lead: agrees", "about a disagreement: it decides nothing")
    says(manager, f"{where}/timeline", *happened)
