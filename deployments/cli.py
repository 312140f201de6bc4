"""Which words `./keyline` understands.

Each command's module is imported when its word is said, so that `./keyline clocks`
answers at once and never waits for Prefect to be imported.
"""

import sys
from importlib import import_module
from typing import NamedTuple

import typer
from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

from services.domain.errors import CaseworkError


class Word(NamedTuple):
    """One command: where its function lives and what the list of commands says of it."""

    place: str
    help: str


WORDS = {
    "up": Word("deployments.local.commands:up", "Start the whole platform on this machine."),
    "down": Word("deployments.local.commands:down", "Stop the platform; its data stays."),
    "status": Word("deployments.local.commands:status", "Show each part of the platform."),
    "test": Word("deployments.checks:check", "Run every check and test that CI runs."),
    "check": Word("deployments.checks:check", "The same as `test`."),
    "demo": Word("deployments.demo.command:demo", "Put the demonstration data in place."),
    "journey": Word("deployments.journey.command:journey", "Carry an incident through the pages."),
    "clocks": Word("deployments.clocks:clocks", "Print the statutory clocks of given dates."),
}


class Words(TyperGroup):
    """The commands, each read from its module only when it is said."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the words in the order in which a person meets them."""
        del ctx
        return list(WORDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return the command of that word, imported now."""
        del ctx
        if cmd_name not in WORDS:
            return None
        module_name, _, function = WORDS[cmd_name].place.partition(":")
        try:
            act = getattr(import_module(module_name), function)
        except ModuleNotFoundError as missing:
            if missing.name is None or not module_name.startswith(missing.name):
                raise
            raise typer.TyperException(f"`{cmd_name}` is not part of this checkout.") from missing
        only = typer.Typer(add_completion=False, rich_markup_mode=None)
        only.command(cmd_name)(act)
        return typer.main.get_command(only)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """List the words without importing what is behind them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(word, what.help) for word, what in WORDS.items()])


app = typer.Typer(
    cls=Words,
    name="keyline",
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def keyline(context: typer.Context) -> None:
    """Run serious child safeguarding incidents from referral to embedded learning."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def main(words: list[str] | None = None) -> None:
    """Obey the words; whatever a person can put right is said in one plain sentence."""
    try:
        code = app(args=words, prog_name="./keyline", standalone_mode=False)
    except typer.Exit as left:
        code = left.exit_code
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except CaseworkError as refused:
        print(f"keyline: {refused}", file=sys.stderr)
        code = 1
    except typer.TyperException as refused:
        print(f"keyline: {refused.format_message().rstrip('.')}.", file=sys.stderr)
        print("keyline: ./keyline --help lists the commands.", file=sys.stderr)
        code = refused.exit_code
    sys.exit(code if isinstance(code, int) else 0)
