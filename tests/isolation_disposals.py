"""What disposes of a case, tried on ours by a second person, once nothing holds it any more.

Beside it: who says how long it is kept, and who opens and replays a restored database.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Connection, text

from services.database.migrations.roles import APP, OWNER, WORKER
from services.database.signed_context import NONE_CHOSEN
from tests.isolation_identities import know_them
from tests.servers import CONTEXT_KEY

LASTS = 7200
_LEDGER: Final = UUID(int=11)
_SOMEBODY: Final = UUID(int=12)
# What stands in the way of the disposal of the case, and what takes it out of the way.
_IN_THE_WAY: Final[Mapping[str, str]] = {
    "an answer": "delete from retention_answers where case_id = '{case}'",
    "a hold": "update legal_holds set released_at = now(), released_by = placed_by"
    " where released_at is null",
    "a request": "delete from information_request_papers; delete from information_request_steps;"
    " delete from information_requests",
    "a side of the joint review": "update cases set stage = 'closed' where id <> '{case}'",
}
# A guest of no case, somebody who is signed in, an email of no case: all that a disposal leaves.
_BYSTANDERS: Final = (
    "insert into people (id, email, name, is_guest) values (gen_random_uuid(), 'y@y', 'y', true),"
    " ('{somebody}', 'z@z', 'z', false); insert into web_sessions (carried_sha256, person_id,"
    " form_secret) values ('y', '{somebody}', 'y'); insert into outbox_emails select"
    " (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'case_id', null,"
    " 'key', 'y', 'message_id', 'y'))).* from outbox_emails o where o.case_id = '{case}' limit 1;"
    " insert into caught_emails (tenant_id, message_id, sender, recipient, subject, body, raw)"
    " select tenant_id, 'y', 'y', 'y', 'y', 'y', '' from cases where id = '{case}'"
)
# What does not change what is found, by what would find it if it were not asked whose it is.
_BESIDE: Final[Mapping[str, str]] = {
    "a proposal to keep it": "update retention_proposals set matter = 'keep',"
    " review_on = '2080-01-01' where case_id = '{case}'",
    "a twin of theirs, answered": "insert into retention_proposals (tenant_id, id, matter, years,"
    " reasons, agreed, proposed_by, proposed_at) select '{theirs}', id, 'schedule', '{}', 'x',"
    " 'x', proposed_by, now() from retention_proposals where id = '{proposal}'; insert into"
    " retention_answers (tenant_id, proposal_id, proposed_by, is_approved, reasons, answered_by,"
    " answered_at) select tenant_id, id, proposed_by, false, 'x', (select person_id from"
    " memberships where person_id <> proposed_by limit 1), now() from retention_proposals"
    " where tenant_id = '{theirs}' and id = '{proposal}'",
    "another joint review": "update cases set stage = 'rapid_review' where id = '{apart}'",
    "a link of theirs": "insert into audit_links (tenant_id, seq, at, body, prev, hash)"
    " values ('{theirs}', 1000000, now(), jsonb_build_object('case', '{case}'), 'x', 'x')",
}
_NOTHING: Final = "null"
_RESTORED: Final = "insert into restorations (id) values (gen_random_uuid())"
_OPENED: Final = "insert into restorations (id, opened_at) values (gen_random_uuid(), now())"
# What was said, and how many rows of each table and partnership there are then.
_TRIED: Final = """
do $do$ declare done text; told text; begin
  perform set_config('role', 'none', true);
  {prepared};
  perform set_config('role', '{who}', true);
  done := {asked};
  perform set_config('role', 'none', true);
  select md5(string_agg(n, ',' order by n)) into told from ({counts}) counted (n);
  raise exception using errcode = 'KL000', message = done || ' ' || told;
end $do$
"""
_REOPENED: Final = (
    "update restorations set opened_at = now()",
    "update restorations set replayed_at = now()",
)
_SAID_BY: Final = {
    "legal_holds": "placed_by",
    "retention_proposals": "proposed_by",
    "retention_answers": "answered_by",
    "policy_answers": "answered_by",
    "paper_template_answers": "answered_by",
}
_RELEASING: Final = (
    "update legal_holds set released_at = now(), released_by = '{person}'"
    " where released_at is {standing}null"
)
_SAID_IN_LEDGER: Final = (
    "select concat_ws(' ', tenant_id, disposed_case, files, links_sha256, approved_by, rows)"
    " from disposals"
)


def restore_once(link: Connection, scene: Any) -> None:
    """Leave that the database was restored once and opened, and who people are elsewhere."""
    link.execute(text(_OPENED))
    know_them(link, scene)
    link.execute(
        text(
            "insert into identities (id, person_id, issuer, subject)"
            " select gen_random_uuid(), :person, issuer, 'y' from identity_providers limit 1"
        ),
        {"person": scene.manager},
    )


def disposing(scene: Any, add: Callable[..., str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to dispose of the case, to replay that, and to say how long it is kept."""
    for name, said, what in (*_asked_for(scene), *_replayed(scene)):
        yield (WORKER if name.startswith("replaying") else APP), name, said, what
    yield from _saying(scene, add)
    contexts = scene.contexts()
    for who in (APP, WORKER, OWNER):
        for name in ("none", "ours", "theirs", "installation", "forged"):
            for what in (_RESTORED, *_REOPENED):
                yield who, f"{name}, restored", contexts[name], what


def _saying(scene: Any, add: Callable[..., str]) -> Iterator[tuple[str, str, str, str]]:
    """Propose, answer, hold and release, in one's own name and in another's."""
    ours = scene.contexts()["ours"]
    for table, said_by in _SAID_BY.items():
        for person in (scene.manager, uuid4()):
            what = add(table, scene.rows[table], **{said_by: str(person)})
            yield APP, f"{table}, by {person == scene.manager}", ours, what
    for person in (scene.manager, uuid4()):
        for standing in ("", "not "):
            what = _RELEASING.format(person=person, standing=standing)
            yield APP, f"releasing, {standing}, by {person == scene.manager}", ours, what


def _asked_for(scene: Any) -> Iterator[tuple[str, str, str]]:
    proposal = json.loads(scene.rows["retention_proposals"])["id"]
    second = CONTEXT_KEY.sign(scene.ours, uuid4(), LASTS)
    for left in (*_IN_THE_WAY, ""):
        yield f"disposing, {left} left", second, _disposing(scene, proposal, _free(left))
    reopened = "update cases set stage = 'rapid_review' where id = '{case}'"
    for name, changed in {"reopened": reopened, **_BESIDE}.items():
        what = _disposing(scene, proposal, f"{_free()}; {changed}")
        yield f"disposing, {name}", second, what
    contexts = scene.contexts()
    for name in ("none", "ours", "theirs", "conflicted", "forged"):
        yield f"disposing, {name}", contexts[name], _disposing(scene, proposal, _free())
    yield "disposing, no such", second, _disposing(scene, str(NONE_CHOSEN), _free())


def _replayed(scene: Any) -> Iterator[tuple[str, str, str]]:
    contexts, known = scene.contexts(), json.loads(scene.rows["disposals"])["id"]
    for name, ledger, case, prepared in (
        ("ours", _LEDGER, scene.case_id, _NOTHING),
        ("ours", _LEDGER, scene.case_id, _OPENED),
        ("ours", _LEDGER, scene.case_id, _RESTORED),
        ("ours", _LEDGER, uuid4(), _RESTORED),
        ("ours", known, scene.case_id, _RESTORED),
        ("theirs", _LEDGER, scene.case_id, _RESTORED),
        ("theirs", known, scene.case_id, _RESTORED),
    ):
        told = f"replaying, {name}, {prepared[:28]}, {ledger == known}, {case == scene.case_id}"
        for whose in (scene.ours, scene.theirs):
            line = _line(whose, ledger, case)
            asked = f"sec.replay_disposal('{line}')"
            prepared_so = prepared if prepared != _NOTHING else "perform 1"
            what = _TRIED.format(
                prepared=prepared_so, who=WORKER, asked=asked, counts=_counts(scene)
            )
            yield f"{told}, {whose}", contexts[name], what


def _line(whose: UUID, ledger: object, case: UUID) -> str:
    moments = dict.fromkeys(("closed_at", "proposed_at", "disposed_at"), "2026-01-01T00:00:00Z")
    people = dict.fromkeys(("proposed_by", "approved_by"), str(NONE_CHOSEN))
    said = {"reference": "x", "record_class": "local_review", "under": None, "rows": {}, "files": 0}
    ids = {"tenant_id": str(whose), "id": str(ledger), "disposed_case": str(case)}
    return json.dumps(ids | said | moments | people | {"links_sha256": "x"})


def _free(left: str = "") -> str:
    """Return what takes everything out of the way but this, with bystanders."""
    done = [done for name, done in _IN_THE_WAY.items() if name != left]
    return "; ".join((*done, _BYSTANDERS))


def _disposing(scene: Any, proposal: str, prepared: str) -> str:
    asked = f"sec.dispose_case('{proposal}', '{_LEDGER}', '2070-03-02')"
    ready = prepared
    for name, known in (
        ("case", scene.case_id),
        ("theirs", scene.theirs),
        ("apart", scene.ties.apart),
        ("somebody", _SOMEBODY),
        ("proposal", proposal),
    ):
        ready = ready.replace(f"{{{name}}}", str(known))
    return _TRIED.format(prepared=ready, who=APP, asked=asked, counts=_counts(scene))


def _counts(scene: Any) -> str:
    each = [
        f"select concat_ws(' ', '{table}', tenant_id, count(*)) from {table} group by tenant_id"  # noqa: S608 -- ours
        for table in scene.rows
    ]
    each += [f"select '{one} ' || count(*) from {one}" for one in ("people", "web_sessions")]  # noqa: S608 -- ours
    return " union all ".join((*each, _SAID_IN_LEDGER))
