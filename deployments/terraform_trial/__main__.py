"""`python -m deployments.terraform_trial` makes the whole of development on an emulator of AWS.

Applied, the secrets put, planned again and compared with the emulator's own gaps, searched for a
secret in its state, destroyed; then checkov. It prints what terraform/README.md keeps, with a date.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from deployments.local.errors import CannotStart
from deployments.production_secrets import SecretsOfInstallation, put_missing
from deployments.terraform_trial.findings import JUSTIFIED, unjustified
from deployments.terraform_trial.gaps import DRIFTS, LEFT_OUT, RESOURCES_LEFT_OUT
from deployments.terraform_trial.program import Terraform, TerraformFailed, what_is_missing
from deployments.terraform_trial.tools import checkov, emulator
from services.domain.errors import CaseworkError

DEV: Final = "envs/dev"
ACCOUNT: Final = "000000000000"
QUIET: Final = ("-input=false", "-no-color", "-var-file=trial.tfvars")
QUICK: Final = "-parallelism=20"
OVERRIDE: Final = "emulator_override.tf"
PROVIDER: Final = """
terraform {
  backend "local" {}
}
provider "aws" {
  region                      = "eu-west-2"
  access_key                  = "trial"
  secret_key                  = "trial"
  allowed_account_ids         = null
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
  max_retries                 = 2
}
"""
VARIABLES: Final = f"""
account_id = "{ACCOUNT}"
domain     = "keyline.example.org"
image      = "{ACCOUNT}.dkr.ecr.eu-west-2.amazonaws.com/keyline@sha256:{"0" * 64}"
mail       = {{ host = "ses", sender = "keyline@example.org" }}
told       = ["operations@example.org"]
"""


def main() -> None:
    """Make the trial; end with its first failure."""
    if missing := what_is_missing():
        raise CannotStart(f"The trial cannot be made: {missing}.")
    with TemporaryDirectory(prefix="keyline-terraform-") as folder, emulator(Path(folder)) as at:
        terraform = _prepared(Path(folder), at)
        with _timed("init"):
            terraform.init(DEV)
        with _timed("apply"):
            terraform.run(DEV, "apply", "-auto-approve", QUICK, *QUIET)
        state = json.loads(terraform.run(DEV, "show", "-json"))
        _say("resources", f"{_managed(state)} made, {RESOURCES_LEFT_OUT} left out (gaps.py)")
        _try_secrets(terraform, at)
        with _timed("second plan"):
            _compare(terraform)
        _without_access_keys(terraform, at)
        with _timed("destroy"):
            terraform.run(DEV, "destroy", "-auto-approve", QUICK, *QUIET)
        left = _managed(json.loads(terraform.run(DEV, "show", "-json")))
        _say("left", f"{left} resources after destroy")
    with _timed("checkov"):
        passed, found = checkov()
    count = sum(map(len, found.values()))
    _say("checkov", f"{passed} passed, {count} found by {len(found)} checks")
    if left or (wrong := unjustified(found)):
        raise TerraformFailed("not destroyed" if left else "checkov: " + "; ".join(wrong))


def _prepared(folder: Path, address: str) -> Terraform:
    """Return Terraform in a copy that speaks to the emulator, without what that does not know."""
    terraform = Terraform.in_copy(folder, ("AWS_ENDPOINT_URL", address))
    environment = terraform.folder / DEV
    (environment / OVERRIDE).write_text(PROVIDER)
    (environment / "trial.tfvars").write_text(VARIABLES)
    for module, override, _reason in LEFT_OUT:
        (terraform.folder / "modules" / module / OVERRIDE).write_text(override)
    return terraform


def _try_secrets(terraform: Terraform, address: str) -> None:
    """Put the secrets as a person does, twice, and look for each value in state."""
    told = json.loads(terraform.run(DEV, "output", "-json", "secrets"))
    installation = SecretsOfInstallation.of(told, endpoint_url=address)
    put, again = put_missing(installation), put_missing(installation)
    terraform.run(DEV, "apply", "-refresh-only", "-auto-approve", *QUIET)
    state = terraform.run(DEV, "state", "pull")
    found = [name for name in told["places"] if installation.value_of(name) in state]
    _say("secrets", f"{len(put)} put, {len(again)} put again, {len(found)} found in state")
    if set(put) != set(told["places"]) or again or found:
        raise TerraformFailed(f"Secrets: put {put}, again {again}, in state {found}.")


def _without_access_keys(terraform: Terraform, address: str) -> None:
    """Take away the access keys of the user of SES's SMTP, as AWS lets Terraform do itself."""
    told = json.loads(terraform.run(DEV, "output", "-json", "secrets"))
    accounts = SecretsOfInstallation.of(told, endpoint_url=address).accounts
    user = {"UserName": told["smtp_user"]}
    for key in accounts.list_access_keys(**user)["AccessKeyMetadata"]:
        accounts.delete_access_key(**user, AccessKeyId=key["AccessKeyId"])


def _compare(terraform: Terraform) -> None:
    """Plan again; every difference must be one of the emulator's own, and each of those one."""
    terraform.run(DEV, "plan", "-out=second", *QUIET)
    plan = json.loads(terraform.run(DEV, "show", "-json", "second"))
    drifts = [one for change in plan["resource_changes"] for one in _drifts_of(change)]
    resources = len({address for address, _ in drifts})
    kinds = {kind for _, kind in drifts}
    _say(
        "drifts",
        f"{len(drifts)} attributes of {resources} resources, {len(kinds)} kinds",
    )
    new = [f"{address}: {kind[1]}" for address, kind in drifts if kind not in DRIFTS]
    gone = [".".join(kind) for kind in DRIFTS if kind not in kinds]
    if new or gone:
        raise TerraformFailed(f"Second plan: not listed {new}; listed and not so {gone}.")


def _drifts_of(change: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the attributes by which a resource would be changed; an unknown one is none."""
    before, after, unknown = (
        change["change"][each] for each in ("before", "after", "after_unknown")
    )
    if change["mode"] != "managed" or change["change"]["actions"] == ["no-op"]:
        return
    if before is None or after is None:
        yield change["address"], (change["type"], "made or destroyed")
        return
    for name, value in after.items():
        if value not in (None, before.get(name)) and unknown.get(name) is not True:
            yield change["address"], (change["type"], name)


def _managed(state: dict[str, Any]) -> int:
    modules = [state.get("values", {}).get("root_module", {})]
    count = 0
    while modules:
        module = modules.pop()
        count += sum(one["mode"] == "managed" for one in module.get("resources", ()))
        modules += module.get("child_modules", ())
    return count


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    _say(what, f"{time.monotonic() - began:.0f} s")


def _say(what: str, figure: str) -> None:
    print(f"{what:<12}{figure}", flush=True)


if __name__ == "__main__":
    try:
        main()
        print(
            f"terraform_trial: passed; {len(JUSTIFIED)} justifications, {len(DRIFTS)} drifts listed"
        )
    except (CaseworkError, TerraformFailed) as failed:
        sys.exit(f"terraform_trial: {failed}")
