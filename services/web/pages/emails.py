"""The page on which a person settles letters that were held or refused."""

from fastapi import APIRouter

from services.casework.steps import held_emails
from services.database.cases import Case
from services.database.outbox import for_a_person
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.web.act_pages import ActPage, act_page
from services.web.forms.fields import Choice, Options
from services.web.rendering import capital

router = APIRouter(prefix="/cases/{case_id}")


def _waiting(work: UnitOfWork, case: Case) -> Options:
    """Offer the letters that wait for a person, by what they are about and for whom."""
    return {
        "letter": tuple(
            Choice(str(one.id), f"{capital(held_emails.told(one))}: {one.delivery}", one.address)
            for one in for_a_person(work.session, case.id)
        )
    }


act_page(
    router,
    ActPage(
        path=Todo.SETTLE_LETTERS,
        title="Settle letters that could not be sent",
        button="Settle the letter",
        done="The letter is settled.",
        act=held_emails.settle_letter,
        words=held_emails.SettleLetter,
        permission=Permission.SETTLE_LETTERS,
        entry_type=(EntryType.LETTER_SETTLED,),
        stages=frozenset(),
        narrow=_waiting,
    ),
)
