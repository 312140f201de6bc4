"""Two platform administrators, the partnership of the file, and its first administrator."""

import json
from pathlib import Path
from typing import Final

from tests.acceptance.newcomer.acts import MACHINE, SettingUp
from tests.acceptance.newcomer.browsers import PASSWORD
from tests.acceptance.newcomer.partnership import (
    LATER_AGENCY,
    NEWCOMBE,
    OPERATOR,
    PLATFORM,
    PROVIDER,
    SECOND_PLATFORM,
    tenant_file,
)
from tests.acceptance.newcomer.people import confirmed_by, joins
from tests.provider_process import SECRET, provider_told

PEOPLE: Final = f"/administration/partnerships/{NEWCOMBE.partnership_id}/people"
BY: Final = ("--by", PLATFORM)


def make_platform_administrators(setting: SettingUp) -> None:
    """Make the first at the machine, and another on their word."""
    run, typed = setting.installation.keyline, f"{PASSWORD}\n"
    named = ("--name", "Rivet Sprocket", "--email", PLATFORM, "--password-from-stdin")
    run("administrator", "first", *named, typed=typed)
    setting.did(MACHINE, "the first platform administrator is made")
    named = ("--name", "Cog Spanner", "--email", SECOND_PLATFORM, "--password-from-stdin")
    run("administrator", "another", *named, *BY, typed=typed)
    setting.did(MACHINE, "a second platform administrator is made, on the word of the first")


def make_operator(setting: SettingUp) -> None:
    """Make an operator at the machine, who watches every partnership and belongs to none."""
    named = ("--name", "Gasket Ratchet", "--email", OPERATOR, "--password-from-stdin")
    setting.installation.keyline("administrator", "operator", *named, *BY, typed=f"{PASSWORD}\n")
    setting.did(MACHINE, "an operator is made, on the word of a platform administrator")
    setting.reads("operator", "/operations", NEWCOMBE.name, "this installation of Keyline")


def operator_leaves(setting: SettingUp) -> None:
    """End what the operator has, on the word of the second platform administrator."""
    named = (
        "--email",
        OPERATOR,
        "--by",
        SECOND_PLATFORM,
        "--reasons",
        "They move to another post.",
    )
    ended = setting.installation.keyline("administrator", "end", *named)
    if f"{OPERATOR} serves this installation no more" not in ended:
        setting.differences.append(f"the operator's role did not end: {ended}")
    setting.did(MACHINE, "the operator leaves, on the word of the second platform administrator")


def found(setting: SettingUp, folder: Path, issuer: str) -> None:
    """Try the file, found the partnership from it, and enter the council's identity provider."""
    run, file = setting.installation.keyline, folder / "newcombe.toml"
    file.write_text(tenant_file(setting.today))
    tried = run("tenant", "create", str(file), *BY, "--dry-run")
    made = run("tenant", "create", str(file), *BY)
    if tried.count(": will be made") != made.count(": made"):
        setting.differences.append(f"what was tried is not what was made: {tried} / {made}")
    setting.did(MACHINE, "the partnership is founded from its file")
    told = folder / "provider.json"
    told.write_text(json.dumps(provider_told(PROVIDER, issuer)))
    entered = ("--partnership", NEWCOMBE.code, "--file", str(told), "--secret-from-stdin")
    run("identity-provider", "enter", *entered, typed=f"{SECRET}\n")
    setting.did(MACHINE, "the council's identity provider is entered")
    checked = run("tenant", "check", NEWCOMBE.code, *BY, ends_with=1)
    if "Somebody is appointed, and a second person has not confirmed it yet." not in checked:
        setting.differences.append(f"the check does not say who acts next: {checked}")


def first_administrator(setting: SettingUp) -> None:
    """The second platform administrator confirms; the administrator accepts and signs in."""
    address = NEWCOMBE.email("administrator")
    before = setting.links_to(address)
    confirmed_by(setting, "second platform", PEOPLE, "administrator")
    joins(setting, "administrator", before)
    setting.reads("administrator", "/administration", NEWCOMBE.name, "What is missing")


def add_agency(setting: SettingUp, folder: Path) -> None:
    """The same file with another agency makes that agency, and changes nothing else."""
    file = folder / "newcombe.toml"
    file.write_text(tenant_file(setting.today, LATER_AGENCY))
    made = setting.installation.keyline("tenant", "create", str(file), *BY)
    if made.count(": made") != 1 or f"agency {LATER_AGENCY}: made" not in made:
        setting.differences.append(f"not the agency alone was added: {made}")
    setting.did(MACHINE, "an agency is added by the same file; nothing else changes")
    setting.reads("administrator", "/administration", LATER_AGENCY)


def nothing_needed_is_missing(setting: SettingUp) -> None:
    """Check that nothing stands in the way of the first case any more."""
    checked = setting.installation.keyline("tenant", "check", NEWCOMBE.code, *BY)
    setting.did(MACHINE, f"the check: {checked.count('advised ')} advised, nothing needed")
