"""A database full of cases: copies of one example in every partnership, made by the database."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from deployments.demo.partnerships import NORTHMOOR, SALTMARSH
from services.bootstrap import wall_clock
from services.casework.provisioning import person_id_of
from services.database.documents import Document, DocumentState
from services.domain.documents import DocumentKind
from services.domain.entry_types import Section
from services.domain.joint_reviews import SHAREABLE

PARTNERSHIPS: Final = 20
CASES: Final = 10_000
SHARED_OF: Final = 20  # one case of so many
# What the pages of a case read; the tables and their columns are asked of the catalogue.
OF_A_CASE: Final = (
    "cases",
    "children",
    "entries",
    "running_clocks",
    "assignments",
    "agency_requests",
    "declarations",
    "sign_offs",
)
_COLUMNS: Final = text(
    "select attname from pg_attribute where attrelid = cast(:table as regclass) and attnum > 0"
    " and not attisdropped"
)
_CLONES: Final = text(
    "create temporary table clones as"
    " select gen_random_uuid() as id, p.tenant_id, n as number,"
    " row_number() over (partition by p.tenant_id) as place"
    " from generate_series(1, :cases) n join (select tenant_id, row_number() over () - 1 as place"
    " from partnerships) p on p.place = n % :partnerships"
)
# What is another in each copy of the example's document, the n-th of its case.
_OF_DOCUMENTS: Final = {
    "subject": "n::text",
    "key": "'t/' || c.id || '/' || n",
    "made_at": "now() - n * interval '1 hour'",
}
_GRANTS: Final = text(
    "insert into case_grants (tenant_id, id, case_id, joint_review_id, partnership_id, sections,"
    " purpose, lawful_basis, granted_by, granted_at, approved_by, approved_at, until_at)"
    " select c.tenant_id, gen_random_uuid(), c.id, c.id,"
    " case when c.tenant_id = :theirs then :ours else :theirs end, :sections, 'x', 'x',"
    " gen_random_uuid(), now(), gen_random_uuid(), now(), now() + interval '90 days'"
    " from clones c where c.place % :of = 1"
)
_MEMBERS: Final = text(
    "insert into joint_memberships (tenant_id, id, case_id, joint_review_id, part, is_lead,"
    " parties, from_at) select c.tenant_id, gen_random_uuid(), c.id, r.id, 'consulted',"
    " c.id = r.id, '[]', now() from clones r join clones c on c.id = r.id"
    " or c.tenant_id = :theirs and c.place = r.place + 1"
    " where r.place % :of = 1 and r.tenant_id = :ours"
)
_DECLARED: Final = text(
    "insert into declarations (tenant_id, id, case_id, person_id, has_conflict, closes,"
    " particulars, keeps_confidential, agreement, at) select tenant_id, gen_random_uuid(), id,"
    " :person, false, false, '', true, 1, now() from clones where tenant_id = :theirs"
)


@dataclass(frozen=True, slots=True)
class Many:
    """How many documents there are; a case of ours that stays alone, and one to be shared."""

    documents: int
    alone: UUID
    joint: UUID


def fill(admin_url: str, example: UUID, documents: int) -> Many:
    """Copy the example to so many cases in so many partnerships, with documents in each."""
    engine = create_engine(admin_url, poolclass=NullPool)
    with engine.begin() as link:
        _no_checks(link)
        for _ in range(PARTNERSHIPS - 2):
            _copy(link, "partnerships", {"tenant_id": "gen_random_uuid()", "code": _RANDOM})
        link.execute(_CLONES, {"cases": CASES, "partnerships": PARTNERSHIPS})
        link.execute(text("create table public.clones as select * from clones"))
        for table in OF_A_CASE:
            _copy_to_clones(link, table, example)
        with Session(link) as session:
            session.add(_document(example))
            session.flush()
            times = max(1, documents // (CASES * _count_documents(link, example)))
            made = _copy_to_clones(link, "documents", example, times)
        alone, joint = (_one_of_ours(link, rest) for rest in (2, 1))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        link.execute(text("vacuum analyze"))
    return Many(made, alone, joint)


def _count_documents(link: Connection, example: UUID) -> int:
    counted = text("select count(*) from documents where case_id = :case")
    return int(link.execute(counted, {"case": example}).scalar_one())


def share(admin_url: str) -> None:
    """Share a twentieth of all cases with SALTMARSH, whose own are shared with NORTHMOOR."""
    known = {
        "ours": NORTHMOOR.partnership_id,
        "theirs": SALTMARSH.partnership_id,
        "of": SHARED_OF,
    }
    engine = create_engine(admin_url, poolclass=NullPool)
    with engine.begin() as link:
        _no_checks(link)
        link.execute(_GRANTS, known | {"sections": sorted(SHAREABLE)})
        link.execute(_MEMBERS, known)
        person = person_id_of(SALTMARSH.email("manager"))
        link.execute(_DECLARED, {"theirs": SALTMARSH.partnership_id, "person": person})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        link.execute(text("analyze"))


_RANDOM: Final = "substr(md5(random()::text), 1, 6)"


def _one_of_ours(link: Connection, rest: int) -> UUID:
    asked = text("select id from clones where tenant_id = :ours and place % :of = :rest limit 1")
    known = {"ours": NORTHMOOR.partnership_id, "of": SHARED_OF, "rest": rest}
    found: UUID = link.execute(asked, known).scalar_one()
    return found


def _no_checks(link: Connection) -> None:
    link.execute(text("set local session_replication_role = replica"))
    link.execute(text("set local synchronous_commit = off"))


def _copy(link: Connection, table: str, but: dict[str, str]) -> None:
    columns = _columns(link, table)
    values = ", ".join(but.get(one, f'"{one}"') for one in columns)
    names = ", ".join(f'"{one}"' for one in columns)
    link.execute(text(f"insert into {table} ({names}) select {values} from {table} limit 1"))  # noqa: S608 -- names from the catalogue


def _document(example: UUID) -> Document:
    return Document(
        tenant_id=NORTHMOOR.partnership_id,
        case_id=example,
        kind=DocumentKind.UPLOAD,
        section=Section.MEETING,
        form="pdf",
        version=1,
        filename="example.pdf",
        media_type="application/pdf",
        key="",
        size=1000,
        sha256="",
        standing=DocumentState.KEPT,
        made_by=uuid4(),
        made_at=wall_clock(),
        said=[],
    )


def _copy_to_clones(link: Connection, table: str, example: UUID, times: int = 1) -> int:
    """Copy the example's rows of a table into each clone, so many times; return how many."""
    columns = _columns(link, table)
    but = {
        "tenant_id": "c.tenant_id",
        "case_id": "c.id",
        "id": "c.id" if table == "cases" else "gen_random_uuid()",
        "reference": "'EX-' || c.number",
        "flow_run_id": "gen_random_uuid()",
    }
    but |= _OF_DOCUMENTS if table == "documents" else {}
    values = ", ".join(but.get(one, f't."{one}"') for one in columns)
    names = ", ".join(f'"{one}"' for one in columns)
    which = "t.id" if table == "cases" else "t.case_id"
    done = link.execute(
        text(
            f"insert into {table} ({names}) select {values} from {table} t, clones c,"  # noqa: S608 -- names from the catalogue
            f" generate_series(1, :times) n where {which} = :example"
        ),
        {"example": example, "times": times},
    )
    return done.rowcount


def _columns(link: Connection, table: str) -> list[str]:
    return list(link.execute(_COLUMNS, {"table": table}).scalars())
