"""What every role can see and do under every context: attempts whose results a mutation changes.

All of them are made in the administrator's transaction, each undone at its end, so that a
mutation needs no database of its own and leaves nothing behind.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import Connection, text

from services.database.migrations.grants import OF_NO_PARTNERSHIP
from services.database.migrations.roles import (
    APP,
    BACKUP,
    OPERATIONS,
    OWNER,
    PROVISIONING,
    SEC,
    SIGN_IN,
    WATCH,
    WORKER,
)
from services.database.signed_context import NONE_CHOSEN, ContextKey
from services.domain.audit import INSTALLATION
from tests.isolation_appointments import appointing
from tests.isolation_audit import Ties, appends, of_account
from tests.isolation_disposals import disposing
from tests.isolation_drafts import reading_drafts
from tests.isolation_guests import LET_IN_AT, letting_in, listing
from tests.isolation_holidays import changing
from tests.isolation_identities import being_known
from tests.isolation_interests import settling
from tests.isolation_police import Marks, reading, writing
from tests.isolation_sharing import Shared
from tests.servers import CONTEXT_KEY

FORGED = ContextKey("a key that was never installed, in no database of these")
SECOND = ContextKey("a second key that is live while the first is changed")
RETIRED = ContextKey("a key that was live once and has been retired since")
LASTS = 7200
COLLECTED_AT = "c" * 64
VIEWS = ("ops.cases", "ops.emails", "watch.carriage")
# Under which contexts each role looks at everything: under all, where none is named.
LOOK = {
    APP: (),
    SIGN_IN: (),
    **dict.fromkeys((WORKER, PROVISIONING), ("ours", "theirs", "forged", "conflicted")),
    **dict.fromkeys((OPERATIONS, BACKUP, OWNER, SEC, WATCH), ("none", "ours")),
}
# Who adds rows; each is tried with every table.
WRITERS = (APP, WORKER, PROVISIONING)
_MADE = """
create temporary table attempts (key text, who text, said text, what text) on commit drop;
create function pg_temp.attempt(who text, said text, what text) returns text
language plpgsql as $$
declare found text;
begin
  perform set_config('role', who, true), set_config('app.ctx', said, true);
  if starts_with(what, 'select') then execute what into found;
  else execute what; get diagnostics found = row_count; end if;
  if what like '%audit.append%' then
    perform set_config('role', 'none', true);
    select string_agg(concat_ws(' ', l.tenant_id, l.seq, l.body), ', ' order by l.tenant_id, l.seq)
      into found from audit_links l join audit_heads h
        on h.tenant_id = l.tenant_id and l.seq > h.seq - 2;
  end if;
  raise exception using errcode = 'KL000', message = coalesce(found, 'nothing');
exception when sqlstate 'KL000' then return sqlerrm; when others then return sqlstate;
end $$;
"""
# The act that declares a conflict goes on to its end: the case closes behind it.
_DECLARE = """
do $do$ begin
  insert into declarations (tenant_id, id, case_id, person_id, has_conflict, closes, particulars,
    keeps_confidential, agreement, at)
  values (sec.tenant(), gen_random_uuid(), '{case}', sec.person(), true, true, 'x', true, 1, now());
  if not exists (select from cases where id = '{case}') then raise no_data_found; end if;
end $do$
"""
# Whether it is approved, and how every grant that is seen stands then.
_APPROVE = """
do $do$ declare approved boolean; told text; begin
  approved := sec.approve_grant('{grant}', now());
  select md5(string_agg(concat_ws(',', id, approved_by, approved_at, revoked_by, revoked_at), ';'
    order by tenant_id, id)) into told from case_grants;
  raise exception using errcode = 'KL000', message = approved || ' ' || told;
end $do$
"""
_KEEP = text("insert into attempts values (:key, :who, :said, :what)")
_MAKE = text("select key, pg_temp.attempt(who, said, what) as found from attempts")


@dataclass
class Scene:
    """Two partnerships, a case of ours, and a person of ours who has a conflict in it."""

    ours: UUID
    theirs: UUID
    manager: UUID
    conflicted: UUID
    case_id: UUID
    shared: Shared = field(default_factory=Shared)
    marks: Marks = field(default_factory=Marks)
    ties: Ties = field(default_factory=Ties)
    guests: Mapping[str, UUID] = field(default_factory=dict)
    appointments: Mapping[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    def contexts(self) -> dict[str, str]:
        """Return what is said at the start of a transaction, by what it is."""
        whose = (self.ours, self.manager, LASTS)
        signed = CONTEXT_KEY.sign(*whose)
        return {
            "none": "",
            "ours": signed,
            "theirs": CONTEXT_KEY.sign(self.theirs, self.manager, LASTS),
            "conflicted": CONTEXT_KEY.sign(self.ours, self.conflicted, LASTS),
            "person": CONTEXT_KEY.sign(NONE_CHOSEN, self.manager, LASTS),
            "installation": CONTEXT_KEY.sign(INSTALLATION, self.manager, LASTS),
            "second key": SECOND.sign(*whose),
            "retired key": RETIRED.sign(*whose),
            "forged": FORGED.sign(*whose),
            "our key's name": CONTEXT_KEY.name + FORGED.sign(*whose)[8:],
            "expired": CONTEXT_KEY.sign(self.ours, self.manager, -1),
            "longer": f"{signed[:94]}more{signed[94:]}",
        }

    def keep_rows(self, link: Connection, tables: list[str]) -> None:
        """Keep one row of ours of each table, of the case if it has cases."""
        with_case = text(
            "select table_name from information_schema.columns where column_name = 'case_id'"
            " and table_schema = 'public'"
        )
        of_cases = set(link.execute(with_case).scalars())
        for table in tables:
            case = " and case_id = :case" if table in of_cases else ""
            question = f"select to_jsonb(t)::text from {table} t where tenant_id = :ours{case}"  # noqa: S608 -- names from the catalogue
            given = {"ours": self.ours, "case": self.case_id}
            found = link.execute(text(f"{question} limit 1"), given).scalars().first()
            assert found is not None, f"no row of {table}"
            self.rows[table] = found


def set_up(link: Connection, scene: Scene) -> None:
    """Write down every attempt, for as long as this transaction lasts."""
    link.execute(text(_MADE))
    link.execute(_KEEP, [*_attempts(scene)])


def results(link: Connection) -> dict[str, str]:
    """Make every attempt, and return what each gives: a number, words, or the code of a refusal."""
    return {row.key: row.found for row in link.execute(_MAKE)}


def _attempts(scene: Scene) -> Iterator[dict[str, str]]:
    contexts = scene.contexts()
    everything = (*scene.rows, *OF_NO_PARTNERSHIP, *VIEWS)
    for who, names in LOOK.items():
        for name in names or contexts:
            said = contexts[name]
            asked = [f"select count(*) from {table}" for table in everything]  # noqa: S608 -- ours
            asked += ["select sec.tenant()", "select sec.person()", "select sec.blocked_cases()"]
            for what in asked:
                yield _one(who, name, said, what)
    yield from _watching(scene, contexts["ours"])
    yield from _sharing(scene, contexts)
    yield from _granting(scene, contexts["ours"])
    yield from _beside(scene, contexts)
    told = (*reading(scene), *writing(scene, _add), *changing(scene, contexts))
    told += (*letting_in(scene, contexts), *listing(scene, contexts, _add))
    told += (*settling(scene, contexts), *appointing(scene, contexts, _add))
    told += (*reading_drafts(scene, _add), *disposing(scene, _add), *being_known(scene))
    for attempt in told:
        yield _one(*attempt)
    yield from _appending(scene, contexts)
    yield from _at_the_door(scene, contexts["person"])
    newcomer = CONTEXT_KEY.sign(scene.ours, uuid4(), LASTS)
    yield _one(APP, "newcomer", newcomer, _DECLARE.format(case=scene.case_id))
    for who in WRITERS:
        for table, row in scene.rows.items():
            theirs = _add(table, row, tenant_id=str(scene.theirs))
            yield _one(who, "ours", contexts["ours"], theirs)
            yield _one(who, "conflicted", contexts["conflicted"], _add(table, row))
            for name, to in (("ours", scene.theirs), ("theirs", scene.ours)):
                given_away = f"update {table} set tenant_id = '{to}'"  # noqa: S608 -- ours
                yield _one(who, name, contexts[name], given_away)


def _sharing(scene: Scene, contexts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What is shown between partnerships, and who may let it come into force or end it."""
    asked = ["sec.shown_cases()", "sec.shown_sections()", "sec.joint_reviews()"]
    asked += ["sec.parts_taken()", "count(*) from sec.children_like(array['robin'])"]
    counted = ["sec.shared_cases()", "sec.known_partnerships()", "sec.live_grants()"]
    counted += [f"sec.shown_names('{scene.case_id}')", "sec.entries_with(array['said'])"]
    acts = [f"sec.approve_grant('{scene.shared.waiting}', now())"]
    acts += [f"sec.end_grant('{scene.shared.live}', now())"]
    for who in (APP, WORKER, SIGN_IN):
        for name in ("none", "ours", "theirs", "conflicted", "person", "forged"):
            for what in (*(f"select {one}" for one in (*asked, *acts)),):
                yield _one(who, name, contexts[name], what)
            for one in counted:
                yield _one(who, name, contexts[name], f"select count(*) from {one}")  # noqa: S608 -- ours


def _appending(scene: Scene, contexts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Append to one's own chain, to that of a partnership with a tie to ours, and to others'."""
    plain, *others = appends(scene.ties)
    for who in (APP, WORKER, SIGN_IN, OPERATIONS):
        for name in ("none", "ours", "theirs", "person", "forged"):
            yield _one(who, name, contexts[name], plain)
    for what in others:
        yield _one(APP, "ours", contexts["ours"], what)
    for who in (APP, SIGN_IN):
        for name in ("none", "ours", "forged"):
            yield _one(who, name, contexts[name], of_account(scene.manager))


def _granting(scene: Scene, said: str) -> Iterator[dict[str, str]]:
    """Make grants in one's own and in others' names; approve, end, withdraw what may not be."""
    row, second, shared = scene.rows["case_grants"], uuid4(), scene.shared
    plain: dict[str, str | None] = {"granted_by": str(scene.manager)}
    plain |= dict.fromkeys(("approved_by", "approved_at", "revoked_by", "revoked_at"))
    for change in (
        {},
        {"granted_by": str(second)},
        {"approved_by": str(second)},
        {"approved_at": "2026-01-01"},
        {"revoked_at": "2026-01-01"},
    ):
        yield _one(APP, f"ours, {change}", said, _add("case_grants", row, **(plain | change)))
    for whose, own in (("ours", scene.ours), ("theirs", scene.theirs)):
        by_second = CONTEXT_KEY.sign(own, second, LASTS)
        for grant in (*shared.grants, uuid4()):
            approving = _APPROVE.format(grant=grant)
            yield _one(APP, f"{whose}, a second person, {grant}", by_second, approving)
        for invitation in (*shared.invitations, uuid4()):
            withdrawing = f"select sec.withdraw_invitation('{invitation}', now())"
            yield _one(APP, f"{whose}, a second person, {invitation}", by_second, withdrawing)
    for grant in (shared.revoked, uuid4()):
        yield _one(APP, "ours", said, f"select sec.end_grant('{grant}', now())")


def _beside(scene: Scene, contexts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Who declared a conflict on another side's row; whether anything stops disposal of a case."""
    for who in (APP, WORKER, SIGN_IN):
        for name in ("none", "ours", "theirs", "forged"):
            for one in (scene.case_id, NONE_CHOSEN):
                for asked in ("conflicted_beside", "is_held"):
                    yield _one(who, name, contexts[name], f"select sec.{asked}('{one}')")


def _at_the_door(scene: Scene, said: str) -> Iterator[dict[str, str]]:
    """Add people, what they sign in with, and sessions of theirs."""
    for who in (APP, WORKER, SIGN_IN, PROVISIONING):
        for what in (
            "insert into people values (gen_random_uuid(), 'x@x', 'x', false)",
            "insert into credentials values (gen_random_uuid(), 'x')",
            "insert into identity_providers (code, name, issuer, client_id, sealed_secret, longest_ago_minutes, session_minutes, tells_of_logout) values ('xx', 'x', 'https://x', 'x', 'x', 1, 0, false)",  # noqa: E501
            "update identity_providers set issuer = 'https://x'",
            f"insert into web_sessions (carried_sha256, person_id, form_secret) values ('x', '{scene.manager}', 'x')",  # noqa: S608, E501 -- ours
        ):
            yield _one(who, "person", said, what)


def _watching(scene: Scene, said: str) -> Iterator[dict[str, str]]:
    """What is asked across partnerships, by those who may."""
    for who in (APP, WORKER, SIGN_IN):
        for asked in (
            f"case_of('{scene.case_id}')",
            f"cases_after('{NONE_CHOSEN}', 1000)",
            "cases_to_carry()",
            "leases_of('')",
            *(f"partnerships{one}()" for one in ("", "_with_emails")),
            *(f"collection_at('{one}')" for one in (COLLECTED_AT, "")),
            *(f"guest_link_at('{one}')" for one in (LET_IN_AT, "")),
            "partnerships_to_count('', now())",
            "clocks_measured('')",
            *(f"{one}_measured()" for one in ("work", "emails", "alerts", "audits")),
            "migrated_to()",
        ):
            yield _one(who, "ours", said, f"select count(*) from watch.{asked}")  # noqa: S608 -- ours


def _add(table: str, row: str, **change: str | None) -> str:
    """Return the statement that adds such a row; a number of the database's own is left out."""
    new = json.loads(row) | change
    if isinstance(new.get("id"), str):
        new["id"] = str(uuid4())
    columns = ", ".join(f'"{name}"' for name in new if name != "id" or isinstance(new["id"], str))
    literal = json.dumps(new).replace("'", "''")
    made = f"jsonb_populate_record(null::{table}, '{literal}')"
    return f"insert into {table} ({columns}) select {columns} from {made}"  # noqa: S608 -- ours


def _one(who: str, name: str, said: str, what: str) -> dict[str, str]:
    key = f"{who} with {name}: {' '.join(what.split())[:120]}"
    return {"key": key, "who": who, "said": said, "what": what}
