"""A system that was let in is given its secret, which is shown once."""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from services.casework.systems.secrets import MakeSecret, keep_secret, note_secret
from services.casework.systems.taking_up import must_be_let_in, system_of, take_up
from services.database.api_tokens import SystemSecret
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import AppointmentStanding
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.carrying_out import FormSent, carry_out
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.rendering import show
from services.web.path_ids import TheEntryId
from services.web.people_shown import PEOPLE
from services.web.rendering import page

router = APIRouter(prefix=f"{PEOPLE}/systems/{{entry_id}}")

Reader = Annotated[UnitOfWork, requires(Permission.ADMINISTER_PARTNERSHIP)]
Maker = Annotated[Transactions, requires_for_each(Permission.ADMINISTER_PARTNERSHIP)]
ASKED: Final = questions(MakeSecret)


@dataclass(frozen=True, slots=True)
class SecretForm:
    """What the page says at its head and on its button."""

    title: str = "Give a system its secret"
    button: str = "Make the secret and show it"


@router.get("/secret")
def ask(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Ask why a secret is made."""
    return _shown(request, work, entry_id, Again())


@router.post("/secret")
def make(
    entry_id: TheEntryId, request: Request, transaction: Maker, posted: PostedForm
) -> Response:
    """Make the secret, in the place of the last, and show it; the system takes up its place."""
    site = site_of(request)
    with transaction() as work:
        standing = must_be_let_in(work, entry_id)
        name = system_of(work, entry_id).name
        form = FormSent(MakeSecret, ASKED, posted)
        said = carry_out(work, form, lambda command: command)
        if isinstance(said, Again):
            return _shown(request, work, entry_id, said)
    if standing is AppointmentStanding.WAITS_FOR_PERSON:
        with transaction() as work:
            take_up(site.neighbours, work, entry_id)
    with transaction() as work:
        noted = note_secret(work, entry_id, said)
    return _told(request, name, noted)


def _told(request: Request, name: str, noted: SystemSecret) -> Response:
    site, system_id = site_of(request), noted.person_id
    secret = keep_secret(site.sign_in_engine, noted, site.passwords)
    return page(
        request,
        "pages/administration/system_secret.html",
        name=name,
        system_id=system_id,
        secret=secret,
        token_address=f"{site.neighbours.base_url}/api/v1/token",
    )


def _shown(request: Request, work: UnitOfWork, entry_id: UUID, again: Again) -> Response:
    return page(
        request,
        "pages/administration/people_form.html",
        again.status,
        asked=SecretForm(),
        at=PEOPLE,
        about=system_of(work, entry_id).name,
        theirs=None,
        form=show(ASKED, {}, again.posted, again.problems),
        once=uuid4(),
    )
