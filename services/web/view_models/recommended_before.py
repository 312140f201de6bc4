"""What this partnership recommended before, beside a recommendation that is being written (PUB-18).

Shown is what the person may read: what was put to the partners on other cases, with what became of
the actions that answer it. Nothing is decided by it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.access.cases import cases_seen, record_viewing
from services.casework.act import Act
from services.casework.steps.recommendations.developing import DEVELOP_RECOMMENDATION
from services.casework.steps.recommendations.proposing import PROPOSE_RECOMMENDATIONS
from services.casework.steps.recommendations.said import RecommendationPut, RecommendationsPut
from services.database.actions import Action, actions_of_cases
from services.database.cases import Case
from services.database.history import Entry, all_of_cases
from services.database.unit_of_work import UnitOfWork
from services.domain.alike import likeness
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.posted_form import Posted

_BESIDE: Final = frozenset({PROPOSE_RECOMMENDATIONS.name, DEVELOP_RECOMMENDATION.name})
_MOST: Final = 10

Chosen = tuple[tuple[UUID, RecommendationPut], tuple[str, ...]]
"""A recommendation of a case, and the words that it has in common with what is written."""


@dataclass(frozen=True, slots=True)
class RecommendedBefore:
    """A recommendation of another case, which words it shares, and how its actions stand."""

    case_id: UUID
    reference: str
    text: str
    shared: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidBeforeView:
    """What was recommended before: the most alike first, or the newest where nothing is written."""

    is_compared: bool
    found: tuple[RecommendedBefore, ...]


def recommended_before(
    work: UnitOfWork, act: Act, case: Case | None, typed: Posted
) -> SaidBeforeView | None:
    """Return what to look at beside the form, None where the act writes no recommendation.

    That the actions of a case were looked at stands in its record of who saw it.
    """
    if case is None or act.name not in _BESIDE:
        return None
    cases = {one.id: one for one in cases_seen(work).open if one.id != case.id}
    put = list(_put_on(all_of_cases(work.session, cases, EntryType.RECOMMENDATIONS_PUT)))
    texts = [*_texts(typed)]
    chosen: list[Chosen] = _alike(put, texts) if texts else [(one, ()) for one in put[::-1]]
    actions = _actions(work, {case_id for (case_id, _row), _words in chosen[:_MOST]})
    found = tuple(
        _view(cases[case_id], row, words, actions.get(case_id, ()))
        for (case_id, row), words in chosen[:_MOST]
    )
    for case_id in dict.fromkeys(one.case_id for one in found):
        record_viewing(work, cases[case_id], Viewed.ACTIONS)
    return SaidBeforeView(is_compared=bool(texts), found=found)


def _texts(typed: Posted) -> Iterator[str]:
    """Yield each recommendation as it stands in the form, whether written now or kept before."""
    for name, values in typed.answers.items():
        if name == "text" or name.endswith("-text"):
            yield from filter(str.strip, values)


def _put_on(said: Mapping[UUID, Sequence[Entry]]) -> Iterator[tuple[UUID, RecommendationPut]]:
    """Yield the newest version of each that was put to the partners, the oldest first."""
    newest: dict[tuple[UUID, int], tuple[Entry, RecommendationPut]] = {}
    for case_id, entries in said.items():
        for entry in entries:
            for row in RecommendationsPut.model_validate(entry.command).recommendations:
                newest[case_id, row.number] = (entry, row)
    ordered = sorted(newest.items(), key=lambda one: (one[1][0].at, one[0][1]))
    yield from ((case_id, row) for (case_id, _number), (_entry, row) in ordered)


def _alike(put: Iterable[tuple[UUID, RecommendationPut]], texts: Sequence[str]) -> list[Chosen]:
    """Return those that are alike to one of the texts, with the words in common, most first."""
    measured = [
        (one, max((likeness(text, one[1].text) for text in texts), key=lambda like: like.share))
        for one in put
    ]
    alike = [(one, like) for one, like in measured if like.is_alike]
    ordered = sorted(alike, key=lambda found: (-found[1].share, -len(found[1].words)))
    return [(one, like.words) for one, like in ordered]


def _actions(work: UnitOfWork, case_ids: set[UUID]) -> dict[UUID, list[Action]]:
    """Return the actions of these cases' plans that the person may read, by case."""
    by_case: dict[UUID, list[Action]] = {}
    sees_all = work.actor.may(Permission.READ_CASE)
    for one in actions_of_cases(work.session, case_ids):
        if sees_all or one.agency_id == work.actor.agency_id:
            by_case.setdefault(one.case_id, []).append(one)
    return by_case


def _view(
    case: Case, row: RecommendationPut, words: tuple[str, ...], actions: Sequence[Action]
) -> RecommendedBefore:
    answering = [one for one in actions if _answers(one.recommendation, row.text)]
    return RecommendedBefore(
        case_id=case.id,
        reference=case.reference,
        text=row.text,
        shared=", ".join(words),
        actions=tuple(f"{one.action}: {label(one.progress)}" for one in answering),
    )


def _answers(named: str, text: str) -> bool:
    """Tell whether an action of the plan names this recommendation, or says it in its own words."""
    return capital(named.strip()) == capital(text.strip()) or likeness(named, text).is_alike
