"""Terraform itself and the folder of its AWS provider: where they are, and how they are run."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deployments import CHECKOUT
from deployments.checks.programs import program

SOURCE: Final = CHECKOUT / "terraform"
RULES: Final = "deployments/observability/alerts"  # the product's own, which Terraform hands on
PROVIDER_FOLDER: Final = "TERRAFORM_PLUGIN_DIR"
# As Terraform lays out a folder of providers: host/owner/name, then unpacked or as archives.
_AWS: Final = ("*/hashicorp/aws/5.*/*", "*/hashicorp/aws/terraform-provider-aws_5.*.zip")
_MACHINE: Final = ("/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins")
_WITHHELD: Final = ("AWS_", "TF_")
_LEFT_BEHIND: Final = shutil.ignore_patterns(".terraform*", "*.tfstate*", "*.tfvars", "*.md")


class TerraformFailed(AssertionError):
    """Terraform ended otherwise than it should; the words are its own."""


def provider_folder() -> Path | None:
    """Return the folder that holds the AWS provider: the one that is named, or one found."""
    if named := os.environ.get(PROVIDER_FOLDER):
        return Path(named)
    return next((each for each in _places() if any(any(each.glob(aws)) for aws in _AWS)), None)


def _places() -> Iterator[Path]:
    """Yield where Terraform itself looks, and the folders that programs are put into."""
    yield Path.home() / ".terraform.d" / "plugins"
    yield from map(Path, _MACHINE)
    yield from sorted(Path("/opt").glob("*"))


def what_is_missing() -> str:
    """Return which of the two this machine lacks; nothing where both are there."""
    if program("terraform") is None:
        return "there is no terraform"
    return "" if provider_folder() else "there is no folder with Terraform's AWS provider"


@dataclass(frozen=True, slots=True)
class Terraform:
    """Terraform at work in a copy of `terraform/`, and of the folder of its provider."""

    folder: Path
    settings: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def in_copy(folder: Path, *settings: tuple[str, str]) -> "Terraform":
        """Copy `terraform/`, and what it reads beside it, into an empty folder."""
        shutil.copytree(SOURCE, folder / "terraform", ignore=_LEFT_BEHIND)
        shutil.copytree(CHECKOUT / RULES, folder / RULES)
        return Terraform(folder / "terraform", settings)

    def init(self, root: str = ".") -> None:
        """Make a configuration ready: its modules, and the provider from the folder."""
        self.run(root, "init", "-input=false", "-no-color", f"-plugin-dir={provider_folder()}")

    def run(self, root: str, *words: str) -> str:
        """Run one command in one of the configurations; return what it prints."""
        done = self.tried(root, *words)
        if done.returncode:
            raise TerraformFailed(
                f"terraform {words[0]}: {done.stderr[-3000:] or done.stdout[-3000:]}"
            )
        return done.stdout

    def tried(self, root: str, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command; its exit code is the caller's to judge."""
        return subprocess.run(  # noqa: S603 -- the words are our own
            [str(program("terraform")), f"-chdir={root}", *words],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        """Withhold what a person has set for an account of theirs, and ask nobody for news."""
        kept = {name: word for name, word in os.environ.items() if not name.startswith(_WITHHELD)}
        quiet = {
            "CHECKPOINT_DISABLE": "1",
            "TF_CLI_CONFIG_FILE": "/dev/null",
            "TF_IN_AUTOMATION": "1",
        }
        return kept | quiet | dict(self.settings)
