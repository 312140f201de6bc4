"""Which of the words that were put to the partners all of them have agreed to, and since when.

What is put and not agreed takes the place of nothing: what was agreed before it is in force.
"""

from dataclasses import dataclass
from datetime import datetime

from services.casework.joint.matters import bearer_of, parties_deciding, signed_ever
from services.casework.steps.rounds.sign_off_rounds import newest_round, openings, round_of
from services.database.cases import Case
from services.database.history import Fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.parties import standing
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
    for round_ in range(len(put), 0, -1):
        with_words = [one for one in put[:round_] if one.entry_type is not EntryType.ROUND_TURNED]
        if with_words and with_words[-1].entry_type is kind:
            since = _agreed_since(work, case, matter, round_)
            if since is not None:
                return AgreedWords(with_words[-1], since)
    return None


def was_ever_agreed(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether all partners agreed in any round of the matter, also one no longer shown."""
    rounds = range(1, newest_round(work, case, matter) + 1)
    return any(_agreed_since(work, case, matter, one) is not None for one in rounds)


def _agreed_since(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int
) -> datetime | None:
    """Return the moment of the round's last signature, if every party agrees in it.

    An earlier round of our own case was agreed by our parties: who takes part may have changed.
    """
    is_before = round_ < round_of(work, case, matter)
    if is_before and bearer_of(work, case, matter).is_own(case):
        needed = work.partnership.parties
    else:
        needed = parties_deciding(work, case, matter)
    signed = [one for one in signed_ever(work, case, matter) if one.round == round_]
    if standing(signed, needed).agreed_on is None:
        return None
    return max(one.at for one in signed if one.party in needed)
