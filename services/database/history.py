"""What has happened on each case: one entry an act, added to and never changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from secrets import token_hex
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Index, text
from sqlmodel import Field, Session, UniqueConstraint, col, func, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case, written
from services.database.remembered import VIEWINGS, remembered
from services.domain.entry_types import EntryType, Section
from services.domain.roles import Role, Seat
from services.domain.viewings import Viewed

_FACTS: Final = text(
    "select id, number, entry_type, section, subject, at, agencies from sec.facts_of(:case_id)"
)
_ENDS_REVIEW: Final = (EntryType.REOPENED, EntryType.NOTIFICATION_WITHDRAWN)
_NEWEST: Final = text("select max(number) from sec.facts_of(:case_id)")
_FORM_USED: Final = text("select case_id, form_digest from sec.form_used(:once)")


class Entry(PartnershipRow, table=True):
    """One thing that happened: the act's own words, who did it and when.

    ``once`` is the key of the posted form, ``form_digest`` the act, case and command that it was
    used for: the same form posted twice is one entry. ``salt`` goes into the digest by which the
    audit chain knows the entry, and is disposed of with it.

    An entry that the former lead of a joint review handed over says what was said on its case, by
    whom and when: ``origin_id`` is the entry there, ``names`` are the people and agencies in it.
    Of a report that was sent before publication they are what it calls them (decision 0085).
    """

    __tablename__ = "entries"
    __table_args__ = (
        of_case(),
        UniqueConstraint("tenant_id", "case_id", "number", name="entries_count_up"),
        UniqueConstraint("tenant_id", "once", name="one_act_a_form"),
        Index("entries_words", text("sec.words_of(tenant_id, command)"), postgresql_using="gin"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    number: int
    act: str
    entry_type: EntryType = Field(sa_column=coded(EntryType))
    subject: str = ""
    section: Section = Field(sa_column=coded(Section))
    command: dict[str, Any] = Field(sa_column=written())
    person_id: UUID
    role: Role = Field(sa_column=coded(Role))
    seat: Seat | None = Field(default=None, sa_column=coded(Seat, optional=True))
    authority: str = ""
    at: datetime = Field(sa_column=moment())
    once: UUID | None = None
    form_digest: str | None = None
    salt: str = Field(default_factory=partial(token_hex, 16))
    origin_id: UUID | None = None
    names: dict[str, str] = Field(default_factory=dict, sa_column=written())

    @property
    def names_handed_over(self) -> dict[UUID, str]:
        """Return the names that a former lead handed over with it; an entry of our own has none."""
        handed = self.names if self.names and self.origin_id is not None else {}
        return {UUID(one): name for one, name in handed.items()}


class Viewing(PartnershipRow, table=True):
    """One look at a case, a form or a document: who saw what, and when.

    ``act`` names the act whose form it was.
    """

    __tablename__ = VIEWINGS
    __table_args__ = (of_case(), Index("viewings_of_a_person", "tenant_id", "person_id"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(index=True)
    document_id: UUID | None = None
    what: Viewed = Field(sa_column=coded(Viewed))
    act: str = ""
    person_id: UUID
    role: Role = Field(sa_column=coded(Role))
    at: datetime = Field(sa_column=moment())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An entry as the rules see it: its type and its place, the agencies it names, no words."""

    id: UUID
    number: int
    entry_type: EntryType
    section: Section
    subject: str
    at: datetime
    agencies: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where an entry stands, whether or not the actor reads it."""

    case_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class FormUsed:
    """On which case a posted form was acted on, and what its key is bound to."""

    case_id: UUID
    form_digest: str | None


def entries(session: Session, case_id: UUID) -> list[Entry]:
    """Return all that happened on the case, newest first."""
    return list(
        session.exec(
            select(Entry).where(Entry.case_id == case_id).order_by(col(Entry.number).desc())
        )
    )


def newest_of_cases(session: Session, entry_type: EntryType) -> dict[UUID, Entry]:
    """Return the newest entry of this kind of each case that has one, by the case."""
    question = select(Entry).where(Entry.entry_type == entry_type).order_by(col(Entry.number))
    return {one.case_id: one for one in session.exec(question)}


def last_entry(
    session: Session, case_id: UUID, entry_type: EntryType, subject: str = ""
) -> Entry | None:
    """Return the newest entry of this kind on the case, if there is one."""
    question = (
        select(Entry)
        .where(Entry.case_id == case_id, Entry.entry_type == entry_type, Entry.subject == subject)
        .order_by(col(Entry.number).desc())
        .limit(1)
    )
    return session.exec(question).one_or_none()


def all_of(session: Session, case_id: UUID, *types: EntryType) -> list[Entry]:
    """Return every entry of these kinds on the case, oldest first."""
    question = select(Entry).where(Entry.case_id == case_id, col(Entry.entry_type).in_(types))
    return list(session.exec(question.order_by(col(Entry.number))))


def newest_read(session: Session, case_id: UUID, entry_type: EntryType) -> Entry | None:
    """Return the newest entry of this kind if the actor reads it; an older one would not stand."""
    read = all_of(session, case_id, entry_type)
    known = facts(session, case_id, entry_type)
    return read[-1] if read and read[-1].number == known[-1].number else None


def reads_all(session: Session, case_id: UUID, *types: EntryType) -> bool:
    """Tell whether the actor reads every entry of these kinds: no police mark hides one."""
    return len(all_of(session, case_id, *types)) >= len(facts(session, case_id, *types))


def all_of_cases(
    session: Session, case_ids: Collection[UUID], *types: EntryType
) -> dict[UUID, list[Entry]]:
    """Return every entry of these kinds on each of these cases, oldest first."""
    question = select(Entry).where(
        col(Entry.case_id).in_(case_ids), col(Entry.entry_type).in_(types)
    )
    found: dict[UUID, list[Entry]] = {}
    for one in session.exec(question.order_by(col(Entry.number))):
        found.setdefault(one.case_id, []).append(one)
    return found


def newest_numbers(
    session: Session, case_ids: Collection[UUID]
) -> dict[UUID, tuple[int, datetime]]:
    """Return of each of these cases the number of the newest entry that the actor reads, and when.

    Entries only count up, and each of a case is later than the one before it.
    """
    question = select(Entry.case_id, func.max(Entry.number), func.max(Entry.at)).where(
        col(Entry.case_id).in_(case_ids)
    )
    found = session.exec(question.group_by(col(Entry.case_id)))
    return {case_id: (number, at) for case_id, number, at in found}


def facts(session: Session, case_id: UUID, *types: EntryType) -> list[Fact]:
    """Return what the rules need of the case's entries of these types, oldest first.

    What a police mark hides from the actor is among them: a rule is the same whoever acts.
    """
    found = remembered(session, ("facts", case_id), lambda: _all_facts(session, case_id))
    return [one for one in found if not types or one.entry_type in types]


def _all_facts(session: Session, case_id: UUID) -> Sequence[Fact]:
    session.flush()
    found = session.execute(_FACTS, {"case_id": case_id})
    return [
        Fact(
            id=row.id,
            number=row.number,
            entry_type=EntryType(row.entry_type),
            section=Section(row.section),
            subject=row.subject,
            at=row.at,
            agencies=tuple(map(UUID, row.agencies or ())),
        )
        for row in found
    ]


def has_entry_since(
    session: Session, case_id: UUID, types: Sequence[EntryType], since: datetime
) -> bool:
    """Tell whether an entry of these kinds was made on the case after the moment."""
    return any(one.at > since for one in facts(session, case_id, *types))


def last_fact(
    session: Session, case_id: UUID, entry_type: EntryType, subject: str = ""
) -> Fact | None:
    """Return the newest entry of this kind on the case as the rules see it, if there is one."""
    found = [one for one in facts(session, case_id, entry_type) if one.subject == subject]
    return found[-1] if found else None


def review_begun_after(session: Session, case_id: UUID) -> int:
    """Return after which entry the review of the case begins; 0 where it is the first."""
    ends = facts(session, case_id, *_ENDS_REVIEW)
    return ends[-1].number if ends else 0


def entries_of_review(session: Session, case_id: UUID, *types: EntryType) -> list[Entry]:
    """Return what the actor reads of these types since the review that now is began."""
    begun = review_begun_after(session, case_id)
    return [one for one in all_of(session, case_id, *types) if one.number > begun]


def said_for_review(session: Session, case_id: UUID, *types: EntryType) -> list[Fact]:
    """Return what was said for the review that now is, oldest first.

    What came before a reopening or a withdrawal was for another one, and is asked and said anew
    (NOT-21, RR-01). An end that a former lead handed over has a later number than what our own
    side said after it: there the moment tells.
    """
    ends = facts(session, case_id, *_ENDS_REVIEW)
    return [
        one
        for one in facts(session, case_id, *types)
        if all(one.number > end.number or one.at > end.at for end in ends)
    ]


def count(session: Session, case_id: UUID) -> int:
    """Return the number of the case's newest entry."""
    session.flush()
    newest: int | None = session.execute(_NEWEST, {"case_id": case_id}).scalar_one()
    return newest or 0


def newest_place(session: Session, case_id: UUID) -> EntryPlace:
    """Return the place of the case's newest entry: that of the act, once it is recorded."""
    return EntryPlace(case_id, count(session, case_id))


def form_used(session: Session, once: UUID) -> FormUsed | None:
    """Return what the form with this key has led to, if it was acted on."""
    row = session.execute(_FORM_USED, {"once": once}).first()
    return None if row is None else FormUsed(row.case_id, row.form_digest)


def viewings(session: Session, case_id: UUID) -> list[Viewing]:
    """Return who looked at the case and its documents, newest first."""
    question = select(Viewing).where(Viewing.case_id == case_id)
    return list(session.exec(question.order_by(col(Viewing.at).desc(), col(Viewing.id)).limit(500)))


def opened_documents(session: Session, case_id: UUID, person_id: UUID) -> set[UUID]:
    """Return the documents of the case that the person has opened."""
    question = select(Viewing.document_id).where(
        Viewing.case_id == case_id,
        Viewing.person_id == person_id,
        Viewing.what == Viewed.DOCUMENT,
    )
    return {one for one in session.exec(question) if one is not None}


def entry_numbered(session: Session, case_id: UUID, number: int) -> Entry:
    """Return the case's entry of that number."""
    question = select(Entry).where(Entry.case_id == case_id, Entry.number == number)
    return session.exec(question).one()
