"""How an inspection pack stands, from the steps that were taken on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from services.casework.inspection_packs.said import (
    AddStatement,
    DecidePackItem,
    PackGathered,
    PackItem,
    PackOpened,
)
from services.database.inspection import InspectionStep
from services.domain.audit import InspectionEvent
from services.domain.inspection import PackState

_E = InspectionEvent
# What changes what the pack says: an approval of before counts no more.
_CHANGES: Final = frozenset({_E.GATHERED, _E.STATEMENT_ADDED, _E.ITEM_DECIDED})
_STATES: Final[Mapping[InspectionEvent, PackState]] = {
    _E.MANAGER_APPROVED: PackState.WITH_PARTNER,
    _E.PARTNER_REFUSED: PackState.REFUSED,
    _E.PARTNER_APPROVED: PackState.APPROVED,
    _E.SENT: PackState.SENT,
    _E.NOT_RECEIVED: PackState.NOT_RECEIVED,
    _E.CLOSED: PackState.CLOSED,
}
# A file of the pack is frozen: what it says is not changed any more, and a newer pack takes over.
FROZEN: Final = frozenset({PackState.SENT, PackState.NOT_RECEIVED, PackState.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOfPack:
    """An item as it was gathered or added, and the newest decision on it."""

    step: InspectionStep
    said: PackItem
    decided: InspectionStep | None = None

    @property
    def decision(self) -> DecidePackItem | None:
        """Return what is decided of it, if anything is."""
        return None if self.decided is None else DecidePackItem.model_validate(self.decided.words)


@dataclass(frozen=True)
class PackStanding:
    """A pack with its steps, in the order of their taking."""

    steps: tuple[InspectionStep, ...]

    @property
    def opening(self) -> InspectionStep:
        """Return the step that opened it."""
        return self.steps[0]

    @property
    def id(self) -> UUID:
        """Return by what it is known."""
        return self.opening.id

    @cached_property
    def opened(self) -> PackOpened:
        """Return for whom it is, of which period, and what is asked."""
        return PackOpened.model_validate(self.opening.words)

    @cached_property
    def gathered(self) -> PackGathered:
        """Return as of when it was last gathered, and of which cases."""
        return PackGathered.model_validate(self._gathering.words)

    @cached_property
    def items(self) -> tuple[ItemOfPack, ...]:
        """Return the items of the last gathering and what was added, in their order."""
        known = {one.id: one for one in self.steps}
        return tuple(
            ItemOfPack(step=one, said=_said(one), decided=self._decided(one, known))
            for one in self.steps
            if one.event is _E.STATEMENT_ADDED
            or (one.event is _E.ITEM_GATHERED and one.of_step == self._gathering.id)
        )

    @property
    def open_items(self) -> tuple[ItemOfPack, ...]:
        """Return the items of which nothing is decided yet."""
        return tuple(one for one in self.items if one.decided is None)

    @cached_property
    def state(self) -> PackState:
        """Return how it stands: by the last step that says so since it was last changed."""
        for one in reversed(self.steps):
            if one.event in _STATES:
                return _STATES[one.event]
            if one.event in _CHANGES:
                break
        return PackState.TO_DECIDE if self.open_items else PackState.TO_APPROVE

    @property
    def approvals(self) -> tuple[InspectionStep | None, InspectionStep | None]:
        """Return the manager's approval that the partner answered last, and the partner's."""
        partner = self.last(_E.PARTNER_APPROVED)
        manager = next((one for one in self.steps if partner and one.id == partner.of_step), None)
        return manager, partner

    def last(self, *events: InspectionEvent) -> InspectionStep | None:
        """Return the newest step of these kinds."""
        return next((one for one in reversed(self.steps) if one.event in events), None)

    @property
    def _gathering(self) -> InspectionStep:
        found = self.last(_E.GATHERED)
        assert found is not None  # noqa: S101 - it is gathered as it is opened
        return found

    def _decided(
        self, item: InspectionStep, known: Mapping[UUID, InspectionStep]
    ) -> InspectionStep | None:
        """Return the newest decision on the item, or else on the one that said the very same."""
        about: InspectionStep | None = item
        while about is not None:
            here = [
                one
                for one in self.steps
                if one.event is _E.ITEM_DECIDED and one.of_step == about.id
            ]
            if here:
                return here[-1]
            before = about.words.get("same_as")
            about = known.get(UUID(before)) if before else None
        return None


def _said(step: InspectionStep) -> PackItem:
    if step.event is _E.STATEMENT_ADDED:
        told = AddStatement.model_validate(step.words)
        return PackItem(title=told.title, paragraphs=tuple(told.text.splitlines()))
    return PackItem.model_validate(step.words)


def pack_standings(steps: Iterable[InspectionStep]) -> list[PackStanding]:
    """Return each pack with its own steps, the newest pack first."""
    of: dict[UUID, list[InspectionStep]] = defaultdict(list)
    for one in steps:
        of[one.pack_id].append(one)
    found = [PackStanding(tuple(sorted(its, key=lambda one: one.number))) for its in of.values()]
    return sorted(found, key=lambda one: one.opening.added_at, reverse=True)


def superseded_by(pack: PackStanding, packs: Iterable[PackStanding]) -> PackStanding | None:
    """Return the newer pack that takes the place of this one, if one does."""
    return next((one for one in packs if one.opened.replaced == pack.id), None)
