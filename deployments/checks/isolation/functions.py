"""Which login may execute which function, and use which schema: what is not written is withheld."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, text

from services.database.migrations.roles import (
    APP,
    OPERATIONS,
    PROVISIONING,
    SIGN_IN,
    WITH_LOGIN,
    WORKER,
)

Logins = frozenset[str]
_NOBODY: Final[Logins] = frozenset()
_APP: Final[Logins] = frozenset({APP})
_CARRIES: Final = _APP | {WORKER}
_EVERY_CHAIN: Final = _CARRIES | {SIGN_IN, PROVISIONING}
# Who executes the functions of a schema, unless the function is named below.
_BY_SCHEMA: Final[Mapping[str, Logins]] = {
    **dict.fromkeys(("audit", "ops", "public"), _NOBODY),
    **dict.fromkeys(("sec", "watch"), _CARRIES),
}
_BY_NAME: Final[Mapping[str, Logins]] = {
    **dict.fromkeys(("audit.append", "sec.person", "sec.tenant"), _EVERY_CHAIN),
    "audit.append_of_account": frozenset({SIGN_IN}),
    # What only a person at a page does, or a page asks.
    **dict.fromkeys(
        (
            "sec.admit_guest",
            "sec.appoint",
            "sec.approve_grant",
            "sec.blocked_cases",
            "sec.children_like",
            "sec.dispose_case",
            "sec.drafts_of",
            "sec.end_membership",
            "sec.entries_with",
            "sec.has_account",
            "sec.has_account_for",
            "sec.hidden_documents",
            "sec.hidden_entries",
            "sec.hidden_referrals",
            "sec.is_own",
            "sec.open_account",
            "sec.own_seats",
            "sec.settle_interest",
            "sec.shut_out_guest",
            "sec.something_is_hidden",
            "sec.withdraw_invitation",
        ),
        _APP,
    ),
    # What other functions ask.
    **dict.fromkeys(
        (
            "sec.administers",
            "sec.cases_beside",
            "sec.genuine",
            "sec.has_second",
            "sec.is_listed",
            "sec.live_grants",
            "sec.marks_over",
            "sec.open_information_requests",
            "sec.own_agencies",
            "sec.remove_case",
            "sec.tell_of_case",
            "sec.tell_of_entry",
            "sec.wait_for_disposal",
        ),
        _NOBODY,
    ),
}
_SCHEMAS: Final[Mapping[str, Logins]] = {
    **dict.fromkeys(("audit", "sec"), _EVERY_CHAIN),
    "ops": frozenset({OPERATIONS}),
    "public": frozenset(WITH_LOGIN),
    "watch": _CARRIES,
}
SCHEMAS: Final = tuple(sorted(_SCHEMAS))
_EXECUTED: Final = text(
    "select distinct n.nspname::text as schema, p.proname::text as name, array(select r.rolname"
    " from pg_roles r where r.rolname = any (:roles)"
    " and has_function_privilege(r.oid, p.oid, 'execute'))::text[] as logins from pg_proc p"
    " join pg_namespace n on n.oid = p.pronamespace where n.nspname = any (:schemas) order by 1, 2"
)
_USED: Final = text(
    "select n.nspname::text as name, w.word, array(select r.rolname from pg_roles r"
    " where r.rolname = any (:roles) and has_schema_privilege(r.oid, n.oid, w.word))::text[]"
    " as logins from pg_namespace n, unnest(array['usage', 'create']) w (word)"
    " where n.nspname = any (:schemas) order by 1, 2"
)


def wrong_reach(connection: Connection) -> list[str]:
    """Return each function that a login executes, or does not, other than written; schemas too."""
    asked = {"roles": [*WITH_LOGIN], "schemas": [*SCHEMAS]}
    executed = [
        (f"{row.schema}.{row.name}", "execute", row.logins)
        for row in connection.execute(_EXECUTED, asked)
    ]
    used = [(row.name, row.word, row.logins) for row in connection.execute(_USED, asked)]
    return [
        f"{login} {'may' if login in logins else 'may not'} {word} {name}"
        for name, word, logins in (*executed, *used)
        for login in sorted(_written(name, word) ^ set(logins))
    ]


def _written(name: str, word: str) -> Logins:
    if word == "execute":
        return _BY_NAME.get(name, _BY_SCHEMA[name.partition(".")[0]])
    return _SCHEMAS[name] if word == "usage" else _NOBODY
