"""The pages on which a person goes on with a dispatch that the page of the case shows."""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass

from services.casework.effects import policy_of
from services.casework.steps.dispatches.letter_correction import letter_in
from services.database.cases import Case
from services.database.dispatches import Dispatch
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import HAVE_AN_ADDRESS, LEFT_HERE, TO_CORRECT, TO_GIVE_AN_ADDRESS
from services.domain.documents import DocumentForm
from services.domain.roles import Permission
from services.domain.ways import Way

Link = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """What the person may do with dispatches, and by which ways they go on here."""

    ways: Callable[[Dispatch], tuple[Way, ...]]
    gone_on: Set[str]
    may_send: bool
    may_correct: bool

    def links(self, one: Dispatch) -> Iterator[Link]:
        """Yield the pages of the dispatch, each by its address below the case and its words."""
        if self.may_correct and one.state in TO_CORRECT:
            yield from _on_its_letter(one)
        if self.may_send:
            yield from self._on_its_way(one)

    def _on_its_way(self, one: Dispatch) -> Iterator[Link]:
        may_go = one.state in TO_GIVE_AN_ADDRESS and one.subject not in self.gone_on
        if may_go and Way.COLLECTION in self.ways(one):
            page = "rapid-review/collection" if one.awaits_submission else "dispatches/collection"
            yield page, "Send it to be collected"
        if one.is_collected and one.state in HAVE_AN_ADDRESS:
            yield "dispatches/collection-code", "Make a code"
        if one.is_collected and one.state.is_under_way:
            yield "dispatches/take-back", "Take the address back"
        if one.state in LEFT_HERE:
            yield "dispatches/wrong-person", "It went to the wrong person"


def onward(work: UnitOfWork, case: Case, found: Iterable[Dispatch]) -> Onward:
    """Return what the person may do with the dispatches of the case."""
    return Onward(
        ways=lambda one: policy_of(case).ways_of(one.notice.rule.document_class, one.recipient),
        gone_on={one.subject for one in found if one.state.counts or one.state.is_under_way},
        may_send=work.actor.may(Permission.SEND_DISPATCHES),
        may_correct=work.actor.may(Permission.CORRECT_LETTERS),
    )


def _on_its_letter(one: Dispatch) -> Iterator[Link]:
    letter = letter_in(one)
    if letter is not None:
        yield f"dispatches/words?of={one.id}", "Put its words right"
    if letter is not None and DocumentForm.WORD in letter[0].particulars.forms:
        yield f"dispatches/word?of={one.id}", "Bring back its Word file"
