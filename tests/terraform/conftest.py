"""Terraform at work in a copy, and what it plans: once for all files of this folder.

The plans come from `terraform test` with a provider that is not there. What AWS would answer is
said in `terraform/tests/keyline.tftest.hcl`: a policy reads whole documents, nothing is unknown.
"""

import pytest

from deployments.terraform_trial.program import Terraform, what_is_missing
from tests.terraform.plans import PlannedRuns


@pytest.fixture(scope="session")
def terraform(tmp_path_factory) -> Terraform:
    """Return Terraform with its provider; where this machine lacks either, nothing is run."""
    if missing := what_is_missing():
        pytest.skip(f"not run: {missing}")
    made = Terraform.in_copy(tmp_path_factory.mktemp("terraform"))
    made.init()
    return made


@pytest.fixture(scope="session")
def runs(terraform: Terraform) -> PlannedRuns:
    """Return what `terraform test` says; whether each run passed is a test of its own."""
    return PlannedRuns.read(terraform.tried(".", "test", "-json", "-verbose").stdout)
