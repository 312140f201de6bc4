"""The commands of `./keyline`.

A command's module is imported when the command is run, so `./keyline clocks` answers without
waiting for the import of Prefect.
"""

import sys
from importlib import import_module
from typing import NamedTuple

import typer

from services.domain.errors import CaseworkError

PROGRAM = "./keyline"


class CliCommand(NamedTuple):
    """One command: the `module:function` behind it and its line in the list of commands."""

    target: str
    help: str


COMMANDS = {
    "up": CliCommand("deployments.local.commands:up", "Start the whole platform on this machine."),
    "down": CliCommand("deployments.local.commands:down", "Stop the platform; its data stays."),
    "status": CliCommand("deployments.local.commands:status", "Show each part of the platform."),
    "test": CliCommand(
        "deployments.checks.suite:run_suite", "Run every check and test that CI runs."
    ),
    "check": CliCommand("deployments.checks.command:check", "Run a whole check by its name."),
    "demo": CliCommand("deployments.demo.command:demo", "Put the demonstration data in place."),
    "administrator": CliCommand(
        "deployments.administrator:administrator",
        "Make or end a platform administrator or an operator.",
    ),
    "tenant": CliCommand(
        "deployments.tenant:tenant",
        "Found a partnership, say what it lacks, export it, or take it out.",
    ),
    "reencrypt": CliCommand(
        "deployments.reencryption:reencrypt", "Put stored files under the current key."
    ),
    "journey": CliCommand(
        "tests.acceptance.command:journey", "Carry an incident through the pages."
    ),
    "verify-audit": CliCommand(
        "deployments.verify_audit:verify_audit", "Verify the audit chain of each partnership."
    ),
    "backup": CliCommand(
        "deployments.backup.commands:backup", "Back up the database into one encrypted file."
    ),
    "restore-drill": CliCommand(
        "deployments.backup.commands:restore_drill", "Restore a backup for a trial and check it."
    ),
    "restored": CliCommand(
        "deployments.backup.restored:restored", "Say whether the emails of a restore wait."
    ),
    "directory": CliCommand(
        "deployments.directory:directory", "Read and change a partnership's directory."
    ),
    "identity-provider": CliCommand(
        "deployments.identity_provider:identity_provider",
        "Enter the organisations that sign their people in.",
    ),
    "holidays": CliCommand(
        "deployments.holidays:holidays", "List the bank holidays, or change them by two people."
    ),
    "policy": CliCommand(
        "deployments.policy:policy", "List a partnership's policies, or put a new one in force."
    ),
    "bounces": CliCommand("deployments.bounces:bounces", "Take in emails that came back."),
    "clocks": CliCommand("deployments.clocks:clocks", "Print the statutory clocks of given dates."),
    "rules": CliCommand(
        "deployments.checks.rules:rules", "Print how much of the framework is kept."
    ),
}
WIDTH = max(map(len, COMMANDS))
HELP = f"""\
Usage: {PROGRAM} [OPTIONS] COMMAND [ARGS]...

  Run serious child safeguarding incidents from referral to embedded learning.

Options:
  --help  Show this message and exit.

Commands:
{chr(10).join(f"  {name:<{WIDTH}}  {command.help}" for name, command in COMMANDS.items())}"""


def main(arguments: list[str] | None = None) -> None:
    """Run the named command; an error that the user can correct is printed as one sentence."""
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
    except typer.Exit as left:
        code = left.exit_code
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except CaseworkError as refused:
        print(f"keyline: {refused}", file=sys.stderr)
        code = 1
    except typer.TyperException as refused:
        code = _misused(refused.format_message(), refused.exit_code)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    name, *rest = arguments or ["--help"]
    if name == "--help":
        print(HELP)
        return 0
    if name not in COMMANDS:
        what = f"option: {name}" if name.startswith("-") else f"command {name!r}"
        return _misused(f"No such {what}")
    module, _, function = COMMANDS[name].target.partition(":")
    command = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    command.command(name)(getattr(import_module(module), function))
    code = command(args=rest, prog_name=f"{PROGRAM} {name}", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _misused(message: str, code: int = 2) -> int:
    print(f"keyline: {message.rstrip('.')}.", file=sys.stderr)
    print(f"keyline: {PROGRAM} --help lists the commands.", file=sys.stderr)
    return code
