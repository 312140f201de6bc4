"""Policies of what runs: tasks, services, alarms, backups.

Each function answers whether the resource breaks the policy that is its name.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from tests.terraform.plans import Plan, PlannedResource

AT_LEAST_TWO: Final = {"web", "worker", "prefect"}
_SECRET: Final = re.compile(
    "PASSWORD|SECRET|TOKEN|AUTH_STRING|_KEY$|_KEYS$|CONNECTION_URL|KEYLINE_DATABASE_URL"
)
# It names the keys by an alias, and holds none.
NAMES_KEYS: Final = {"KEYLINE_OBJECT_KEYS": "aws-kms:"}
# By what AWS tells one from another of its type in an account.
NAMED_BY: Final = {
    "aws_backup_vault": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_db_instance": "identifier",
    "aws_ecr_repository": "name",
    "aws_iam_role": "name",
    "aws_iam_user": "name",
    "aws_kms_alias": "name",
    "aws_lb": "name",
    "aws_lb_target_group": "name",
    "aws_s3_bucket": "bucket",
    "aws_secretsmanager_secret": "name",
    "aws_security_group": "name",
    "aws_sns_topic": "name",
}
_SIGNED_IN: Final = re.compile(r"://[^/@:]*:[^/@]+@")


def container_may_be_written(_plan: Plan, task: PlannedResource) -> bool:
    """Tell whether its root can be written: what got in could stay."""
    return any(not each["readonlyRootFilesystem"] for each in task.containers)


def container_has_rights(_plan: Plan, task: PlannedResource) -> bool:
    """Tell whether it keeps rights of the machine's, or a part of ours runs as root."""
    return any(
        each.get("privileged")
        or each["linuxParameters"]["capabilities"]["drop"] != ["ALL"]
        or (each["essential"] and each.get("user") in {None, "", "0", "root"})
        for each in task.containers
    )


def image_is_named_by_a_tag(_plan: Plan, task: PlannedResource) -> bool:
    """Tell whether what runs may be another image tomorrow."""
    return any("@sha256:" not in each["image"] for each in task.containers)


def secret_stands_in_the_open(_plan: Plan, task: PlannedResource) -> bool:
    """Tell whether a secret is told in the definition, which many may read and state keeps."""
    told = {each["name"]: each["value"] for one in task.containers for each in one["environment"]}
    return any(
        (_SECRET.search(name) and not value.startswith(NAMES_KEYS.get(name, "\0")))
        or _SIGNED_IN.search(value)
        for name, value in told.items()
        if value
    )


def nobody_sees_whether_it_is_well(_plan: Plan, task: PlannedResource) -> bool:
    """Tell whether a container that answers at a port is not asked whether it is well."""
    return any(each["portMappings"] and not each.get("healthCheck") for each in task.containers)


def container_keeps_no_log(_plan: Plan, task: PlannedResource) -> bool:
    """Tell whether what it says goes nowhere."""
    return any(
        each.get("logConfiguration", {}).get("logDriver") != "awslogs" for each in task.containers
    )


def release_is_not_taken_back(_plan: Plan, service: PlannedResource) -> bool:
    """Tell whether a release that does not become well stays."""
    said = service.first("deployment_circuit_breaker")
    return not (said.get("enable") and said.get("rollback"))


def release_makes_a_gap(_plan: Plan, service: PlannedResource) -> bool:
    """Tell whether there are fewer of a part than should be while it is released."""
    least = service.values["deployment_minimum_healthy_percent"]
    return service.values["name"] in AT_LEAST_TWO and (least or 0) < 100


def there_is_one_only(_plan: Plan, service: PlannedResource) -> bool:
    """Tell whether the loss of one machine ends the part."""
    return service.values["name"] in AT_LEAST_TWO and service.values["desired_count"] < 2


def service_is_reached_from_outside(_plan: Plan, service: PlannedResource) -> bool:
    """Tell whether it has a public address."""
    return service.first("network_configuration").get("assign_public_ip") is not False


def people_can_get_inside(_plan: Plan, service: PlannedResource) -> bool:
    """Tell whether a command can be run inside it, where nobody sees what it does."""
    return bool(service.values["enable_execute_command"])


def alarm_tells_nobody(_plan: Plan, alarm: PlannedResource) -> bool:
    """Tell whether it is raised and nobody hears of it."""
    return not alarm.values["alarm_actions"] or alarm.values["actions_enabled"] is False


def backup_outlives_erasure(_plan: Plan, plan: PlannedResource) -> bool:
    """Tell whether what was erased would live on in a backup for longer than 35 days (P20)."""
    kept = plan.first("rule").get("lifecycle") or [{}]
    return not 7 <= (kept[0].get("delete_after") or 0) <= 35


def name_is_taken_already(plan: Plan, one: PlannedResource) -> bool:
    """Tell whether another of its type has its name, which AWS would refuse as it is made."""
    return any(
        other.address != one.address and _name_of(other) == _name_of(one) is not None
        for other in plan.of(one.type)
    )


def _name_of(one: PlannedResource) -> str | None:
    found = one.values.get(NAMED_BY[one.type])
    return found if isinstance(found, str) else None


POLICIES: Final[Mapping[Callable[[Plan, PlannedResource], bool], tuple[str, ...]]] = {
    **dict.fromkeys(
        (
            container_may_be_written,
            container_has_rights,
            image_is_named_by_a_tag,
            secret_stands_in_the_open,
            nobody_sees_whether_it_is_well,
            container_keeps_no_log,
        ),
        ("aws_ecs_task_definition",),
    ),
    **dict.fromkeys(
        (
            release_is_not_taken_back,
            release_makes_a_gap,
            there_is_one_only,
            service_is_reached_from_outside,
            people_can_get_inside,
        ),
        ("aws_ecs_service",),
    ),
    alarm_tells_nobody: ("aws_cloudwatch_metric_alarm",),
    backup_outlives_erasure: ("aws_backup_plan",),
    name_is_taken_already: tuple(NAMED_BY),
}
