"""The organisations that sign a person in: one of them is removed from the account."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.own_identities import end_own_identity
from services.casework.accounts.own_passwords import has_password
from services.casework.accounts.who_is import SignedIn
from services.web.account_forms import ACCOUNT, lately_proved
from services.web.app_state import site_of
from services.web.dependencies import known_to_be_in, open_to_signed_in
from services.web.form_input import PostedForm
from services.web.owners_told import tell_owners_after
from services.web.path_ids import id_in

router = APIRouter(prefix=f"{ACCOUNT}/organisations")

Owner = Annotated[SignedIn | None, open_to_signed_in("who a person is at an organisation")]


@router.post("/remove")
def take_organisation_away(request: Request, known: Owner, posted: PostedForm) -> Response:
    """Have an organisation sign the person in no longer.

    Who has no password here shows at the organisation that signed them in that it is them.
    """
    door, owner = site_of(request).accounts, known_to_be_in(known)
    has_none = not has_password(door, owner.person_id)
    person = lately_proved(owner, by_organisation=has_none)
    end_own_identity(door, person.person_id, id_in(posted.only("which")))
    return tell_owners_after(RedirectResponse(ACCOUNT, status_code=303), request)
