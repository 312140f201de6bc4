"""What the file of an inspection pack says, item by item as it is decided.

Each item that goes is set anew without the words that are left out, so that these were never in the
file. What is withheld is named with the reason and by whom, so that a body sees that it is not all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.inspection_packs.said import PackItem
from services.casework.inspection_packs.standing import ItemOfPack, PackStanding
from services.documents.blocks import Block, Facts, Grid, Heading, Paragraph
from services.documents.wording import MARKING, Worded
from services.domain.errors import RuleBroken
from services.domain.inspection import InspectionQuestion, PackItemDecision
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.plain_dates import date_and_time, day_month_year
from services.domain.plain_text import capital
from services.domain.redaction import LEFT_OUT, stands_in, without

TITLE: Final = "Inspection pack"
_AS_OF: Final = (
    "Every figure and date is as Keyline showed it at the moment of gathering. What was recorded "
    "later is not in it."
)
_SAID_IN_OTHER_WORDS: Final = "In other words"


@dataclass(frozen=True, slots=True)
class ItemGoing:
    """An item as it goes: what it says, and what is said of how it was changed."""

    said: PackItem
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWords:
    """What a pack is made of: its steps, names by ids, who approved it and when."""

    partnership: str
    authorities: Mapping[str, str]
    pack: PackStanding
    named: Mapping[UUID, str]
    approved_by: tuple[UUID, ...]
    approved_at: datetime

    @property
    def line(self) -> str:
        """Return what stands at the foot of each page: for whom, of which pack, as of when."""
        opened = self.pack.opened
        as_of = date_and_time(self.pack.gathered.as_of)
        return f"{opened.reference} for {opened.body_name}, as of {as_of}"

    def going(self) -> Iterator[ItemGoing]:
        """Yield each item that goes, without what is left out of it."""
        for one in self.pack.items:
            decided = one.decision
            if decided is None:
                raise RuleBroken("An item is not decided yet.")
            if decided.decision is not PackItemDecision.WITHHOLD:
                yield self._going(one)

    def withheld(self) -> Iterator[tuple[str, str, str]]:
        """Yield what is withheld, why, and by whom."""
        for one in self.pack.items:
            decided = one.decision
            if decided is not None and decided.decision is PackItemDecision.WITHHOLD:
                yield _withheld_title(one.said), decided.reasons or "", self._who(one)

    def must_hold_nothing_left_out(self) -> None:
        """Refuse a pack in which words that are left out of one item stand in another."""
        passages = [
            one.passage
            for item in self.pack.items
            for one in (item.decision.passages if item.decision else ())
        ]
        for going in self.going():
            if any(stands_in(one, f"{going.said.words}\n{going.changed}") for one in passages):
                raise RuleBroken(
                    f"“{going.said.title}” says words that are left out of another item. Decide it "
                    "anew."
                )

    def worded(self) -> Worded:
        """Return the pack ready to be set."""
        return Worded(
            title=f"{TITLE}: {self.pack.opened.inspection}",
            reference=self.pack.opened.reference,
            partnership=self.partnership,
            marking=MARKING,
            blocks=tuple(self._blocks()),
            template="",
        )

    def _blocks(self) -> Iterator[Block]:
        yield Facts(facts=tuple(self._head()))
        yield Paragraph(text=_AS_OF, notice=True)
        if many := self.pack.gathered.not_open:
            yield Paragraph(
                text=f"Cases of which nothing is told, since an interest closes them to who "
                f"gathered this: {many}."
            )
        items = list(self.going())
        for question in (*InspectionQuestion, None):
            its = [one for one in items if one.said.question is question]
            if its:
                heading = label(question) if question else "what the partnership adds"
                yield Heading(level=1, text=capital(heading))
            for one in its:
                yield from _item(one)
        yield from self._left_out()

    def _head(self) -> Iterator[tuple[str, str]]:
        opened, gathered = self.pack.opened, self.pack.gathered
        owner = party_name(opened.owner, opened.authority or "", self.authorities)
        yield "For", opened.body_name
        yield "Inspection", opened.inspection
        yield "Period", f"{day_month_year(opened.first)} to {day_month_year(opened.last)}"
        yield "As of", date_and_time(gathered.as_of)
        yield "Cases open in the period", str(len(gathered.cases))
        yield "Owned by", capital(owner)
        approved = " and ".join(self.named.get(one, "") for one in self.approved_by)
        yield "Approved by", f"{approved}, {date_and_time(self.approved_at)}"

    def _left_out(self) -> Iterator[Block]:
        rows = tuple(self.withheld())
        yield Heading(level=1, text="What is withheld")
        if not rows:
            yield Paragraph(text="Nothing is withheld.")
            return
        yield Grid(caption="", columns=("What", "Why", "By whom"), rows=rows)

    def _going(self, one: ItemOfPack) -> ItemGoing:
        decided = one.decision
        if decided is None or decided.decision is PackItemDecision.INCLUDE:
            return ItemGoing(one.said)
        by = f"by {self._who(one)}: {decided.reasons}"
        if decided.instead:
            lines = tuple(filter(str.strip, decided.instead.splitlines()))
            said = PackItem(
                question=one.said.question,
                reference=one.said.reference,
                title=one.said.title,
                paragraphs=lines,
            )
            return ItemGoing(said, f"{_SAID_IN_OTHER_WORDS} {by}")
        said = _without(one.said, tuple(each.passage for each in decided.passages))
        return ItemGoing(said, f"Where words are left out, {LEFT_OUT} stands, {by}")

    def _who(self, one: ItemOfPack) -> str:
        return self.named.get(one.decided.added_by, "") if one.decided else ""


def _withheld_title(said: PackItem) -> str:
    return said.title if said.question else "A statement"


def _without(said: PackItem, passages: tuple[str, ...]) -> PackItem:
    return said.model_copy(
        update={
            "title": without(said.title, passages),
            "paragraphs": tuple(without(one, passages) for one in said.paragraphs),
            "rows": tuple(tuple(without(cell, passages) for cell in row) for row in said.rows),
        }
    )


def _item(one: ItemGoing) -> Iterator[Block]:
    yield Heading(level=2, text=one.said.title)
    for text in one.said.paragraphs:
        if text.strip():
            yield Paragraph(text=text.strip())
    if one.said.columns:
        yield Grid(caption="", columns=one.said.columns, rows=one.said.rows)
    if one.changed:
        yield Paragraph(text=one.changed, notice=True)
