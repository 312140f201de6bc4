"""Policies of who may do what: IAM, keys, topics, buckets.

Each function answers whether the resource breaks the policy that is its name.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tests.terraform.plans import POLICIES_OF, Plan, PlannedResource

Statement = Mapping[str, Any]
# What AWS lets nobody limit to a resource, or what only names what there is.
WITHOUT_RESOURCE: Final = {
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "cloudwatch:ListMetrics",
    "ecr:GetAuthorizationToken",
    "ecs:DescribeClusters",
    "ecs:DescribeServices",
    "ecs:DescribeTaskDefinition",
    "ecs:DescribeTasks",
    "ecs:ListClusters",
    "ecs:ListServices",
    "ecs:ListTaskDefinitions",
    "ecs:ListTasks",
    "elasticloadbalancing:DescribeTargetHealth",
    "logs:DescribeLogGroups",
    "rds:DescribeDBInstances",
    "rds:DescribeEvents",
}
OPENING: Final = {"kms:Decrypt", "kms:GenerateDataKey"}
LIMITS: Final = ("kms:ViaService", "kms:EncryptionContext:", "aws:SourceAccount")
# AWS's own policies that a service's role must have; what is in them is AWS's to say.
MANAGED: Final = ("AmazonRDSEnhancedMonitoringRole", "AWSBackupServiceRolePolicyForBackup")


def _listed(words: object) -> list[str]:
    return [words] if isinstance(words, str) else [str(each) for each in words or ()]  # type: ignore[attr-defined]


def _allowed(one: PlannedResource) -> Iterator[Statement]:
    return (each for each in one.statements if each["Effect"] == "Allow")


def _principals(statement: Statement) -> list[str]:
    told = statement.get("Principal", {})
    return (
        [told]
        if isinstance(told, str)
        else [who for each in told.values() for who in _listed(each)]
    )


def _conditions(statement: Statement) -> list[str]:
    return [name for test in statement.get("Condition", {}).values() for name in test]


def anybody_is_allowed(_plan: Plan, one: PlannedResource) -> bool:
    """Tell whether something is allowed to whoever asks, whatever the conditions."""
    return any("*" in _principals(each) for each in _allowed(one))


def any_action_is_allowed(_plan: Plan, one: PlannedResource) -> bool:
    """Tell whether an action is named by a wildcard, or as all that is not named."""
    return any(
        "NotAction" in each or any("*" in action for action in _listed(each["Action"]))
        for each in _allowed(one)
    )


def any_resource_is_allowed(_plan: Plan, one: PlannedResource) -> bool:
    """Tell whether an action that could be limited to a resource is allowed on all of them."""
    return any(
        "NotResource" in each
        or (
            "*" in _listed(each["Resource"])
            and not set(_listed(each["Action"])) <= WITHOUT_RESOURCE
        )
        for each in _allowed(one)
    )


def key_opens_without_a_limit(_plan: Plan, key: PlannedResource) -> bool:
    """Tell whether somebody may open what is under it by any way, for any account and anything."""
    return not key.statements or any(
        OPENING & set(_listed(each["Action"]))
        and not any(name.startswith(LIMITS) for name in _conditions(each))
        for each in _allowed(key)
    )


def partnerships_key_opens_another(_plan: Plan, key: PlannedResource) -> bool:
    """Tell whether a partnership's key opens another's files, or for administrators."""
    if "partnership" not in (key.values.get("tags") or {}):
        return False
    opening = [each for each in _allowed(key) if OPENING & set(_listed(each["Action"]))]
    return not opening or any(
        "kms:EncryptionContext:partnership" not in each.get("Condition", {}).get("StringEquals", {})
        or any(who.endswith(":root") for who in _principals(each))
        for each in opening
    )


def role_is_taken_by_a_stranger(_plan: Plan, role: PlannedResource) -> bool:
    """Tell whether another than a service of AWS takes it, and without a second factor."""
    return not role.statements or any(
        "AWS" in each.get("Principal", {}) and "aws:MultiFactorAuthPresent" not in _conditions(each)
        for each in _allowed(role)
    )


def parts_role_is_taken_from_another_account(_plan: Plan, role: PlannedResource) -> bool:
    """Tell whether a task of another account could take a part's role."""
    return any(
        "ecs-tasks.amazonaws.com" in _principals(each)
        and "aws:SourceAccount" not in _conditions(each)
        for each in _allowed(role)
    )


def policy_is_not_ours(_plan: Plan, given: PlannedResource) -> bool:
    """Tell whether a policy of AWS's that nobody here has read is given to a role."""
    return not str(given.values["policy_arn"]).endswith(MANAGED)


POLICIES: Final[Mapping[Callable[[Plan, PlannedResource], bool], tuple[str, ...]]] = {
    anybody_is_allowed: tuple(POLICIES_OF),
    any_action_is_allowed: tuple(POLICIES_OF),
    # A key's own policy says `*` for the key itself, and a role's trust names no resource.
    any_resource_is_allowed: ("aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_policy"),
    key_opens_without_a_limit: ("aws_kms_key",),
    partnerships_key_opens_another: ("aws_kms_key",),
    role_is_taken_by_a_stranger: ("aws_iam_role",),
    parts_role_is_taken_from_another_account: ("aws_iam_role",),
    policy_is_not_ours: ("aws_iam_role_policy_attachment",),
}
