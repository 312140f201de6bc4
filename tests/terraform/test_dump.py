"""The record is dumped every night, to where whoever makes the dump cannot take it away."""

import pytest

from tests.terraform.plans import Plan, PlannedRuns

pytestmark = pytest.mark.slow


def commands_of(plan: Plan) -> dict[str, list[str]]:
    """Return what the container of each task is told to run."""
    return {
        task.values["family"]: task.containers[0]["command"]
        for task in plan.of("aws_ecs_task_definition")
    }


@pytest.mark.parametrize("run", ["dev", "prod"])
def test_a_dump_is_started_every_night_into_the_bucket_of_backups(runs: PlannedRuns, run: str):
    plan = runs.plans[run]
    (bucket,) = [
        one.values["bucket"]
        for one in plan.of("aws_s3_bucket")
        if one.values["tags"] == {"class": "backups"}
    ]
    (schedule,) = plan.of("aws_scheduler_schedule")
    task = schedule.first("target")["ecs_parameters"][0]["task_definition_arn"]
    assert commands_of(plan)[task.rpartition("/")[2]] == ["backup", "--bucket", bucket]
    assert schedule.values["state"] == "ENABLED"
    assert schedule.values["schedule_expression"] == "cron(0 2 * * ? *)"


def test_who_makes_it_writes_nothing_else_and_removes_nothing(runs: PlannedRuns):
    (given,) = [
        one for one in runs.plans["prod"].of("aws_iam_role_policy") if one.address.endswith("dumps")
    ]
    put = [one for one in given.statements if "s3:PutObject" in one["Action"]]
    assert [one["Resource"].rpartition("-")[2] for one in put] == ["backups/*"]
    allowed = {
        action
        for one in given.statements
        for action in one["Action"]
        if action.startswith("s3:") and not action.startswith(("s3:Get", "s3:List"))
    }
    assert allowed == {"s3:PutObject"}
