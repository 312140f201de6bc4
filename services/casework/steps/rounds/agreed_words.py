"""Which of the words that were put to the partners all of them have agreed to, and since when.

What is put and not agreed takes the place of nothing: what was agreed before it is in force.
"""

from dataclasses import dataclass
from datetime import datetime

from services.casework.joint.matters import bearer_of, parties_deciding, signed_ever
from services.casework.joint.membership import decides_since, fellow_members
from services.casework.steps.rounds.sign_off_rounds import newest_round, openings, round_of
from services.database.cases import Case
from services.database.history import Entry, Fact, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.joint_reviews import DECIDED_WITH
from services.domain.parties import Party, standing
from services.domain.sign_off import SignOffMatter


@dataclass(frozen=True, slots=True)
class AgreedWords:
    """The entry that says what was agreed, and the moment of the last signature."""

    put_by: Fact
    since: datetime


def agreed_words(
    work: UnitOfWork, case: Case, matter: SignOffMatter, kind: EntryType
) -> AgreedWords | None:
    """Return the newest words of this kind that all partners agreed to, if there are any (GOV-11).

    They are those of the case that carries the matter. A round without words of its own puts those
    before it to other partners.
    """
    put = openings(work, case, matter)
    found = (_agreed_in(work, case, matter, put[:one]) for one in range(len(put), 0, -1))
    return next((one for one in found if one is not None and one.put_by.entry_type is kind), None)


def each_agreed(
    work: UnitOfWork, case: Case, matter: SignOffMatter, kind: EntryType
) -> list[AgreedWords]:
    """Return all words of this kind that the partners agreed to, the first of them first."""
    put = openings(work, case, matter)
    found = (_agreed_in(work, case, matter, put[:one]) for one in range(1, len(put) + 1))
    agreed = [one for one in found if one is not None and one.put_by.entry_type is kind]
    return list({one.put_by.id: one for one in reversed(agreed)}.values())[::-1]


def each_agreed_as_read(
    work: UnitOfWork, case: Case, matter: SignOffMatter, kind: EntryType
) -> list[tuple[AgreedWords, Entry | None]]:
    """Return these with the entry of our own case that says each, where the actor reads it."""
    read = {one.id: one for one in all_of(work.session, case.id, kind)}
    return [(one, read.get(one.put_by.id)) for one in each_agreed(work, case, matter, kind)]


def was_ever_agreed(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether all partners agreed in any round of the matter, also one no longer shown."""
    rounds = range(1, newest_round(work, case, matter) + 1)
    return any(_agreed_since(work, case, matter, one) is not None for one in rounds)


def _agreed_in(
    work: UnitOfWork, case: Case, matter: SignOffMatter, put: list[Fact]
) -> AgreedWords | None:
    """Return the words of the last of these rounds, if all partners agreed to them in it."""
    with_words = [one for one in put if one.entry_type is not EntryType.ROUND_TURNED]
    since = _agreed_since(work, case, matter, len(put)) if with_words else None
    return None if since is None else AgreedWords(with_words[-1], since)


def _agreed_since(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int
) -> datetime | None:
    """Return the moment of the round's last signature, if every party agrees in it.

    An earlier round of our own case was agreed by our parties: who takes part may have changed.
    Who came to decide with us later had no part in it: what was open then was put again.
    """
    is_before = round_ < round_of(work, case, matter)
    if is_before and bearer_of(work, case, matter).is_own(case):
        needed = work.partnership.parties
    else:
        put = openings(work, case, matter)[round_ - 1 : round_]
        needed = _deciding_when(work, case, matter, put)
    signed = [one for one in signed_ever(work, case, matter) if one.round == round_]
    if standing(signed, needed).agreed_on is None:
        return None
    return max(one.at for one in signed if one.party in needed)


def _deciding_when(
    work: UnitOfWork, case: Case, matter: SignOffMatter, put: list[Fact]
) -> tuple[Party, ...]:
    """Return the parties that decided the matter when the round was put, of those that do now."""
    parties = parties_deciding(work, case, matter)
    came_later = {
        other.tenant_id
        for other in fellow_members(work, case)
        if matter in DECIDED_WITH
        and any(decides_since(work, case, other, matter) > one.at for one in put)
    }
    return tuple(one for one in parties if one.partnership_id not in came_later) or parties
