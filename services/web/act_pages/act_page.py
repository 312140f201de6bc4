"""One act of casework as people meet it on a page below the case's address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.casework.act import Act
from services.casework.commands import Command
from services.casework.steps.local_review.chronology_rows import DatedRow
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.copy_sheet import SheetPart
from services.web.forms.fields import Options, Question, questions
from services.web.posted_form import Posted

Narrow = Callable[[UnitOfWork, Case], Options]
Note = Callable[[UnitOfWork, Case], str]
Prefill = Callable[[UnitOfWork, Case], Command | None]
Opens = Callable[[UnitOfWork, Case, str], Command | None]
Remarks = Callable[[UnitOfWork, Case, Posted], Mapping[str, tuple[str, ...]]]
Sheet = Callable[[UnitOfWork, Case], Sequence[SheetPart]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """An act that is about one of several things on the case: its form is opened for one of them.

    The address names it after `?of=`, the form in its ``question``. ``named`` returns the choice
    that is meant by such a name, if it is there, ``on_record`` what the form opens with, ``key``
    what it is known by for as long as the case is kept: a draft is kept under it.
    """

    question: str
    called: str
    named: Callable[[UnitOfWork, Case, str], str]
    on_record: Callable[[UnitOfWork, Case, str], Command | None]
    key: Callable[[UnitOfWork, Case, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """The page of an act: its words, what may be chosen on this case, and what to know of it.

    ``prefill`` returns what is on record where the form opens with it, to be put right;
    ``one_of`` does so where the form is about one of several.
    ``opens`` returns how it opens by what the address names after `?of=`, and narrows nothing.
    ``sheet`` returns what is copied into a form of somebody else's before this one is filled in.
    ``remarks`` returns what is to be looked at again in what stands in the form, by the name of its
    question; under no name stands what is said of the whole.
    ``takes_filled_form`` says that a Word file with its answers can be brought in.
    ``takes_table`` is the kind of row that can be brought in as a spreadsheet, if one can.
    ``told_once`` is the page that shows what the act returned, which is shown at no other time.
    ``beside`` are other pages to which this one leads, for what may have to be done first.
    ``compares`` says of what two versions are compared, on a page to which it leads as well.
    Whatever is law about the act (who, when, on which case) stands in its record.
    """

    act: Act
    path: str
    title: str
    button: str
    done: str
    narrow: Narrow | None = None
    prefill: Prefill | None = None
    one_of: OneOf | None = None
    opens: Opens | None = None
    sheet: Sheet | None = None
    remarks: Remarks | None = None
    note: Note | None = None
    intro: str = ""
    template: str = "pages/act.html"
    told_once: str = ""
    takes_filled_form: bool = False
    takes_table: type[DatedRow] | None = None
    beside: "tuple[ActPage, ...]" = ()
    compares: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions that the act's command asks."""
        return questions(self.act.command)

    def remarks_on(
        self, work: UnitOfWork, case: Case | None, typed: Posted
    ) -> Mapping[str, tuple[str, ...]]:
        """Return what is to be looked at again in what stands in the form, if anything."""
        if self.remarks is None or case is None:
            return {}
        return self.remarks(work, case, typed)

    @property
    def keeps_draft(self) -> bool:
        """Tell whether what is typed is saved before it is sent: the declaration opens no draft."""
        return bool(self.questions) and not self.act.before_declaring

    @property
    def why(self) -> str:
        """Say what the page is for, and by which rule."""
        return " ".join((self.intro or self.act.command.__doc__ or "").split())
