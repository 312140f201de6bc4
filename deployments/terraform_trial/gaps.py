"""What the emulator (ministack 1.5.33) lacks of AWS, and what it forgets of what it is told.

None of it is so on AWS. What it does not know at all is left out of the trial, by Terraform's
override files in the trial's own copy. What it forgets shows in a second plan, attribute by
attribute; one of these is made anew in that plan, since the attribute cannot be changed.
"""

from typing import Final, NamedTuple


class LeftOut(NamedTuple):
    """What a copy's module is told otherwise, and why."""

    module: str
    override: str
    reason: str


LEFT_OUT: Final = (
    LeftOut(
        "app",
        'resource "aws_wafv2_web_acl_logging_configuration" "this" {\n  count = 0\n}\n',
        "it does not know PutLoggingConfiguration of WAFV2",
    ),
    LeftOut(
        "mail",
        'resource "aws_sesv2_email_identity_feedback_attributes" "this" {\n'
        "  for_each = toset([])\n}\n"
        'resource "aws_sesv2_email_identity_mail_from_attributes" "this" {\n'
        "  for_each = toset([])\n}\n"
        'resource "aws_sesv2_email_identity" "this" {\n  configuration_set_name = null\n}\n'
        'resource "aws_iam_user" "smtp" {\n  force_destroy = false\n}\n',
        "it does not know feedback, mail-from and configuration set of a SES identity, nor the"
        " keys that go with a user (ListSSHPublicKeys): the trial takes the access key away",
    ),
    LeftOut(
        "observability",
        'resource "aws_db_event_subscription" "this" {\n  count = 0\n}\n',
        "it does not know CreateEventSubscription of RDS",
    ),
    LeftOut(
        "database",
        'output "administrator_secret_arn" {\n'
        '  value = "arn:aws:secretsmanager:eu-west-2:000000000000:secret:administrator"\n}\n',
        "its RDS keeps no administrator's password in Secrets Manager",
    ),
)
# How many resources of `terraform/envs/dev` the overrides leave out.
RESOURCES_LEFT_OUT: Final = 4

_ALARM: Final = "its CloudWatch takes an alarm and answers with these empty"
_FLOW_LOG: Final = "its EC2 keeps of a flow log no more than that there is one"
DRIFTS: Final = {
    **{
        ("aws_cloudwatch_metric_alarm", attribute): _ALARM
        for attribute in (
            "actions_enabled",
            "alarm_actions",
            "alarm_description",
            "dimensions",
            "extended_statistic",
            "ok_actions",
            "period",
            "statistic",
            "treat_missing_data",
        )
    },
    **{
        ("aws_flow_log", attribute): _FLOW_LOG
        for attribute in ("iam_role_arn", "max_aggregation_interval", "tags", "tags_all")
    },
    ("aws_db_instance", "backup_window"): "its RDS answers with a window of its own",
    ("aws_db_instance", "enabled_cloudwatch_logs_exports"): "its RDS forgets which logs leave",
    ("aws_ecs_service", "availability_zone_rebalancing"): "its ECS forgets it",
    ("aws_elasticache_replication_group", "kms_key_id"): "its ElastiCache forgets the key",
    ("aws_sesv2_email_identity", "dkim_signing_attributes"): "its SES forgets the key's length",
}
