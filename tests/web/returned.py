"""A return that the pages have on record: an agency is asked, and its words are entered for it."""

from uuid import UUID

from services.casework.steps.scoping.returns_on_record import EnterReturn
from services.web.forms.fields import questions
from services.web.forms.filling import as_posted
from tests import factories as say
from tests.web.conftest import START
from tests.web.visitors import Visitor


def have_a_return(manager: Visitor, case: str) -> None:
    """Ask the first agency that the form offers, and enter what it said by telephone."""
    path = f"{case}/scoping/request"
    agency = manager.get(path).page.select_one("input[name=agencies]")["value"]
    asked = {"agencies": agency, "message": "All records.", "lawful_basis": "Section 16H."}
    assert manager.send(path, asked).status == 303
    said = say.enter_return(UUID(agency), received_at=START)
    answer = manager.send(
        f"{case}/scoping/entered", as_posted(said, questions(EnterReturn)).answers
    )
    assert answer.status == 303, answer.problems
