"""A person is asked whether a system may act in their name, and shows first that it is them."""

import re
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.proving import FOR_THE_ACCOUNT, is_lately_proved
from services.casework.systems.agreements import (
    CHALLENGE,
    AskingSystem,
    asking_system,
    code_for,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.web.account_forms import PROVE
from services.web.app_state import site_of
from services.web.cookies import CurrentPerson
from services.web.dependencies import known_to_be_in, requires
from services.web.form_input import PostedForm
from services.web.path_ids import id_told
from services.web.rendering import page

router = APIRouter(prefix="/systems/agree")

Anybody = Annotated[UnitOfWork, requires(*Permission)]
_STATE: Final = re.compile(r"[A-Za-z0-9._~+/=-]{0,512}")


@dataclass(frozen=True, slots=True)
class AgreementAsked:
    """What a system asks for when it sends a person here (RFC 6749, 4.1; RFC 7636)."""

    system_id: UUID
    return_address: str
    challenge: str
    state: str

    def back(self, **told: str) -> str:
        """Return the address at which the person goes back to the system."""
        state = {"state": self.state} if self.state else {}
        joined = "&" if "?" in self.return_address else "?"
        return f"{self.return_address}{joined}{urlencode({**told, **state})}"


@router.get("")
def ask(request: Request, work: Anybody, known: CurrentPerson) -> Response:
    """Ask whether the system may act in the person's name, once they have shown that it is them."""
    asked = _asked(dict(request.query_params))
    system = asking_system(work, asked.system_id, asked.return_address)
    if not _is_proved(request, known):
        onward = quote(f"{request.url.path}?{request.url.query}")
        return RedirectResponse(f"{PROVE}?next={onward}", status_code=303)
    refuses = asked.back(error="access_denied")
    return _shown(request, system, asked=asked, refuses=refuses, back="")


@router.post("")
def agree(request: Request, work: Anybody, known: CurrentPerson, posted: PostedForm) -> Response:
    """Keep that the person agrees, and lead back to the system with a code that works once.

    It is a link and no redirection: our pages send forms to nobody else.
    """
    asked = _asked({name: posted.one(name) for name in posted.answers})
    system = asking_system(work, asked.system_id, asked.return_address)
    if not _is_proved(request, known):
        return RedirectResponse(PROVE, status_code=303)
    person, site = known_to_be_in(known), site_of(request)
    code = code_for(site.sign_in_engine, person, system, asked.challenge)
    back = asked.back(code=code, iss=site.neighbours.base_url)
    return _shown(request, system, asked=asked, refuses="", back=back)


def _shown(request: Request, system: AskingSystem, asked: AgreementAsked, **links: str) -> Response:
    told = {"system": system, "asked": asked, "once": uuid4(), **links}
    return page(request, "pages/agree_to_system.html", 200, **told)


def _asked(told: dict[str, str]) -> AgreementAsked:
    """Return what is asked, if it is asked as it must be; else there is no such page."""
    system_id = id_told(told.get("client_id", ""))
    is_whole = told.get("response_type") == "code" and told.get("code_challenge_method") == "S256"
    challenge, state = told.get("code_challenge", ""), told.get("state", "")
    are_plain = CHALLENGE.fullmatch(challenge) and _STATE.fullmatch(state)
    if system_id is None or not is_whole or not are_plain:
        raise NotFound("A system asks by client_id, redirect_uri, response_type and code_challenge")
    return AgreementAsked(system_id, told.get("redirect_uri", ""), challenge, state)


def _is_proved(request: Request, known: CurrentPerson) -> bool:
    """Tell whether the person showed lately that it is them, with whatever they sign in by."""
    within = site_of(request).proof_lasts or FOR_THE_ACCOUNT
    return is_lately_proved(known_to_be_in(known).session, within)
