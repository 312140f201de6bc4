"""Policies of what is kept: buckets, databases, keys, secrets, logs.

Each function answers whether the resource breaks the policy that is its name.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final

from tests.terraform.plans import Plan, PlannedResource

_PUBLIC: Final = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)
# The load balancer writes its log under S3's own key only.
UNDER_S3_KEY: Final = {"logs"}
LOCKED_BY_DEFAULT: Final = {"anchors", "backups"}
LOCKED_BY_THE_PRODUCT: Final = {"cases"}
SERVER_LOG: Final = {
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}


def _class(bucket: PlannedResource) -> str:
    return str((bucket.values.get("tags") or {}).get("class", ""))


def bucket_is_public(plan: Plan, bucket: PlannedResource) -> bool:
    """Tell whether public access is not blocked in all four ways."""
    block = plan.beside(bucket, "aws_s3_bucket_public_access_block")
    return block is None or not all(block.values[how] for how in _PUBLIC)


def bucket_keeps_no_versions(plan: Plan, bucket: PlannedResource) -> bool:
    """Tell whether what is replaced or removed is gone."""
    kept = plan.beside(bucket, "aws_s3_bucket_versioning")
    return kept is None or kept.first("versioning_configuration")["status"] != "Enabled"


def bucket_is_under_no_key_of_ours(plan: Plan, bucket: PlannedResource) -> bool:
    """Tell whether it is not encrypted under a key in KMS, where the class lets it be."""
    told = plan.beside(bucket, "aws_s3_bucket_server_side_encryption_configuration")
    if told is None:
        return True
    how = told.first("rule")["apply_server_side_encryption_by_default"][0]
    if _class(bucket) in UNDER_S3_KEY:
        return how["sse_algorithm"] != "AES256"
    return (how["sse_algorithm"], bool(how["kms_master_key_id"])) != ("aws:kms", True)


def _refuses(plan: Plan, bucket: PlannedResource, condition: Mapping[str, object]) -> bool:
    told = plan.beside(bucket, "aws_s3_bucket_policy")
    return told is not None and any(
        each["Effect"] == "Deny"
        and each["Principal"] == "*"
        and condition.items() <= each.get("Condition", {}).items()
        for each in told.statements
    )


def bucket_answers_without_tls(plan: Plan, bucket: PlannedResource) -> bool:
    """Tell whether its policy does not refuse what comes in the clear."""
    return not _refuses(plan, bucket, {"Bool": {"aws:SecureTransport": "false"}})


def bucket_takes_any_key(plan: Plan, bucket: PlannedResource) -> bool:
    """Tell whether its policy does not refuse a put under another key than its own."""
    told = plan.beside(bucket, "aws_s3_bucket_server_side_encryption_configuration")
    if told is None:
        return True
    how = told.first("rule")["apply_server_side_encryption_by_default"][0]
    header = "s3:x-amz-server-side-encryption-aws-kms-key-id"
    other = {"StringNotEqualsIfExists": {header: how["kms_master_key_id"]}}
    return how["sse_algorithm"] == "aws:kms" and not _refuses(plan, bucket, other)


def bucket_is_not_locked_as_its_class_asks(plan: Plan, bucket: PlannedResource) -> bool:
    """Tell whether anchors or backups are not locked by default, or cases are."""
    lock = plan.beside(bucket, "aws_s3_bucket_object_lock_configuration")
    can = bool(bucket.values.get("object_lock_enabled"))
    if _class(bucket) in LOCKED_BY_DEFAULT:
        return not (can and lock and lock.first("rule")["default_retention"][0]["days"] >= 1)
    if _class(bucket) in LOCKED_BY_THE_PRODUCT:
        return not can or lock is not None
    return False


def cases_are_read_from_anywhere(plan: Plan, bucket: PlannedResource) -> bool:
    """Tell whether the files of cases can be read or written from outside the network."""
    if _class(bucket) != "cases":
        return False
    told = plan.beside(bucket, "aws_s3_bucket_policy")
    return told is None or not any(
        each["Effect"] == "Deny"
        and "aws:SourceVpce" in each.get("Condition", {}).get("StringNotEqualsIfExists", {})
        and {"s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"} <= set(each["Action"])
        for each in told.statements
    )


def database_is_in_the_clear(_plan: Plan, database: PlannedResource) -> bool:
    """Tell whether it is not encrypted under a key of ours."""
    return not (database.values["storage_encrypted"] and database.values["kms_key_id"])


def database_is_reached_from_outside(_plan: Plan, database: PlannedResource) -> bool:
    """Tell whether it has a public address."""
    return database.values["publicly_accessible"] is not False


def database_cannot_be_taken_back(_plan: Plan, database: PlannedResource) -> bool:
    """Tell whether it cannot be restored to any second of the last week at the least."""
    return (database.values["backup_retention_period"] or 0) < 7


def database_password_is_in_state(_plan: Plan, database: PlannedResource) -> bool:
    """Tell whether terraform is told the administrator's password."""
    return bool(database.values["password"]) or not database.values["manage_master_user_password"]


def database_answers_without_tls(_plan: Plan, group: PlannedResource) -> bool:
    """Tell whether a connection in the clear is not refused."""
    return _parameters(group).get("rds.force_ssl") != "1"


def database_log_tells_of_rows(_plan: Plan, group: PlannedResource) -> bool:
    """Tell whether its log would hold words of a case; the release refuses such a server."""
    return not SERVER_LOG.items() <= _parameters(group).items()


def _parameters(group: PlannedResource) -> dict[str, str]:
    return {each["name"]: each["value"] for each in group.values["parameter"]}


def database_may_be_deleted(plan: Plan, database: PlannedResource) -> bool:
    """Tell whether it may be deleted, or without a last snapshot, where its vault is locked."""
    is_real = any(plan.of("aws_backup_vault_lock_configuration"))
    open_to_it = (
        not database.values["deletion_protection"] or database.values["skip_final_snapshot"]
    )
    return is_real and bool(open_to_it)


def redis_is_in_the_clear(_plan: Plan, redis: PlannedResource) -> bool:
    """Tell whether it is not encrypted at rest and on the way."""
    said = (redis.values["at_rest_encryption_enabled"], redis.values["transit_encryption_enabled"])
    return {str(each).lower() for each in said} != {"true"}


def key_is_never_rotated(_plan: Plan, key: PlannedResource) -> bool:
    """Tell whether it is the same for ever, or gone within days of an order."""
    return not key.values["enable_key_rotation"] or key.values["deletion_window_in_days"] < 30


def log_is_under_no_key_of_ours(_plan: Plan, log: PlannedResource) -> bool:
    """Tell whether it is encrypted under no key of ours, or kept for ever."""
    return not (log.values["kms_key_id"] and log.values["retention_in_days"])


def topic_is_under_no_key_of_ours(_plan: Plan, topic: PlannedResource) -> bool:
    """Tell whether what is told is encrypted under no key of ours."""
    return not topic.values["kms_master_key_id"]


def secret_is_under_no_key_of_ours(_plan: Plan, secret: PlannedResource) -> bool:
    """Tell whether it is encrypted under the account's key, which everybody in it may use."""
    return not secret.values["kms_key_id"]


def secret_is_in_state(_plan: Plan, one: PlannedResource) -> bool:
    """Tell whether terraform is told a value that is secret: it would stand in its state."""
    if one.type in {"aws_iam_access_key", "aws_iam_service_specific_credential"}:
        return True
    if one.type == "aws_secretsmanager_secret_version":
        return not one.values.get("secret_string_wo_version")
    return any(one.values.get(name) for name in ("auth_token", "master_password", "passwords"))


def images_may_be_replaced(_plan: Plan, repository: PlannedResource) -> bool:
    """Tell whether a tag may be another image tomorrow, or none is looked through."""
    scanned = repository.first("image_scanning_configuration").get("scan_on_push")
    return repository.values["image_tag_mutability"] != "IMMUTABLE" or not scanned


def anchors_are_not_copied(plan: Plan, copies: PlannedResource) -> bool:
    """Tell whether the audit's anchors are not copied to where nobody can remove them."""
    to = {
        f"arn:aws:s3:::{one.values['bucket']}"
        for one in plan.of("aws_s3_bucket")
        if _class(one) == "anchors"
    }
    rule = copies.first("rule")
    prefix = (rule.get("filter") or [{}])[0].get("prefix")
    is_copied = (rule["status"], prefix) == ("Enabled", "anchors/")
    return not is_copied or rule["destination"][0]["bucket"] not in to


def leaves_the_country(_plan: Plan, one: PlannedResource) -> bool:
    """Tell whether it names another region than London."""
    words = json.dumps(one.values)
    return (
        any(f":{region}-" in words for region in _ELSEWHERE)
        or any(f'"{region}-' in words for region in _ELSEWHERE)
        or "eu-west-1" in words
    )


_ELSEWHERE: Final = (
    "us",
    "ap",
    "ca",
    "sa",
    "af",
    "me",
    "eu-central",
    "eu-north",
    "eu-south",
    "il",
    "mx",
)

POLICIES: Final[Mapping[Callable[[Plan, PlannedResource], bool], tuple[str, ...]]] = {
    **dict.fromkeys(
        (
            bucket_is_public,
            bucket_keeps_no_versions,
            bucket_is_under_no_key_of_ours,
            bucket_answers_without_tls,
            bucket_takes_any_key,
            bucket_is_not_locked_as_its_class_asks,
            cases_are_read_from_anywhere,
        ),
        ("aws_s3_bucket",),
    ),
    **dict.fromkeys(
        (
            database_is_in_the_clear,
            database_is_reached_from_outside,
            database_cannot_be_taken_back,
            database_password_is_in_state,
            database_may_be_deleted,
        ),
        ("aws_db_instance",),
    ),
    database_answers_without_tls: ("aws_db_parameter_group",),
    database_log_tells_of_rows: ("aws_db_parameter_group",),
    redis_is_in_the_clear: ("aws_elasticache_replication_group",),
    key_is_never_rotated: ("aws_kms_key",),
    log_is_under_no_key_of_ours: ("aws_cloudwatch_log_group",),
    topic_is_under_no_key_of_ours: ("aws_sns_topic",),
    secret_is_under_no_key_of_ours: ("aws_secretsmanager_secret",),
    secret_is_in_state: (),
    images_may_be_replaced: ("aws_ecr_repository",),
    anchors_are_not_copied: ("aws_s3_bucket_replication_configuration",),
    leaves_the_country: (),
}
