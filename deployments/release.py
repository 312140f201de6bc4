"""Bring a database and Prefect up to this release: migrate, then register; safe to repeat."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from alembic import command
from alembic.config import Config

from deployments import CHECKOUT
from deployments.release_transaction import TRIES, administrator, until_free
from services.database.migrations import roles
from services.database.migrations.context_keys import install_key, retire_other_keys
from services.database.migrations.contracts import carry_out_contracts
from services.database.migrations.declared import declare
from services.database.migrations.restored import comes_from_backup, note_restored
from services.database.migrations.server_log import check_server_log
from services.database.signed_context import ContextKey
from services.domain.errors import CaseworkError, Unavailable
from services.orchestration import deployment_registry

MIGRATIONS = CHECKOUT / "services" / "database" / "migrations"
PASSWORDS = {
    roles.APP: "KEYLINE_APP_PASSWORD",
    roles.WORKER: "KEYLINE_WORKER_PASSWORD",
    roles.SIGN_IN: "KEYLINE_SIGN_IN_PASSWORD",
    roles.PROVISIONING: "KEYLINE_PROVISIONING_PASSWORD",
    roles.OPERATIONS: "KEYLINE_OPERATIONS_PASSWORD",
    roles.BACKUP: "KEYLINE_BACKUP_PASSWORD",
}
MUST_SIGN_IN = (roles.APP, roles.WORKER, roles.SIGN_IN)


@dataclass(frozen=True)
class DatabaseSecrets:
    """What the database is told of the application: its logins' passwords and its context key."""

    passwords: Mapping[str, str] = field(repr=False)
    context_key: ContextKey

    @staticmethod
    def of(environment: Mapping[str, str]) -> "DatabaseSecrets":
        """Read them from the environment; a role without a password gets no login here."""
        for role in MUST_SIGN_IN:
            _needed(environment, PASSWORDS[role])
        passwords = {role: environment.get(name, "") for role, name in PASSWORDS.items()}
        return DatabaseSecrets(passwords, ContextKey(_needed(environment, "KEYLINE_CONTEXT_KEY")))


def migrate(
    admin_url: str, secrets: DatabaseSecrets, *, tries: int = TRIES, declares: bool = True
) -> None:
    """Make the roles, bring tables and functions up to this release, install the context key.

    It is one transaction: all of it holds or none. Where a table is in use for longer than anybody
    should wait behind a release, it is begun again. A server whose log would hold words of a case
    is refused before anything is made. Without `declares` functions are left as the migrations made
    them: they may ask a table of which the migration is not written yet.
    """
    until_free(lambda: _migrate_once(admin_url, secrets, declares=declares), tries)


def contract(admin_url: str, *, tries: int = TRIES) -> list[str]:
    """Take away what no code that runs reads any more; return the columns that went.

    Said apart, after every process of the code that read them has ended: while one is connected it
    is refused. It waits for tables as a migration does; all of it holds or none.
    """
    return until_free(lambda: _contract_once(admin_url), tries)


def _contract_once(admin_url: str) -> list[str]:
    with administrator(admin_url) as connection:
        return carry_out_contracts(connection)


def _migrate_once(admin_url: str, secrets: DatabaseSecrets, *, declares: bool) -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    with administrator(admin_url) as connection:
        check_server_log(connection)
        is_restored = comes_from_backup(connection)
        roles.ensure_roles(connection, secrets.passwords)
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")
        if declares:
            declare(connection)
        install_key(connection, secrets.context_key)
        if is_restored:
            note_restored(connection)


def restored(admin_url: str) -> None:
    """Have no email leave: the database was put back by other means than a backup of ours."""
    with administrator(admin_url) as connection:
        note_restored(connection)


def retire_keys(admin_url: str, key: ContextKey) -> list[str]:
    """Accept this context key only, once every process signs with it; return the ended ones."""
    with administrator(admin_url) as connection:
        return retire_other_keys(connection, key)


def register() -> None:
    """Register the flow, its pool and its queues with the Prefect server of PREFECT_API_URL."""
    deployment_registry.register()


def main(words: list[str]) -> None:
    """Obey the words given to the image: `migrate`, `register`, or both for none.

    `retire-keys` is said apart, after the processes of the former key have ended; `restored` where
    the database was put back to an earlier moment, before its processes are started; `contract`
    after every process of the release before has ended.
    """
    told = os.environ
    for word in words or ["migrate", "register"]:
        match word:
            case "migrate":
                migrate(_needed(told, "DATABASE_URL"), DatabaseSecrets.of(told))
            case "register":
                register()
            case "retire-keys":
                key = ContextKey(_needed(told, "KEYLINE_CONTEXT_KEY"))
                ended = retire_keys(_needed(told, "DATABASE_URL"), key)
                print(f"Context keys retired: {', '.join(ended) or 'none'}.")
            case "restored":
                restored(_needed(told, "DATABASE_URL"))
                print("Its emails wait until ./keyline restored --let-emails-leave.")
            case "contract":
                gone = contract(_needed(told, "DATABASE_URL"))
                print(f"Taken away: {', '.join(gone) or 'nothing, nothing was left'}.")
            case other:
                raise Unavailable(
                    f"There is no release step {other!r}:"
                    " say migrate, register, contract, restored or retire-keys."
                )


def _needed(environment: Mapping[str, str], name: str) -> str:
    if not (word := environment.get(name)):
        raise Unavailable(f"{name} must be set for a release.")
    return word


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CaseworkError as refused:
        sys.exit(f"release: {refused}")
