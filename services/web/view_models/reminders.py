"""Whom a case waits on, as the check page before a reminder shows it: who gets which email."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from services.casework.act import Act
from services.casework.engine.email_writing import WritingContext, write_email
from services.casework.steps.reminding import REMIND
from services.casework.steps.reminding_everywhere import LateOnCase
from services.casework.steps.waited_for import WaitedFor, waited_for
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.web.act_pages.reminding import as_choice
from services.web.forms.fields import Choice

_SIGN_IN: Final = "[A link to it, behind the sign-in]"
_ONE_USE: Final = "[An address for one use, which is made when it is sent]"


@dataclass(frozen=True, slots=True)
class Preview:
    """The words of one email as it will be sent, and to which addresses it goes."""

    subject: str
    body: str
    to: tuple[str, ...]


def previews_beside(
    work: UnitOfWork, act: Act, case: Case | None, context: WritingContext
) -> tuple[Preview, ...]:
    """Return the emails beside the form of the reminder; beside any other form there are none."""
    if act is not REMIND or case is None:
        return ()
    return previews(work, waited_for(work, case), context)


def previews(
    work: UnitOfWork, found: Iterable[WaitedFor], context: WritingContext
) -> tuple[Preview, ...]:
    """Return each email once, with everybody who would get it in these words."""
    to: dict[tuple[str, str], list[str]] = {}
    for one in (email for waited in found for email in waited.emails):
        # As if it may have gone: no one-time address or code is made for what is only shown.
        email = write_email(context, work, one, may_have_gone=True)
        is_guest = bool(one.content.get("guest") or one.content.get("guest_of"))
        body = _without_address(email.body_text, _ONE_USE if is_guest else _SIGN_IN)
        to.setdefault((email.subject, body), []).append(email.recipient)
    return tuple(
        Preview(subject, body, tuple(sorted(set(who)))) for (subject, body), who in to.items()
    )


def _without_address(body: str, instead: str) -> str:
    """Return the text with what its link is in the place of the address, unread by people."""
    lines = body.splitlines()
    return "\n".join(instead if one.startswith(("http://", "https://")) else one for one in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case on the page of all cases: who is late there, and who of them is ticked."""

    reference: str
    stage: str
    choices: tuple[Choice, ...]
    ticked: frozenset[str]


def case_lines(work: UnitOfWork, late: Iterable[LateOnCase]) -> list[CaseLine]:
    """Return who is late by case, ticked but for who was written to within the last day."""
    named = agency_names(work.session)
    return [
        CaseLine(
            reference=one.case.reference,
            stage=label(one.case.stage),
            choices=tuple(as_choice(work, waits, named) for waits in one.waits),
            ticked=frozenset(str(waits.id) for waits in one.waits if waits.written_at is None),
        )
        for one in late
    ]
