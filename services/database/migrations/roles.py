"""The database roles: who owns the tables, who works in them, who watches them."""

from sqlalchemy import Connection, text

OWNER = "keyline_owner"
APP = "keyline_app"
WATCH = "keyline_watch"


def ensure_roles(connection: Connection, app_password: str) -> None:
    """Make the three roles where they are missing, and set the application's password.

    None of them is a superuser or may bypass row-level security, and the application's role is
    a member of no other (reliability 3.1).
    """
    known = set(connection.execute(text("select rolname from pg_roles")).scalars())
    for role in (OWNER, WATCH):
        if role not in known:
            connection.execute(text(f"create role {role} nologin nosuperuser nobypassrls"))
        connection.execute(text(f"grant {role} to current_user"))
    if APP not in known:
        connection.execute(text(f"create role {APP} login nosuperuser nobypassrls noinherit"))
    quoted = connection.execute(
        text("select quote_literal(:password)"), {"password": app_password}
    ).scalar_one()
    connection.execute(text(f"alter role {APP} password {quoted}"))
    database = connection.execute(text("select quote_ident(current_database())")).scalar_one()
    connection.execute(text(f"grant connect on database {database} to {APP}"))
    connection.execute(text(f"grant create on database {database} to {OWNER}"))
    connection.execute(text("revoke create on schema public from public"))
    connection.execute(text(f"grant usage, create on schema public to {OWNER}"))
    connection.execute(text(f"grant usage on schema public to {APP}, {WATCH}"))
