"""The page on which a person settles emails that were held or refused."""

from services.casework.steps.dispatches import held_emails
from services.database.cases import Case
from services.database.outbox import for_a_person
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _waiting(work: UnitOfWork, case: Case) -> Options:
    """Offer the emails that wait for a person, by what they are about and for whom."""
    return {
        "email": tuple(
            Choice(
                str(one.id), f"{capital(held_emails.told(one))}: {label(one.delivery)}", one.address
            )
            for one in for_a_person(work.session, case.id)
        )
    }


PAGES = (
    ActPage(
        act=held_emails.SETTLE_EMAIL,
        path="emails/settle",
        title="Settle emails that could not be sent",
        button="Settle the email",
        done="The email is settled.",
        narrow=_waiting,
    ),
)
