"""What disposes of a case, tried on ours by a second person, once nothing holds it any more."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from services.database.migrations.roles import APP, WORKER
from services.database.signed_context import NONE_CHOSEN
from tests.servers import CONTEXT_KEY

LASTS = 7200
_LEDGER: Final = UUID(int=11)
# What stands in the way of the disposal of the case, and what takes it out of the way.
_IN_THE_WAY: Final[Mapping[str, str]] = {
    "an answer": "delete from retention_answers where case_id = '{case}'",
    "a hold": "update legal_holds set released_at = now(), released_by = placed_by"
    " where released_at is null",
    "a request": "delete from information_request_papers; delete from information_request_steps;"
    " delete from information_requests",
    "a side of the joint review": "update cases set stage = 'closed' where id <> '{case}'",
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
_SAID_IN_LEDGER: Final = (
    "select concat_ws(' ', tenant_id, disposed_case, files, links_sha256, approved_by, rows)"
    " from disposals"
)


def disposing(scene: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to dispose of the case, and to replay that it was disposed of."""
    for name, said, what in (*_asked_for(scene), *_replayed(scene)):
        yield (WORKER if name.startswith("replaying") else APP), name, said, what


def _asked_for(scene: Any) -> Iterator[tuple[str, str, str]]:
    proposal = json.loads(scene.rows["retention_proposals"])["id"]
    second = CONTEXT_KEY.sign(scene.ours, uuid4(), LASTS)
    for left in (*_IN_THE_WAY, ""):
        yield f"disposing, {left} left", second, _disposing(scene, proposal, _free(left))
    for changed in (
        "update cases set stage = 'rapid_review' where id = '{case}'",
        "update retention_proposals set matter = 'keep' where case_id = '{case}'",
    ):
        what = _disposing(scene, proposal, f"{_free()}; {changed}")
        yield f"disposing, {changed[:25]}", second, what
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
    """Return what takes everything out of the way but this."""
    return "; ".join(done for name, done in _IN_THE_WAY.items() if name != left)


def _disposing(scene: Any, proposal: str, prepared: str) -> str:
    asked = f"sec.dispose_case('{proposal}', '{_LEDGER}', '2070-03-02')"
    ready = prepared.replace("{case}", str(scene.case_id))
    return _TRIED.format(prepared=ready, who=APP, asked=asked, counts=_counts(scene))


def _counts(scene: Any) -> str:
    each = [
        f"select concat_ws(' ', '{table}', tenant_id, count(*)) from {table} group by tenant_id"  # noqa: S608 -- ours
        for table in scene.rows
    ]
    each += [f"select '{one} ' || count(*) from {one}" for one in ("people", "web_sessions")]  # noqa: S608 -- ours
    return " union all ".join((*each, _SAID_IN_LEDGER))
