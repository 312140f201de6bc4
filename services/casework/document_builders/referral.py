"""The incident and its children, as the referral told of them when the document was ordered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from services.casework.answers_as_text import Names, as_section, text_of
from services.casework.document_builders.case_history import NOT_ON_RECORD, CaseHistory
from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.document_builders.referral_details import details_of
from services.casework.document_builders.referral_follows import what_follows
from services.casework.steps.family import FamilyLine, tell_family
from services.casework.steps.referral.referral_correction import as_referral
from services.casework.steps.referral.referred import ChildParticulars, Referral, ReferredChild
from services.casework.steps.referral.requested import RequestReview
from services.casework.steps.referral.who_referred import said_by_agency
from services.domain.clocks.versions import UNBORN_CHILDREN
from services.domain.documents import Answer, PaperSection, Table
from services.domain.entry_types import THE_REFERRAL, EntryType
from services.domain.errors import NotFound
from services.domain.labels.own_words import in_own_words

_SHORT = ("Name", "Date of birth", "Sex", "Care status with the local authority")
_OF_FAMILY = ("Name", "Relation to the child", "Date of birth, or age", "Lives with the child")
_MORE_OF_FAMILY = "What else is known"
_FAMILY = "Family and other significant adults"
_OF_INCIDENT = frozenset({"incident_on", "incident_time", "place", "area", "residence", "kinds"})
_OF_DEFINITION = frozenset(
    {"suspicion", "suspicion_reasons", "impairments", "lasting", "seriousness"}
)
# The parts of the referral form, besides the children and the family, with their answers.
PARTS_OF_REFERRAL: Final[Mapping[str, frozenset[str]]] = {
    "Post and consultation": frozenset(
        {
            *("referrer_post", "supporting_lead", "agency_aware_at"),
            *("partner_consulted", "consultation", "has_conflict", "particulars"),
        }
    ),
    "The incident": _OF_INCIDENT | {"further_children"},
    "Abuse and serious harm": _OF_DEFINITION | {"criteria"},
    "Safety, and what the family knows": frozenset(
        {"family", "siblings_safety", "family_informed", "family_informed_words"}
    ),
    "Who else is involved": frozenset(
        {
            *("aware_at", "police", "police_words", "coroner", "coroner_words"),
            *("media", "media_words", "other_agencies"),
        }
    ),
    "What was corrected": frozenset({"reason", "death_told_at"}),
}
_ADDRESSED: Final = "The business manager and the chair of the review group"
_NOT_IN_PAPERS = frozenset({"children", "has_conflict", "particulars", "keeps_confidential"})


def newest_referral(history: CaseHistory) -> Referral | None:
    """Return the referral as it was last corrected; a case that was invited has none of its own.

    Every version counts as said: where one of them is hidden by a police mark, so is the document.
    """
    told = history.all(*THE_REFERRAL)
    return as_referral(told[-1]) if told else None


def the_children(context: BuilderContext) -> PaperSection:
    """Return who the children are; only for papers that never leave the partnership's agencies."""
    referral = newest_referral(context.history)
    rows = tuple(_row(child, context.names) for child in referral.children) if referral else ()
    table = Table(caption="Children of this incident", columns=_SHORT, rows=rows) if rows else None
    return PaperSection(heading="The children", table=table)


def family_to_look_for(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return whom an agency looks for besides the children (Doc 2): what finds them, no more."""
    referral = newest_referral(context.history)
    if referral is None or not referral.family_members:
        return ()
    lines = tell_family(referral.family_members, referral.children)
    return (PaperSection(heading=_FAMILY, table=_family_table(lines)),)


def family_part(told: Referral | RequestReview) -> tuple[PaperSection, ...]:
    """Return all that is told of each person of the family; nothing where there are none."""
    lines = tell_family(told.family_members, told.children)
    table = _family_table(lines, _MORE_OF_FAMILY) if lines else None
    return (PaperSection(heading=_FAMILY, table=table),) if table else ()


def whole_family(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return each person of the family, and what else the referral tells of it."""
    referral = newest_referral(context.history)
    if referral is None:
        return ()
    told = family_part(referral)
    if referral.family is None:
        return told
    (part,) = told or (PaperSection(heading=_FAMILY),)
    more = Answer(label="Anything else about the family", text=referral.family)
    return (replace(part, answers=(more,)),)


def each_child(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return all that the referral tells of each child, a part of the paper for each."""
    referral = newest_referral(context.history)
    return child_parts(referral.children if referral else (), context.names)


def child_parts(children: Iterable[ChildParticulars], names: Names) -> tuple[PaperSection, ...]:
    """Return a part of the paper for each child: all that is told of them."""
    return tuple(_part(place, one, names) for place, one in enumerate(children, 1))


def incident_and_children(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what happened, when and where, and all that is told of each child."""
    referral = newest_referral(context.history)
    if referral is None:
        return ()
    others = frozenset(type(referral).model_fields) - _OF_INCIDENT
    incident = as_section("The incident", referral, context.names, without=others)
    return (incident, *each_child(context))


def against_definition(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what was told of abuse and of how serious the harm is (NOT-19 to NOT-21).

    Any impairment is enough, long-term impairment counts where it is likely, and recovery takes
    nothing from it: so who decides has each of the three before them, and on record.
    """
    referral = newest_referral(context.history)
    if referral is None:
        return ()
    others = frozenset(type(referral).model_fields) - _OF_DEFINITION
    return (as_section("Abuse and serious harm", referral, context.names, without=others),)


def the_referral(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return the whole referral as it stood: of the incident, then of each child."""
    referral = newest_referral(context.history)
    if referral is None:
        raise NotFound(NOT_ON_RECORD)
    incident = as_section("The referral", referral, context.names, without=_NOT_IN_PAPERS)
    return (incident, *each_child(context), *family_part(referral))


def whole_referral(context: BuilderContext) -> DocumentContent:
    """Build the referral form (Doc 1): for who referred as it was sent, else as it stands by then.

    A correction is the partnership's own, and may tell what others said: the agency's copy is of
    what it sent, or of what was entered for it: without what who entered it said of themselves.
    """
    is_copy = context.order.agency_id is not None
    entry = context.history.last(*((EntryType.REFERRED,) if is_copy else THE_REFERRAL))
    told = said_by_agency(entry) if is_copy else as_referral(entry)
    follows = (what_follows(context, told),) if entry.entry_type is EntryType.REFERRED else ()
    who, incident, definition, *others = (
        _part_of(told, heading, context.names) for heading in PARTS_OF_REFERRAL
    )
    return DocumentContent(
        sections=(
            who,
            incident,
            *child_parts(told.children, context.names),
            definition,
            *family_part(told),
            *others,
            *follows,
        ),
        addressed_to=f"{in_own_words(_ADDRESSED)} of {context.work.partnership.name}",
        sender=context.agency,
        details=details_of(context, entry, told),
    )


def _part_of(told: Referral, heading: str, names: Names) -> PaperSection:
    """Return a part of the form with what was answered in it."""
    others = frozenset(type(told).model_fields) - PARTS_OF_REFERRAL[heading]
    return as_section(heading, told, names, without=others)


def _family_table(lines: Iterable[FamilyLine], *more: str) -> Table:
    """Return the people as a table, with all that is known of them where ``more`` names it."""
    told = ((one.name, one.relation, one.born, one.lives_with, one.more) for one in lines)
    columns = (*_OF_FAMILY, *more)
    return Table(caption="", columns=columns, rows=tuple(row[: len(columns)] for row in told))


def _part(place: int, child: ChildParticulars, names: Names) -> PaperSection:
    told = as_section(f"Child {place}: {child.name}", child, names, without=frozenset({"name"}))
    unverified = child.expected_on is not None and not UNBORN_CHILDREN.confirmed
    note = (f"{UNBORN_CHILDREN.effect} Check this: {UNBORN_CHILDREN.source}.",)
    return replace(told, paragraphs=note if unverified else ())


def _row(child: ReferredChild, names: Names) -> tuple[str, ...]:
    born = on_day(child.born_on)
    if child.expected_on is not None:
        born = f"Expected {on_day(child.expected_on)}"
    return (child.name, born, text_of(child.sex, names), text_of(child.statuses, names))
