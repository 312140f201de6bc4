"""What stands beside the words that are signed: every position, who is waited for, what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.casework.act import Act
from services.casework.joint.matters import bearer_of, entries_said
from services.casework.steps.rounds.sign_off_rounds import openings, round_of
from services.casework.steps.sign_off.sign_off import SIGN_ACTS
from services.database.cases import Case
from services.database.delegations import authority_of
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.delegation import DelegatedAuthority
from services.domain.entry_types import EntryType
from services.domain.parties import party_name, party_of
from services.domain.roles import Permission
from services.domain.said import EACH_SAYS_MORE, OF_EACH, counting
from services.domain.sign_off import SAID_IN, SignOffMatter
from services.web.timeline import tell
from services.web.view_models.said_before import tell_of_lead
from services.web.view_models.sign_offs import MatterLine, matter_line

_SIGNED_BY: Final = {act.name: matter for matter, act in SIGN_ACTS.items()}
_Said = dict[tuple[EntryType, str], Entry]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer of what is signed, as it was put in the round before and as it is put now."""

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class SigningView:
    """Where each partner stands, what changed since the round before, and for whom the actor signs.

    ``authority`` is what the directory says today of the actor in their seat (GOV-12).
    """

    line: MatterLine
    changes: tuple[Change, ...]
    seat: str
    authority: DelegatedAuthority | None


def signing_view(work: UnitOfWork, act: Act, case: Case | None) -> SigningView | None:
    """Return what stands beside the form by which a party signs; for any other form nothing."""
    matter = _SIGNED_BY.get(act.name)
    if case is None or matter is None or not work.actor.may(Permission.READ_CASE):
        return None
    number = round_of(work, case, matter)
    if not number:
        return None
    party = party_of(work.actor)
    return SigningView(
        matter_line(work, case, matter, number),
        tuple(_changes(work, case, matter)),
        party_name(party.seat, party.authority, work.partnership.authorities) if party else "",
        authority_of(work.session, work.actor.person_id, party, work.today) if party else None,
    )


def _changes(work: UnitOfWork, case: Case, matter: SignOffMatter) -> Iterator[Change]:
    """Yield each answer that is another than in the round before, or is new, or is gone (RR-30)."""
    put = openings(work, case, matter)
    if len(put) == 1:
        return
    said = entries_said(work, case, matter, *SAID_IN[matter])
    before, now = (_as_of(said, opened.number) for opened in put[-2:])
    for one in dict.fromkeys((*before, *now)):
        old, new = before.get(one), now.get(one)
        if old is not new:
            was, is_now = (_answers(work, case, matter, each) for each in (old, new))
            yield from _differences(was, is_now)


def _as_of(said: Sequence[Entry], number: int) -> _Said:
    """Return what counted when the round was put, by what and of which of several it was said."""
    by_type: dict[EntryType, list[Entry]] = {}
    for one in said:
        if one.number <= number:
            by_type.setdefault(one.entry_type, []).append(one)
    several = OF_EACH | EACH_SAYS_MORE
    return {
        (kind, one.subject if kind in several else ""): one
        for kind, entries in by_type.items()
        for one in counting(entries)
    }


def _answers(
    work: UnitOfWork, case: Case, matter: SignOffMatter, entry: Entry | None
) -> dict[str, str]:
    """Return what an entry says as the actor may read it, by the names of its answers."""
    if entry is None:
        return {}
    is_own = bearer_of(work, case, matter).is_own(case)
    (told,) = tell(work, [entry]) if is_own else tell_of_lead(work, [entry])
    answers: dict[str, str] = {}
    for one in told.said:
        answers[one.label] = "\n".join(filter(None, (answers.get(one.label), one.text)))
    return answers


def _differences(before: dict[str, str], now: dict[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *now)):
        old, new = before.get(name, ""), now.get(name, "")
        if old != new:
            yield Change(name, old, new)
