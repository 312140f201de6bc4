"""What somebody with the whole database in their hands can do to an audit chain."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from services.casework.engine.audit_checks import anchor_prefix
from services.database.audit import written_moment
from services.domain.audit_verifier import GENESIS, link_hash
from services.domain.identifiers import PartnershipId
from services.storage.memory import MemoryStore

ROWS = text("select * from audit_links where tenant_id = :tenant order by seq")
HEAD = text("update audit_heads set seq = :seq, hash = :hash, at = :at where tenant_id = :tenant")


@dataclass(frozen=True)
class Tamperer:
    """An administrator of the database, triggers switched off, at work on one chain."""

    admin: Engine
    tenant: UUID

    @contextmanager
    def at_work(self) -> Iterator[Connection]:
        with self.admin.begin() as link:
            link.execute(text("set local session_replication_role = replica"))
            yield link

    def run(self, *statements: str) -> None:
        with self.at_work() as link:
            for statement in statements:
                link.execute(text(statement), {"tenant": self.tenant})

    def edit(self, seq: int) -> None:
        self.run(
            'update audit_links set body = body || \'{"what": "case_closed"}\''  # noqa: S608
            f" where tenant_id = :tenant and seq = {seq}"
        )

    def delete(self, seq: int) -> None:
        self.run(f"delete from audit_links where tenant_id = :tenant and seq = {seq}")  # noqa: S608

    def move(self, one: int, other: int) -> None:
        put = "update audit_links set seq = {} where tenant_id = :tenant and seq = {}"
        self.run(put.format(0, one), put.format(one, other), put.format(other, 0))

    def insert(self, seq: int) -> None:
        """Put a copy of the first link in at a number; those behind it move on by one."""
        up = "update audit_links set seq = {} where tenant_id = :tenant and seq {}"
        self.run(
            up.format("-seq - 1", f">= {seq}"),
            up.format("-seq", "< 0"),
            "insert into audit_links (tenant_id, seq, at, body, prev, hash) select tenant_id,"  # noqa: S608
            f" {seq}, at, body, prev, hash from audit_links where tenant_id = :tenant and seq = 1",
        )

    def cut(self, after: int) -> None:
        self.run(f"delete from audit_links where tenant_id = :tenant and seq > {after}")  # noqa: S608

    def restore(self, seq: int) -> None:
        """Put back what a backup held when the chain was so long: links and head."""
        self.cut(seq)
        with self.at_work() as link:
            last = link.execute(ROWS, {"tenant": self.tenant}).all()[-1]
            told = {"seq": last.seq, "hash": last.hash, "at": last.at, "tenant": self.tenant}
            link.execute(HEAD, told)

    def rewrite(self, seq: int) -> None:
        """Edit one link and hash everything from there on afresh, the head included."""
        self.edit(seq)
        put = text(
            "update audit_links set prev = :prev, hash = :hash"
            " where tenant_id = :tenant and seq = :seq"
        )
        with self.at_work() as link:
            prev, row = GENESIS, None
            for row in link.execute(ROWS, {"tenant": self.tenant}).all():
                at = written_moment(row.at)
                hashed = link_hash(prev, str(self.tenant), row.seq, at, row.body)
                told = {"prev": prev, "hash": hashed, "seq": row.seq, "tenant": self.tenant}
                link.execute(put, told)
                prev = hashed
            told = {"seq": row.seq, "hash": prev, "at": row.at, "tenant": self.tenant}
            link.execute(HEAD, told)


def empty_of_anchors(store: MemoryStore, partnership_id: PartnershipId) -> None:
    """Take a partnership's anchors out of a store that locks nothing."""
    for key in [one for one in store.versions if one.startswith(anchor_prefix(partnership_id))]:
        del store.versions[key]
