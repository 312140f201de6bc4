"""The directory of a partnership: every entry that was made, how it ended, who confirmed it.

All of its tables are only added to: a change ends one entry and begins another, a mistake is
superseded, and who it was on a day is asked of what is on record.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from secrets import token_hex
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, union_all
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, coded, moment
from services.domain.directory import ContactRole, OrganisationKind


class DirectoryRow(PartnershipRow):
    """A row of the directory; what it says is known to the audit chain by a salted digest.

    ``form_digest`` is the act, entry and command of the posted form that made it.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    salt: str = Field(default_factory=partial(token_hex, 16))
    form_digest: str | None = None

    @property
    def said(self) -> Mapping[str, str]:
        """Return what the row says, as its digest is made from it."""
        raise NotImplementedError


class Organisation(DirectoryRow, table=True):
    """An organisation under one name, from a day on.

    ``organisation_id`` stays the same when it is renamed: it is the id of its first entry.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "organisation_id"], ["organisations.tenant_id", "organisations.id"]
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
    )

    organisation_id: UUID
    kind: OrganisationKind = Field(sa_column=coded(OrganisationKind))
    name: str
    valid_from: date
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return what it is, its name, and from when on."""
        return {
            "organisation": str(self.organisation_id),
            "kind": self.kind.value,
            "name": self.name,
            "valid_from": self.valid_from.isoformat(),
        }


class Contact(DirectoryRow, table=True):
    """Who holds a post of an organisation from a day on, and at which address that was verified.

    ``replaces`` is the entry whose place it takes, with the reason.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "organisation_id"], ["organisations.tenant_id", "organisations.id"]
        ),
        ForeignKeyConstraint(["tenant_id", "replaces"], ["contacts.tenant_id", "contacts.id"]),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "id", "added_by", name="one_maker_of_a_contact"),
    )

    organisation_id: UUID
    role: ContactRole = Field(sa_column=coded(ContactRole))
    holder: str
    address: str
    telephone: str = ""
    verified_by: str
    verified_on: date
    valid_from: date
    replaces: UUID | None = None
    reasons: str = ""
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return who holds which post, how they are reached, and in whose place they came."""
        return {
            "organisation": str(self.organisation_id),
            "role": self.role.value,
            "holder": self.holder,
            "address": self.address,
            "telephone": self.telephone,
            "verified_by": self.verified_by,
            "verified_on": self.verified_on.isoformat(),
            "valid_from": self.valid_from.isoformat(),
            "replaces": str(self.replaces or ""),
            "reasons": self.reasons,
        }


class DirectoryEnding(DirectoryRow, table=True):
    """The last day of one entry, of an organisation or of a contact; an entry has one at most."""

    __tablename__ = "directory_endings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "organisation_entry_id"], ["organisations.tenant_id", "organisations.id"]
        ),
        ForeignKeyConstraint(["tenant_id", "contact_id"], ["contacts.tenant_id", "contacts.id"]),
        ForeignKeyConstraint(["ended_by"], ["people.id"]),
        CheckConstraint("num_nonnulls(organisation_entry_id, contact_id) = 1", name="of_one_entry"),
        UniqueConstraint("tenant_id", "organisation_entry_id", name="one_end_of_an_organisation"),
        UniqueConstraint("tenant_id", "contact_id", name="one_end_of_a_contact"),
    )

    organisation_entry_id: UUID | None = None
    contact_id: UUID | None = None
    last_day: date
    reasons: str
    ended_by: UUID
    ended_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return which entry ended, when and why."""
        return {
            "entry": str(self.organisation_entry_id or self.contact_id),
            "last_day": self.last_day.isoformat(),
            "reasons": self.reasons,
        }


class ContactConfirmation(DirectoryRow, table=True):
    """What a second person said of a contact; the database refuses the one who made the entry."""

    __tablename__ = "contact_confirmations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "contact_id", "added_by"],
            ["contacts.tenant_id", "contacts.id", "contacts.added_by"],
        ),
        ForeignKeyConstraint(["confirmed_by"], ["people.id"]),
        CheckConstraint("confirmed_by <> added_by", name="two_people_set_an_address"),
        UniqueConstraint("tenant_id", "contact_id", name="one_answer_to_a_contact"),
    )

    contact_id: UUID
    added_by: UUID
    is_confirmed: bool
    grounds: str
    confirmed_by: UUID
    confirmed_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return of which entry it was said, and what."""
        return {
            "contact": str(self.contact_id),
            "is_confirmed": str(self.is_confirmed),
            "grounds": self.grounds,
        }


class DutyTurn(DirectoryRow, table=True):
    """From which moment until which a contact is on duty, and in which place they are called.

    A later turn in the same place overrules an earlier one where they overlap.
    """

    __tablename__ = "duty_turns"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "contact_id"], ["contacts.tenant_id", "contacts.id"]),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        CheckConstraint("from_at < until_at", name="a_turn_lasts"),
    )

    contact_id: UUID
    place: int
    from_at: datetime = Field(sa_column=moment())
    until_at: datetime = Field(sa_column=moment())
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return who is on duty, in which place, and from when until when."""
        return {
            "contact": str(self.contact_id),
            "place": str(self.place),
            "from_at": self.from_at.astimezone(UTC).isoformat(),
            "until_at": self.until_at.astimezone(UTC).isoformat(),
        }


class Delegation(DirectoryRow, table=True):
    """What a person in a partner's seat may decide from a day on, and to whom they answer (GOV-12).

    A later first day takes the place of an earlier one; of the same day the newest entry holds.
    """

    __tablename__ = "delegations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "membership_id"], ["memberships.tenant_id", "memberships.id"]
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
    )

    membership_id: UUID
    decides: str
    accountable_to: str
    valid_from: date
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return whose authority it is, what they may decide, and to whom they answer."""
        return {
            "membership": str(self.membership_id),
            "decides": self.decides,
            "accountable_to": self.accountable_to,
            "valid_from": self.valid_from.isoformat(),
        }


TABLES: Final[tuple[type[DirectoryRow], ...]] = (
    Organisation,
    Contact,
    DirectoryEnding,
    ContactConfirmation,
    DutyTurn,
    Delegation,
)


def form_that_made(
    session: Session, ids: Collection[UUID], tables: Iterable[type[DirectoryRow]] = TABLES
) -> str | None:
    """Return the digest of the form by which a row with one of these ids was made, if one was."""
    found = (select(col(table.form_digest)).where(col(table.id).in_(ids)) for table in tables)
    return session.execute(union_all(*found)).scalars().first()
