"""`terraform/` planned for each environment with a provider that is not there, policy by policy."""

import pytest

from deployments.terraform_trial.program import Terraform, TerraformFailed
from tests.terraform.plans import POLICIES_OF, PlannedRuns
from tests.terraform.policies import POLICIES, PlanPolicy

pytestmark = pytest.mark.slow

RUNS = ("dev", "prod", "state", "refused", "planted")
OURS = ("dev", "prod", "state")


def test_the_files_are_formatted(terraform: Terraform):
    assert terraform.run(".", "fmt", "-check", "-recursive") == ""


def test_the_configuration_is_valid(terraform: Terraform):
    assert "valid" in terraform.run(".", "validate", "-no-color")


def test_each_run_ended_as_it_should(runs: PlannedRuns):
    assert (runs.told, runs.ended) == ([], dict.fromkeys(RUNS, "pass"))


@pytest.mark.parametrize("run", OURS)
def test_every_policy_document_is_known_to_the_plan(runs: PlannedRuns, run: str):
    unknown = [
        one.address
        for one in runs.plans[run].of(*POLICIES_OF)
        if not one.values.get(POLICIES_OF[one.type])
    ]
    assert unknown == []


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_policy(runs: PlannedRuns, policy: PlanPolicy):
    """It finds what is planted for it, has something to look at, and finds nothing of ours."""
    planted = policy.breaking(runs.plans["planted"])
    ours = [one for run in OURS for one in policy.looked_at(runs.plans[run])]
    broken = {run: policy.breaking(runs.plans[run]) for run in OURS}
    assert [one for one in planted if policy.name in one]
    assert ours
    assert broken == {run: [] for run in OURS}


def test_what_terraform_refuses_fails_the_check(terraform: Terraform):
    with pytest.raises(TerraformFailed, match="no-such-word"):
        terraform.run(".", "no-such-word")
