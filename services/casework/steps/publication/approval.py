"""What is to be published is put to the partners, and is checked as it is put (PUB-03, PUB-16)."""

from services.casework.effects import close_todos, last_day
from services.casework.steps.anonymity.checks import order_check
from services.casework.steps.publication.beside_lead import TO_PUBLISH
from services.casework.steps.publication.legal_advice import must_have_decided_on_advice
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Step


def seek_approval(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Have the partners approve what the entry decides, and Keyline check what it says.

    Whether legal advice is needed is decided before (LC-12).
    """
    must_have_decided_on_advice(work, case)
    order_check(work, entry, Step.PUBLISH)
    asked = (Todo.PLAN_PUBLICATION, Todo.CONFIRM_STAFF_TOLD, Todo.PUBLICATION_STEP)
    close_todos(work, case, *asked, *TO_PUBLISH)
    invite(work, case, SignOffMatter.PUBLICATION, last_day=last_day(work, case, ClockId.K12))
