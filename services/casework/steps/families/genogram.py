"""The genogram of a case: who belongs to the family and how they are related, by versions (FAM-06).

It is drawn from the people on record. All of it is said anew when something changes; each version
is a paper of the case, and none stands in anything that is published.
"""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, NeededWhen, Rows, Under, YesNo
from services.casework.effects import order_document
from services.casework.steps.families.approach import WHILE_REVIEWED
from services.casework.steps.families.genogram_people import (
    Drawable,
    PersonDrawn,
    PersonInDrawing,
    TieDrawn,
    TieInDrawing,
    figures,
    people_to_draw,
    ties,
)
from services.casework.steps.families.involvement import has_relatives
from services.casework.steps.family import tells_of_family
from services.casework.steps.police_marks.marks_carried import carry_marks_of_each
from services.database.cases import Case
from services.database.history import Entry, all_of, facts, newest_read
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.genogram import Genogram
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Step


class GenogramChecked(Command):
    """With whom a version was checked, and what is new in it."""

    checked_with: LongText = Field(
        title="With whom was it checked, and where was it shared? (FAM-06)",
        description="Such as at the planning meeting, the review team or the learning event.",
    )
    is_full: YesNo = Field(title="Is it full and accurate, as far as is known?")
    missing: Annotated[LongText | None, NeededWhen("if it is not")] = Field(
        default=None, title="What is missing or not certain?"
    )


class KeepGenogram(GenogramChecked):
    """The genogram of the family: how its people are related (FAM-06).

    Everybody of the family who is on record is drawn. It is shared at meetings of the review, and
    never stands in a report or anything else that is published.
    """

    people: Annotated[
        tuple[PersonInDrawing, ...], Rows(3, "person"), Under("How somebody is drawn")
    ] = Field(default=(), title="Of whom is more known than the name and the birth?")
    relations: Annotated[tuple[TieInDrawing, ...], Rows(6, "relation"), Under("Relations")] = Field(
        default=(), title="Who is related to whom, and how?"
    )


class GenogramKept(GenogramChecked):
    """What is kept of a version: the people by their names, and how they are related."""

    people: Annotated[tuple[PersonDrawn, ...], Rows(1, "person")] = Field(title="People")
    relations: Annotated[tuple[TieDrawn, ...], Rows(1, "relation")] = Field(title="Relations")

    @property
    def genogram(self) -> Genogram:
        """Return it as it is drawn."""
        return Genogram(
            people=tuple(one.figure for one in self.people),
            ties=tuple(one.as_tie for one in self.relations),
        )


def keep_genogram(work: UnitOfWork, case_id: CaseId, command: KeepGenogram) -> Case:
    """Keep a version of the genogram, and have it made as a paper; the one before stays."""
    case = begin(work, case_id, KEEP_GENOGRAM, command)
    drawn_from = _drawn_from(work, case)
    kept = _kept(people_to_draw(work, case), command)
    entry = record_entry_as(work, case, KEEP_GENOGRAM, command, Entered(kept=kept))
    carry_marks_of_each(work, case, drawn_from, entry)
    order_document(work, entry, Step.COMMISSION, DocumentKind.GENOGRAM)
    return case


KEEP_GENOGRAM = Act(
    name="keep_genogram",
    command=KeepGenogram,
    perform=keep_genogram,
    permission=Permission.INVOLVE_FAMILY,
    doing="keep the genogram of the family",
    stages=WHILE_REVIEWED,
    entry=EntryType.GENOGRAM_KEPT,
    kept=GenogramKept,
    is_offered=has_relatives,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def genogram_on_record(work: UnitOfWork, case: Case) -> GenogramKept | None:
    """Return the newest version, where the actor reads it; an older one would not stand."""
    newest = newest_read(work.session, case.id, EntryType.GENOGRAM_KEPT)
    return None if newest is None else GenogramKept.model_validate(newest.command)


def genogram_to_change(work: UnitOfWork, case: Case) -> KeepGenogram | None:
    """Return what is on record, to be put right; who is no longer on record is left out."""
    kept = genogram_on_record(work, case)
    if kept is None:
        return None
    ids = {one.name: one.id for one in people_to_draw(work, case)}
    return KeepGenogram(
        checked_with=kept.checked_with,
        is_full=kept.is_full,
        missing=kept.missing,
        people=tuple(
            PersonInDrawing(person=ids[one.name], shape=one.shape, has_died=one.has_died)
            for one in kept.people
            if one.name in ids and one.says_more
        ),
        relations=tuple(
            TieInDrawing(one=ids[tie.one], tie=tie.tie, other=ids[tie.other], words=tie.words)
            for tie in kept.relations
            if tie.one in ids and tie.other in ids
        ),
    )


def _drawn_from(work: UnitOfWork, case: Case) -> list[Entry]:
    """Return the version before, and the newest entries that tell who belongs to the family.

    Refuses who does not read all of them: people whom others know would be left out unseen.
    """
    found: list[Entry] = []
    for kinds in (
        (EntryType.GENOGRAM_KEPT,),
        tells_of_family(work, case),
        (EntryType.FAMILY_APPROACH_AGREED,),
    ):
        read = all_of(work.session, case.id, *kinds)
        if len(read) < len(facts(work.session, case.id, *kinds)):
            raise RuleBroken(
                "A police mark hides from you a part of what the genogram is drawn from: others "
                "change it."
            )
        found += read[-1:]
    return found


def _kept(known: tuple[Drawable, ...], command: KeepGenogram) -> GenogramKept:
    """Return the version as it is kept; refuse what cannot be drawn or cannot be so."""
    by_id = {one.id: one for one in known}
    if not command.relations:
        raise AnswerRefused("relations", "Say how at least two people are related.")
    if not command.is_full and command.missing is None:
        raise AnswerRefused("missing", "Say what is missing or not certain (FAM-06).")
    kept = GenogramKept(
        checked_with=command.checked_with,
        is_full=command.is_full,
        missing=command.missing,
        people=figures(known, by_id, command.people),
        relations=ties(by_id, command.relations),
    )
    if kept.genogram.goes_round:
        raise AnswerRefused("relations", "Somebody would be their own parent or grandparent.")
    return kept
