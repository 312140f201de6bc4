"""A page of a long table as it is shown: heads that order it, cells, its pages, how many there are.

A cell is words, so that the same rows leave as a file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from services.database.paging import Paged
from services.domain.plain_text import shortened
from services.web.long_lists import code_of_list, codes_in
from services.web.long_table import TableAsked, TableShape, address_of, query_of
from services.web.typed_words import WordsBox

_LONGEST: Final = 240  # letters of one text on a page
_BESIDE: Final = 1  # pages that are named on either side of the one that is shown


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a cell says: words, where they lead, the colour of a tag, and more in small letters.

    A page shows the beginning of what is long, so that a list stays light; a file has all of it.
    """

    text: str
    href: str = ""
    colour: str = ""
    hint: str = ""

    @property
    def text_shown(self) -> str:
        """Return as much of the words as a page shows."""
        return shortened(self.text, _LONGEST)

    @property
    def hint_shown(self) -> str:
        """Return as much as a page shows in small letters."""
        return shortened(self.hint, _LONGEST)


@dataclass(frozen=True, slots=True)
class TableHead:
    """The head of a column; ``href`` orders the list by it, ``sorted_by`` says how it is now."""

    title: str
    href: str
    sorted_by: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """One page of a table, with what was asked for and how many rows fit.

    ``total`` is how many rows the person may see before the list is narrowed, ``box`` the form
    that takes words to narrow it by.
    """

    shape: TableShape
    asked: TableAsked
    rows: Sequence[Sequence[TableCell]]
    found: Paged[Any]
    total: int
    box: WordsBox | None = None

    @property
    def heads(self) -> list[TableHead]:
        """Return the heads of the columns."""
        return list(self._heads())

    @property
    def is_narrowed(self) -> bool:
        """Tell whether something narrows the list."""
        return bool(self.asked.narrowed)

    @property
    def caption(self) -> str:
        """Say how many rows there are, of how many, and which of them stand here."""
        fitting, named = self.found.matching, self.shape
        of = f" of {self.total:,}" if self.is_narrowed else ""
        noun = named.one if (self.total if of else fitting) == 1 else named.several
        if self.found.pages == 1:
            return f"{fitting:,}{of} {noun}"
        first = (self.found.number - 1) * self.found.many + 1
        last = first + len(self.rows) - 1
        return f"{fitting:,}{of} {noun}: {first:,} to {last:,} are on this page"

    @property
    def pagination(self) -> dict[str, Any] | None:
        """Return what GOV.UK's component is given, or nothing where there is one page."""
        number, pages = self.found.number, self.found.pages
        if pages == 1:
            return None
        told: dict[str, Any] = {"landmarkLabel": "Pages of this list", "items": self._pages()}
        if number > 1:
            told["previous"] = {"href": self._page(number - 1)}
        if number < pages:
            told["next"] = {"href": self._page(number + 1)}
        return told

    @property
    def file(self) -> str:
        """Return the query by which the same is asked as a file, all pages of it together."""
        return query_of(self.shape, self.asked)

    @property
    def views(self) -> str:
        """Return where this view of the list is kept and others are opened, if it is a long one."""
        code = code_of_list(self.shape.path)
        asked = urlencode({"of": code} | codes_in(self.file))
        return f"/views?{asked}" if code else ""

    def cells(self) -> list[tuple[str, ...]]:
        """Return the rows as words alone: what stands in small letters follows in brackets."""
        return [tuple(_in_words(one) for one in row) for row in self.rows]

    def _heads(self) -> Iterator[TableHead]:
        for one in self.shape.columns:
            is_it = bool(one.code) and self.asked.sort == one.code
            turned = f"-{one.code}" if is_it and not self.asked.is_down else one.code
            query = query_of(self.shape, self.asked, order=turned)
            how = "descending" if self.asked.is_down else "ascending"
            yield TableHead(
                title=one.title,
                href=address_of(self.shape, query) if one.code else "",
                sorted_by=(how if is_it else "none") if one.code else "",
                then=one.downward if turned.startswith("-") else one.upward,
            )

    def _pages(self) -> list[dict[str, Any]]:
        number, pages = self.found.number, self.found.pages
        near = range(number - _BESIDE, number + _BESIDE + 1)
        named = sorted({1, pages, *(one for one in near if 1 <= one <= pages)})
        told: list[dict[str, Any]] = []
        for before, one in zip([0, *named], named, strict=False):
            if one > before + 1:
                told.append({"ellipsis": True})
            page = {"number": one, "href": self._page(one)}
            told.append({**page, "current": True} if one == number else page)
        return told

    def _page(self, number: int) -> str:
        return address_of(self.shape, query_of(self.shape, self.asked, page=number))


def _in_words(cell: TableCell) -> str:
    return f"{cell.text} ({cell.hint})" if cell.text and cell.hint else cell.text or cell.hint
