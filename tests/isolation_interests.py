"""A person whose declared interest is managed, and attempts to settle interests in their name."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, text

from services.database.migrations.roles import APP, SIGN_IN, WORKER
from services.database.signed_context import NONE_CHOSEN
from tests.servers import CONTEXT_KEY

LASTS = 7200
SETTLED = UUID(int=7)
_NOBODY = uuid4()
_DECLARED = text(
    "insert into declarations (tenant_id, id, case_id, person_id, number, has_conflict, closes,"
    " particulars, keeps_confidential, agreement, at) values (:tenant, gen_random_uuid(), :case,"
    " :person, :number, true, false, '', true, 1, now())"
)
# Whether it was settled, and how every declaration stands then, also those before the newest.
_SETTLE = """
do $do$ declare done boolean; told text; begin
  done := sec.settle_interest('{case}', '{person}', {closing});
  perform set_config('role', 'none', true);
  select md5(string_agg(concat_ws(',', tenant_id, id, closes), ';' order by tenant_id, id))
    into told from declarations;
  raise exception using errcode = 'KL000', message = done || ' ' || told;
end $do$
"""


def settle_one(link: Connection, scene: Any) -> None:
    """Add a person of ours who declared two interests in the case and takes part all the same."""
    for number in (1, 2):
        known = {"tenant": scene.ours, "case": scene.case_id, "person": SETTLED, "number": number}
        link.execute(_DECLARED, known)


def settling(scene: Any, contexts: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to settle interests: of others, of one's own, of none, of other cases."""
    settled = CONTEXT_KEY.sign(scene.ours, SETTLED, LASTS)
    known = [(name, contexts[name]) for name in ("none", "ours", "theirs", "conflicted")]
    for name, said in (*known, ("settled", settled)):
        for case in (scene.case_id, NONE_CHOSEN):
            for person in (SETTLED, scene.conflicted, scene.manager, _NOBODY):
                for closing in ("true", "false"):
                    what = _SETTLE.format(case=case, person=person, closing=closing)
                    yield APP, f"{name}, {case}, {person}, {closing}", said, what
    for who in (WORKER, SIGN_IN):
        what = _SETTLE.format(case=scene.case_id, person=SETTLED, closing="true")
        yield who, "settling with ours", contexts["ours"], what
