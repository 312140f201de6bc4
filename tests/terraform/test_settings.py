"""What Terraform tells each part is what the part reads, and all that it needs."""

import ast
import os
import re
from collections.abc import Mapping
from pathlib import Path

import prefect.settings
import pytest

from deployments import CHECKOUT, given_words, image, prefect_database, release
from deployments.backup import commands as backup
from deployments.terraform_trial.program import RULES
from services.casework.provisioning import partnership_id_of
from services.domain.audit import INSTALLATION
from services.domain.mailboxes import PRODUCTION, mailboxes_for
from services.settings import Settings
from services.storage.encrypted import EncryptedStore
from services.storage.installation import S3Place, store_in
from services.web.client_address import trusted_networks
from tests.terraform.plans import Plan, PlannedRuns

pytestmark = pytest.mark.slow

PARTS = ("web", "worker", "backup", "commands", "prefect", "release")
# Read by libpq and asyncpg, by Prefect's client besides its settings, and by AWS's.
BY_OTHERS = {"PGPASSWORD", "PGSSLMODE", "PGSSLROOTCERT", "DO_NOT_TRACK"}
# Of prefect-redis, which Prefect itself does not know.
OF_PREFECT_REDIS = {"PREFECT_REDIS_MESSAGING_URL"}
# With a default that is fit for no installation of its own.
NEEDED_IN_PRODUCTION = {"MAIL_FROM", "PREFECT_API_URL", "KEYLINE_TRUSTED_PROXIES", "SMTP_USER"}
SETTINGS = {str(field.alias) for field in Settings.model_fields.values()}
REQUIRED = {str(field.alias) for field in Settings.model_fields.values() if field.is_required()}


@pytest.fixture(params=["dev", "prod"])
def plan(request, runs: PlannedRuns) -> Plan:
    return runs.plans[request.param]


def told(plan: Plan, part: str) -> dict[str, str]:
    """Return the variables of a part's container; a secret's value is 40 letters."""
    container = next(
        each
        for task in plan.of("aws_ecs_task_definition")
        for each in task.containers
        if each["name"] == part
    )
    return {each["name"]: each["value"] for each in container["environment"]} | {
        each["name"]: "s" * 40 for each in container["secrets"]
    }


def names_in(*files: str) -> set[str]:
    """Return what these files say in capitals: the variables that they read are among it."""
    trees = (ast.parse((CHECKOUT / each).read_text()) for each in files)
    words = (
        node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)
    )
    return {word for word in words if isinstance(word, str) and word.isupper() and "_" in word}


def is_of_prefect(name: str) -> bool:
    return name in OF_PREFECT_REDIS or (
        name.startswith("PREFECT_") and hasattr(prefect.settings, name)
    )


READ = {
    "web": SETTINGS,
    "worker": SETTINGS | names_in("deployments/worker/__main__.py"),
    "backup": SETTINGS | names_in("deployments/backup/commands.py"),
    "commands": SETTINGS | {given_words.TYPED},
    "prefect": set(),
    "release": names_in("deployments/release.py") | set(prefect_database.NEEDED),
}
NEEDED = {
    "web": REQUIRED | NEEDED_IN_PRODUCTION | {"KEYLINE_SIGN_IN_DATABASE_URL"},
    "worker": REQUIRED | NEEDED_IN_PRODUCTION,
    "backup": REQUIRED | {backup.URL},
    "commands": REQUIRED
    | {"KEYLINE_PROVISIONING_DATABASE_URL", "KEYLINE_SIGN_IN_DATABASE_URL", given_words.TYPED},
    "prefect": {"PREFECT_SERVER_API_AUTH_STRING", "PREFECT_SERVER_DATABASE_CONNECTION_URL"},
    "release": {"DATABASE_URL", "PGPASSWORD", "PREFECT_API_URL", *release.PASSWORDS.values()}
    | set(prefect_database.NEEDED),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_told_nothing_that_it_does_not_read(plan: Plan, part: str):
    known = READ[part] | BY_OTHERS
    assert [
        name for name in told(plan, part) if name not in known and not is_of_prefect(name)
    ] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_told_all_that_it_needs(plan: Plan, part: str):
    given = {name for name, value in told(plan, part).items() if value}
    assert NEEDED[part] - given == set()


@pytest.mark.parametrize("part", ["web", "worker"])
def test_the_settings_are_read_and_mean_what_they_say(plan: Plan, part: str, monkeypatch):
    for name in SETTINGS & set(os.environ):
        monkeypatch.delenv(name)
    given = Settings(**told(plan, part))
    assert given.base_url == "https://keyline.example.org"
    assert given.smtp_starttls
    assert not given.mail_is_caught
    assert not given.database_is_pooled
    assert given.listening_url
    public = {
        one.values["cidr_block"] for one in plan.of("aws_subnet") if ".public[" in one.address
    }
    assert {str(each) for each in trusted_networks(given.trusted_proxies)} == public
    assert given.s3_endpoint_url is None
    assert isinstance(
        store_in(S3Place(bucket=given.s3_bucket), given.object_keys.get_secret_value()),
        EncryptedStore,
    )


def test_real_national_bodies_are_written_to_from_production_alone(runs: PlannedRuns):
    said = {run: told(runs.plans[run], "web")["KEYLINE_ENVIRONMENT"] for run in ("dev", "prod")}
    assert said == {"dev": "demonstration", "prod": "production"}
    assert {run: mailboxes_for(word) == PRODUCTION for run, word in said.items()} == {
        "dev": False,
        "prod": True,
    }


def test_the_release_reads_its_secrets(plan: Plan):
    assert release.DatabaseSecrets.of(told(plan, "release"))


def test_each_partnership_has_the_key_that_the_product_asks_for(plan: Plan):
    prefix = told(plan, "web")["KEYLINE_OBJECT_KEYS"].removeprefix("aws-kms:")
    aliases = {one.values["name"] for one in plan.of("aws_kms_alias") if ".tenant[" in one.address}
    ids = [INSTALLATION, *(partnership_id_of(code) for code in ("EAS", "NOR", "TRV"))]
    assert aliases == {f"{prefix}{each}" for each in ids}


def test_what_the_image_is_told_it_knows(plan: Plan):
    first = {
        task.values["family"]: each["command"][0]
        for task in plan.of("aws_ecs_task_definition")
        for each in task.containers
        if each["essential"]
    }
    assert set(first.values()) == {"keyline" if one == "commands" else one for one in PARTS}
    assert set(first.values()) <= set(image.COMMANDS)


def variables_of(plan: Plan) -> Mapping[str, set[str]]:
    return {part: set(told(plan, part)) for part in PARTS}


def test_both_environments_tell_the_same(runs: PlannedRuns):
    assert variables_of(runs.plans["dev"]) == variables_of(runs.plans["prod"])


def test_a_secret_is_read_by_those_alone_who_need_it(plan: Plan):
    """What the release may do with the database, no part that runs may."""
    for part in ("web", "worker", "backup", "prefect"):
        given = set(told(plan, part))
        assert not given & {"DATABASE_URL", "PGPASSWORD", *release.PASSWORDS.values()}


def test_the_scanner_and_the_certificates_stand_where_the_parts_look(runs: PlannedRuns):
    given = told(runs.plans["prod"], "web")
    assert given["KEYLINE_CLAMD"] == "127.0.0.1:3310"
    assert told(runs.plans["dev"], "web")["KEYLINE_CLAMD"] == ""
    certificates = Path(given["PGSSLROOTCERT"])
    assert certificates.parent == Path("/keyline/deployments/certificates")
    assert given["PGSSLMODE"] == "verify-full"


def test_amazons_prometheus_is_given_the_products_own_alert_rules(runs: PlannedRuns):
    given = {
        one.values["name"]: one.values["data"]
        for one in runs.plans["prod"].of("aws_prometheus_rule_group_namespace")
    }
    folder = CHECKOUT / RULES
    ours = {path.stem: path.read_text() for path in folder.glob("*.yml")}
    assert given
    assert given == {name: text for name, text in ours.items() if not name.endswith("_test")}


@pytest.mark.parametrize(("part", "processes"), [("web", 1), ("worker", 2)])
def test_a_collector_reads_each_process_of_its_part_under_the_name_that_alerts_know(
    runs: PlannedRuns, part: str, processes: int
):
    plan = runs.plans["prod"]
    config = next(
        each["environment"][0]["value"]
        for task in plan.of("aws_ecs_task_definition")
        for each in task.containers
        if each["name"] == "collector" and f"keyline-{part}" in each["environment"][0]["value"]
    )
    first = int(told(plan, part)["KEYLINE_METRICS_PORT"])
    asked = {f"127.0.0.1:{first + process}" for process in range(processes)}
    assert set(re.findall(r"127\.0\.0\.1:\d+", config)) == asked
    known = (CHECKOUT / "deployments/observability/prometheus.yml").read_text()
    assert f"job_name: keyline-{part}\n" in known
    assert f'"job_name": "keyline-{part}"\n' in config
