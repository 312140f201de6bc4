"""The database roles: who owns the tables, who works in them, who watches them.

Grants and policies name roles that are the same in every database of a server and that no one can
sign in as, so that a dump is restored anywhere. The login, which has a password, belongs to one
database: a second installation on the same server cannot change the first one's.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

OWNER: Final = "keyline_owner"
SEC: Final = "keyline_sec"
WATCH: Final = "keyline_watch"
AUDIT: Final = "keyline_audit"  # owns the function that appends to the audit chains
APP: Final = "keyline_app"
WORKER: Final = "keyline_worker"
SIGN_IN: Final = "keyline_sign_in"  # reads password hashes, writes web sessions, sees no case
PROVISIONING: Final = "keyline_provisioning"  # adds partnerships, people and what they are
OPERATIONS: Final = "keyline_operations"  # reads the views of schema ops: ids, states and ages
BACKUP: Final = "keyline_backup"  # reads every row by a policy of its own, and writes none
BUILDERS: Final = (OWNER, SEC, WATCH, AUDIT)
WITH_LOGIN: Final = (APP, WORKER, SIGN_IN, PROVISIONING, OPERATIONS, BACKUP)
LONGEST_NAME: Final = 63


def login_of(role: str, database: str) -> str:
    """Return the name of the login that has this role in this database, and in no other."""
    name = f"{role}_of_{database}"
    if len(name.encode()) <= LONGEST_NAME:
        return name
    return f"{role}_of_{hashlib.sha256(database.encode()).hexdigest()[:32]}"


def ensure_roles(connection: Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles where they are missing, and this database's logins with these passwords.

    None of them is a superuser or may bypass row-level security, and a login is a member of its
    own role alone (reliability 3.1).
    """
    for role in (*BUILDERS, *WITH_LOGIN):
        _make(connection, role, "nologin")
    for role in BUILDERS:
        connection.execute(text(f"grant {role} to current_user"))
    database = _database(connection)
    for role, password in passwords.items():
        if password:
            _ensure_login(connection, login_of(role, database), role, password)
    let_in(connection, [role for role, password in passwords.items() if password], database)
    connection.execute(text("revoke create on schema public from public"))
    connection.execute(text(f"grant usage, create on schema public to {OWNER}"))
    readers = ", ".join((*(role for role in WITH_LOGIN if role != OPERATIONS), WATCH, AUDIT))
    connection.execute(text(f"grant usage on schema public to {readers}"))


def let_in(connection: Connection, roles: Iterable[str], database: str) -> None:
    """Say who may connect to the database: the logins that these roles have there, and no other.

    It is the database's own: a copy made from it as a template does not have it. It may be said
    from any other database of the server.
    """
    quoted = _quoted(connection, "ident", database)
    logins = [_quoted(connection, "ident", login_of(role, database)) for role in roles]
    connection.execute(text(f"revoke connect, temporary on database {quoted} from public"))
    connection.execute(text(f"grant create on database {quoted} to {OWNER}"))
    if logins:
        connection.execute(text(f"grant connect on database {quoted} to {', '.join(logins)}"))


def _database(connection: Connection) -> str:
    name: str = connection.execute(text("select current_database()")).scalar_one()
    return name


def _ensure_login(connection: Connection, name: str, role: str, password: str) -> None:
    """Make the login by which a role signs in to this database."""
    _make(connection, name, "login inherit")
    login, quoted = _quoted(connection, "ident", name), _quoted(connection, "literal", password)
    connection.execute(text(f"alter role {login} password {quoted}"))
    connection.execute(text(f"grant {role} to {login}"))


def _make(connection: Connection, name: str, kind: str) -> None:
    """Make a role unless it is there; two releases on one server may make it at one time."""
    known = text("select 1 from pg_roles where rolname = :name")
    if connection.execute(known, {"name": name}).first() is not None:
        return
    quoted = _quoted(connection, "ident", name)
    try:
        with connection.begin_nested():
            connection.execute(text(f"create role {quoted} {kind} nosuperuser nobypassrls"))
    except (IntegrityError, ProgrammingError):
        if connection.execute(known, {"name": name}).first() is None:
            raise


def _quoted(connection: Connection, kind: str, word: str) -> str:
    """Return the word as an identifier or a literal of SQL, quoted by PostgreSQL itself."""
    quoted: str = connection.execute(
        text(f"select quote_{kind}(:word)"),
        {"word": word},
    ).scalar_one()
    return quoted
