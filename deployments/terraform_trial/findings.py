"""What checkov finds in `terraform/`, each justified; what is not in the list fails the trial.

checkov 3.3.30 reads files, not plans: it does not follow a reference through `for_each`, a module's
output or a variable. Those findings are wrong; tests/terraform holds a policy on the plan instead.
"""

from collections.abc import Mapping
from typing import Final

_NOT_FOLLOWED: Final = "not so: checkov does not follow for_each; policy "
# The check, and in which resource; the words say why it stays.
JUSTIFIED: Final[Mapping[tuple[str, str], str]] = {
    ("CKV2_AWS_5", "aws_security_group"): "not so: each group is a part's, through an output",
    ("CKV2_AWS_50", "aws_elasticache_replication_group"): "by a size: two nodes or more",
    ("CKV2_AWS_57", "aws_secretsmanager_secret"): (
        "a password here is a login's in the database too: it is changed by a release, by hand"
    ),
    ("CKV2_AWS_6", "aws_s3_bucket"): _NOT_FOLLOWED + "bucket_is_public",
    ("CKV2_AWS_61", "aws_s3_bucket"): "not so: checkov does not follow for_each",
    ("CKV2_AWS_62", "aws_s3_bucket"): "nobody waits for what is put into these buckets",
    ("CKV2_AWS_69", "aws_db_instance"): _NOT_FOLLOWED + "database_answers_without_tls",
    ("CKV2_AWS_76", "aws_lb"): "not so: the group of known bad inputs stands in a dynamic block",
    ("CKV_AWS_144", "aws_s3_bucket"): (
        "nothing leaves London; anchors are copied within it, and the record by AWS Backup"
    ),
    ("CKV_AWS_145", "aws_s3_bucket"): _NOT_FOLLOWED + "bucket_is_under_no_key_of_ours",
    ("CKV_AWS_150", "aws_lb"): "by may_be_destroyed, which is for development only",
    ("CKV_AWS_161", "aws_db_instance"): "parts sign in by SCRAM; a second door would need watching",
    ("CKV_AWS_18", "aws_s3_bucket"): "the state's own bucket: CloudTrail tells who reads state",
    ("CKV_AWS_19", "aws_s3_bucket"): _NOT_FOLLOWED + "bucket_is_under_no_key_of_ours",
    ("CKV_AWS_192", "aws_wafv2_web_acl"): "not so: it stands in a dynamic block",
    ("CKV_AWS_21", "aws_s3_bucket"): _NOT_FOLLOWED + "bucket_keeps_no_versions",
    ("CKV_AWS_249", "aws_ecs_task_definition"): "not so: they are two outputs of one module",
    ("CKV_AWS_273", "aws_iam_user"): "SES's SMTP asks for a user; it may send, as one address",
    ("CKV_AWS_293", "aws_db_instance"): _NOT_FOLLOWED + "database_may_be_deleted",
    ("CKV_AWS_297", "aws_scheduler_schedule"): "it holds names only: of a cluster, a task, a role",
    ("CKV_AWS_31", "aws_elasticache_replication_group"): (
        "its password is set apart, so that no state holds it (deployments/production_secrets.py)"
    ),
    ("CKV_AWS_338", "aws_cloudwatch_log_group"): "400 days in prod; development keeps 30",
    ("CKV_AWS_353", "aws_db_instance"): (
        "Performance Insights would show the text of statements to whoever may look"
    ),
    ("CKV_AWS_355", "aws_iam_role_policy"): "operators list what there is; they change nothing",
    ("CKV_AWS_40", "aws_iam_user_policy"): "the one user there is, with one policy",
}


def unjustified(found: Mapping[tuple[str, str], list[str]]) -> list[str]:
    """Return what was found and is not in the list, and what is in it and is not so any more."""
    new = [
        f"{check} {place}"
        for check, places in found.items()
        if check not in JUSTIFIED
        for place in places
    ]
    gone = [f"{' '.join(check)} is not found any more" for check in JUSTIFIED if check not in found]
    return new + gone
