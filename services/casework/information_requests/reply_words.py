"""What the reply paper says: the words that are given, and a mark in the place of all others.

No page of a document is covered over: each item that is given is set anew from its words without
those that are left out, so that these were never in the paper. An item that is withheld leaves no
trace in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.casework.information_requests.standing import ItemStanding
from services.documents.blocks import Block, Heading, Items, Paragraph
from services.documents.pdf import set_as_pdf
from services.documents.wording import Worded
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.information_requests import Exemption, ItemDecision
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.redaction import LEFT_OUT, stands_in, without

TITLE: Final = "Reply to a request for information"
_MARKED: Final = f"Where words are left out, {LEFT_OUT} stands in their place."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWords:
    """What a reply paper is made of: its head, the letter, and what two people decided to give."""

    reference: str
    partnership: str
    opening: str
    items: tuple[ItemStanding, ...]
    names_exemptions: bool

    def as_pdf(self) -> bytes:
        """Return the paper as a PDF whose words, title and metadata hold nothing that is left out.

        Raises AnswerRefused where the letter says words that are left out of an item, RuleBroken
        where another item that is given says them.
        """
        self._must_hold_nothing_withheld()
        paper = Worded(
            title=TITLE,
            reference=self.reference,
            partnership=self.partnership,
            marking="",
            blocks=tuple(self._blocks()),
            template="",
        )
        return set_as_pdf(paper)

    def _blocks(self) -> Iterator[Block]:
        yield from _paragraphs(self.opening)
        for title, text in self._given():
            yield Heading(level=1, text=title)
            yield from _paragraphs(text)
        left_out = [one for one in self.items if _decision(one) is not ItemDecision.DISCLOSE]
        if any(_decision(one) is ItemDecision.REDACT for one in left_out):
            yield Paragraph(text=_MARKED, notice=True)
        by = {Exemption(said) for one in left_out for said in _said(one, "exemptions")}
        if by and self.names_exemptions:
            yield Heading(level=1, text="What was left out, and by which provisions")
            yield Items(items=tuple(capital(label(one)) for one in Exemption if one in by))

    def _given(self) -> Iterator[tuple[str, str]]:
        """Yield the title and the words of each item that is given, without what is left out."""
        for one in self.items:
            if _decision(one) is not ItemDecision.WITHHOLD:
                words, passages = one.entered.words, _passages(one)
                yield without(words["title"], passages), without(words["text"], passages)

    def _must_hold_nothing_withheld(self) -> None:
        """Refuse words that are left out of one item and stand elsewhere in the paper."""
        passages = [passage for one in self.items for passage in _passages(one)]
        if any(stands_in(passage, self.opening) for passage in passages):
            raise AnswerRefused("opening", "It says words that are left out of an item.")
        for title, text in self._given():
            if any(stands_in(passage, f"{title}\n{text}") for passage in passages):
                raise RuleBroken(
                    f"“{title}” says words that are left out of another item. Decide it anew."
                )


def _decision(item: ItemStanding) -> ItemDecision:
    if item.decided is None:
        raise RuleBroken("An item is not decided yet.")
    return ItemDecision(item.decided.words["decision"])


def _said(item: ItemStanding, name: str) -> tuple[str, ...]:
    return tuple(item.decided.words[name]) if item.decided else ()


def _passages(item: ItemStanding) -> tuple[str, ...]:
    found = item.decided.words["passages"] if item.decided else ()
    return tuple(one["passage"] for one in found)


def _paragraphs(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(text=line.strip())
