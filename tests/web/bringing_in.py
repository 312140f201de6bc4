"""A scoping form that was filled in in Word, brought in at the pages, and what is told of it."""

from services.casework.steps.scoping import scoping
from services.database.history import facts
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from tests import factories as say
from tests.driven import Driven
from tests.filled_in import blank_form
from tests.papers_when_read import set_at_once
from tests.web.visitors import Answer, Visitor
from tests.world import HOSPITAL, SCHOOL, World

FATHER = {"name": "Sam Example", "relations": ("parent",)}
SAID = {
    "involved": "Yes",
    "holds_records": "yes.",
    "point_of_contact": "Named nurse\n01632 960003\nnurse@hospital.example",
    "current": "Robin is seen weekly.\n\nSam is not:\tsee below.",
    "practitioner_roles": "Health visitor",
    "key_events": "12 March: seen.",
    "risk": "None is known.",
    "learning": "Ask the father too.",
    "records_held": "Paper, in the archive.",
    "records_secured": "Y",
    "secured_at": "Friday 12 December 2025 at 09:00",
    "representative": "Head of records",
    "author": "Named nurse",
    "conflict": "No.",
}
ROWS = (
    {"involved": "Yes", "since": "2019", "until": "goes on", "services": "Health visiting"},
    {"involved": "No"},
    {"name": "Gran Example", "involved": "Yes", "since": "2020"},
)
READ = {name: words for name, words in SAID.items() if name != "secured_at"} | {
    "involved": "yes",
    "holds_records": "yes",
    "records_secured": "yes",
    "secured_at-day": "12",
    "secured_at-month": "December",
    "secured_at-year": "2025",
    "secured_at-time": "09:00",
    "point_of_contact": "Named nurse, 01632 960003, nurse@hospital.example",
}
FAMILY = {
    "0-name": "Robin Example",
    "0-involved": "yes",
    "0-since": "2019",
    "0-until": "goes on",
    "0-services": "Health visiting",
    "1-name": "Sam Example",
    "1-involved": "no",
    "2-name": "Gran Example",
    "2-involved": "yes",
    "2-since": "2020",
}


def asked_of_two(world: World) -> Driven:
    """Return a case with a child and her father, about whom the hospital and a school are asked."""
    world = set_at_once(world)  # the form that is filled in is one that was made
    case = Driven(world, say.refer(family_members=(FATHER,))).decide().notify()
    both = say.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, both, Role.BUSINESS_MANAGER, "2025-12-15")
    blank_form(case)
    return case


def bring(visitor: Visitor, form: str, content: bytes, **said: str) -> Answer:
    return visitor.upload(f"{form}/word", said, "form.docx", content)


def headings(page: Answer) -> list[str]:
    """Return under which headings the form tells of the file."""
    return [one.get_text() for one in page.page.select("#brought-in h3")]


def under(page: Answer, heading: str) -> list[str]:
    """Return the lines under one heading of what is told of the file."""
    (head,) = (one for one in page.page.select("#brought-in h3") if one.get_text() == heading)
    lines = []
    for one in head.find_next_siblings():
        if one.name == "h3":
            break
        each = one.select("li") if one.name == "ul" else [one]
        lines += [line.get_text() for line in each if line.get_text(strip=True)]
    return lines


def standing(page: Answer) -> dict[str, str]:
    """Return what stands in the form, as a browser posts it."""
    form, typed = page.page.select("main form[method=post]")[-1], {}
    for one in form.select("input[name], textarea[name]"):
        if one.name == "textarea":
            typed[one["name"]] = one.get_text().removeprefix("\n")
        elif one["type"] != "radio" or one.has_attr("checked"):
            typed[one["name"]] = one["value"]
    return typed


def returns_of(case: Driven) -> int:
    """Return how many returns are on record."""
    with case.world.act(Role.BUSINESS_MANAGER, "2025-12-17") as work:
        return len(facts(work.session, case.case_id, EntryType.RETURN_SUBMITTED))
