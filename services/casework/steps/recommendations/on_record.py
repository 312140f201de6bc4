"""How each recommendation stands: its newest version, and whether the partners endorsed that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from services.casework.commands import part_of
from services.casework.joint.matters import parties_deciding, signatures
from services.casework.steps.recommendations.said import (
    Recommendation,
    RecommendationDeveloped,
    RecommendationOnRecord,
    RecommendationPut,
    RecommendationsProposed,
    RecommendationsPut,
)
from services.casework.steps.rounds.agreed_words import each_agreed_as_read
from services.casework.steps.rounds.sign_off_rounds import is_settled, round_of
from services.database.cases import Case
from services.database.history import Entry, all_of, facts, reads_all
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.parties import standing
from services.domain.recommendations import RecommendationStanding
from services.domain.sign_off import SignOffMatter

MATTER: Final = SignOffMatter.RECOMMENDATIONS
NOT_THERE: Final = AnswerRefused("recommendation", "Choose a recommendation that is on record.")
OF_GROUP: Final = (
    EntryType.RECOMMENDATIONS_PROPOSED,
    EntryType.RECOMMENDATION_DEVELOPED,
    EntryType.RECOMMENDATION_DROPPED,
)
"""What says which recommendations are taken up, and in which words."""

SAYING: Final = (*OF_GROUP, EntryType.RECOMMENDATIONS_PUT)
"""All that is said of recommendations before the partners sign."""


@dataclass(frozen=True, slots=True)
class StandingRecommendation:
    """A recommendation: its number, newest version and standing, and the entry that says it."""

    id: UUID
    number: int
    version: int
    said: Recommendation
    entry: Entry
    standing: RecommendationStanding


def recommendations_on(work: UnitOfWork, case: Case) -> tuple[StandingRecommendation, ...]:
    """Return the recommendations that are taken up, as far as the actor reads them, by number."""
    endorsed = {_version(row) for one in entries_endorsed(work, case) for row in _put_in(one)}
    put = all_of(work.session, case.id, EntryType.RECOMMENDATIONS_PUT)[-1:]
    if is_settled(work, case, MATTER) or _is_disputed(work, case):
        put = []
    waiting = {_version(row) for one in put for row in _put_in(one)}
    return tuple(
        StandingRecommendation(
            id=uuid5(case.id, f"recommendation {number}"),
            number=number,
            version=version,
            said=said,
            entry=entry,
            standing=_standing((number, version), endorsed, waiting),
        )
        for number, (version, said, entry) in sorted(_newest_versions(work, case).items())
    )


def has_recommendations(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor reads of any recommendation that is taken up."""
    return bool(_newest_versions(work, case))


def unendorsed(work: UnitOfWork, case: Case) -> tuple[StandingRecommendation, ...]:
    """Return those whose newest version the partners have not endorsed."""
    endorsed = RecommendationStanding.ENDORSED
    return tuple(one for one in recommendations_on(work, case) if one.standing is not endorsed)


def has_unendorsed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor reads of a recommendation that is still to be endorsed."""
    return bool(unendorsed(work, case))


def endorsed_recommendations(work: UnitOfWork, case: Case) -> tuple[RecommendationPut, ...]:
    """Return what the partners have endorsed and the group takes up, by number (PUB-18).

    Of one that is being developed again it is the version that they endorsed. Raises RuleBroken
    where a police mark hides one of them from the actor: a report would leave it out unseen.
    """
    agreed = _agreed(work, case)
    if None in agreed:
        raise RuleBroken(
            "The report states what the partners endorsed (PUB-18), and a mark hides part of it "
            "from you: whoever marked it lists you first."
        )
    found: dict[int, RecommendationPut] = {}
    for one in filter(None, agreed):
        found |= {row.number: row for row in _put_in(one)}
    dropped = _dropped(work, case)
    return tuple(row for number, row in sorted(found.items()) if number not in dropped)


def must_read_all(work: UnitOfWork, case: Case) -> None:
    """Refuse to go on where a police mark hides from the actor what was said of any of them."""
    if not reads_all(work.session, case.id, *SAYING):
        raise RuleBroken(
            "A mark hides from you part of what is recommended (PUB-18): whoever marked it lists "
            "you first."
        )


def last_number(work: UnitOfWork, case: Case) -> int:
    """Return the number of the newest recommendation of the case, whoever reads it; 0 for none."""
    proposed = facts(work.session, case.id, EntryType.RECOMMENDATIONS_PROPOSED)
    return max((int(one.subject) for one in proposed), default=0)


def recommendation_named(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names a recommendation on forms; nothing if there is none such."""
    return next((of for one in recommendations_on(work, case) if str(one.id) == of), "")


def recommendation_to_develop(
    work: UnitOfWork, case: Case, of: str
) -> RecommendationOnRecord | None:
    """Return the newest version of the recommendation, or of the first, to be developed."""
    found = recommendations_on(work, case)
    one = next((one for one in found if str(one.id) == of), next(iter(found), None))
    return None if one is None else RecommendationOnRecord(recommendation=one.id, **dict(one.said))


def _newest_versions(work: UnitOfWork, case: Case) -> dict[int, tuple[int, Recommendation, Entry]]:
    newest: dict[int, tuple[int, Recommendation, Entry]] = {}
    for entry in all_of(work.session, case.id, EntryType.RECOMMENDATIONS_PROPOSED):
        proposed = RecommendationsProposed.model_validate(entry.command)
        newest |= {
            row.number: (1, part_of(row, Recommendation), entry) for row in proposed.recommendations
        }
    for entry in all_of(work.session, case.id, EntryType.RECOMMENDATION_DEVELOPED):
        row = RecommendationDeveloped.model_validate(entry.command)
        newest[row.number] = (row.version, part_of(row, Recommendation), entry)
    dropped = _dropped(work, case)
    return {number: one for number, one in newest.items() if number not in dropped}


def _standing(
    this: tuple[int, int], endorsed: set[tuple[int, int]], waiting: set[tuple[int, int]]
) -> RecommendationStanding:
    """Return how a version stands: endorsed, before the partners, or with the review group."""
    if this in endorsed:
        return RecommendationStanding.ENDORSED
    in_group = RecommendationStanding.WITH_GROUP
    return RecommendationStanding.WITH_PARTNERS if this in waiting else in_group


def entries_endorsed(work: UnitOfWork, case: Case) -> list[Entry]:
    """Return the entries that put what the partners endorsed, as the actor reads them."""
    return [one for one in _agreed(work, case) if one is not None]


def _agreed(work: UnitOfWork, case: Case) -> list[Entry | None]:
    """Return the entry of each put that the partners endorsed; none where a mark hides it."""
    agreed = each_agreed_as_read(work, case, MATTER, EntryType.RECOMMENDATIONS_PUT)
    return [entry for _, entry in agreed]


def _is_disputed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a partner disagrees with what was put last: the group develops it on."""
    signed = signatures(work, case, MATTER, round_of(work, case, MATTER))
    return bool(standing(signed, parties_deciding(work, case, MATTER)).dissents)


def _version(row: RecommendationPut) -> tuple[int, int]:
    return row.number, row.version


def _put_in(entry: Entry) -> Sequence[RecommendationPut]:
    return RecommendationsPut.model_validate(entry.command).recommendations


def _dropped(work: UnitOfWork, case: Case) -> set[int]:
    dropped = facts(work.session, case.id, EntryType.RECOMMENDATION_DROPPED)
    return {int(one.subject) for one in dropped}
