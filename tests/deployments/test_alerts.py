"""Each alert fires and is silent when it should, and says which page tells what to do."""

import re
import subprocess
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from deployments import CHECKOUT
from deployments.checks.programs import PROMTOOL, program
from services.casework.operations import troubles

ROOM = CHECKOUT / "deployments" / "observability"
ALERTS = ROOM / "alerts"
RUNBOOKS = CHECKOUT / "docs" / "runbooks"
TESTED = [path.stem.removesuffix("_test") for path in sorted(ALERTS.glob("*_test.yml"))]
SECTIONS = ["Sign", "Effect on cases", "Check", "Mend", "Tell", "After"]
AT_THE_SAME_LIMITS = {
    "TickBehind": troubles.TICK_BEHIND_AFTER,
    "EmailsUnsent": troubles.EMAILS_OLD_AFTER,
    "WorkOverdue": troubles.WORK_OVERDUE_AFTER,
    "AuditUnchecked": troubles.AUDIT_UNCHECKED_AFTER,
}


def rules(group: str) -> dict[str, dict]:
    (one,) = yaml.safe_load((ALERTS / f"{group}.yml").read_text())["groups"]
    return {rule["alert"]: rule for rule in one["rules"]}


def every_rule() -> dict[str, dict]:
    return {name: rule for group in TESTED for name, rule in rules(group).items()}


def page_of(alert: str) -> Path:
    """Return the page of an alert: its name in small letters, with hyphens."""
    return RUNBOOKS / f"{re.sub(r'(?<!^)(?=[A-Z])', '-', alert).lower()}.md"


@pytest.fixture(scope="session")
def promtool() -> str:
    found = program(PROMTOOL)
    if found is None:
        pytest.skip("not run: there is no promtool (Debian's package prometheus)")
    return found


def test_every_file_of_alerts_is_tested_and_read_by_prometheus():
    files = {path.stem for path in ALERTS.glob("*.yml") if not path.stem.endswith("_test")}
    assert files == set(TESTED)
    asked = yaml.safe_load((ROOM / "prometheus.yml").read_text())["rule_files"]
    assert {Path(one).stem for one in asked} == files


@pytest.mark.parametrize("group", TESTED)
def test_every_alert_is_tried_silent_and_firing(group: str):
    tests = yaml.safe_load((ALERTS / f"{group}_test.yml").read_text())["tests"]
    tried = {
        (each["alertname"], bool(each.get("exp_alerts")))
        for test in tests
        for each in test["alert_rule_test"]
    }
    assert tried == {(name, fires) for name in rules(group) for fires in (True, False)}


@pytest.mark.parametrize("group", TESTED)
def test_promtool_finds_that_each_fires_when_it_should(promtool: str, group: str):
    made = subprocess.run(  # noqa: S603 -- our own words
        [promtool, "test", "rules", f"{group}_test.yml"],
        cwd=ALERTS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr


@pytest.mark.parametrize("group", TESTED)
def test_an_alert_that_never_fires_is_found(promtool: str, group: str, tmp_path: Path):
    desk = copytree(ALERTS, tmp_path / "alerts")
    file = desk / f"{group}.yml"
    last = [*rules(group)][-1]
    before, after = file.read_text().split(f"- alert: {last}\n")
    file.write_text(
        f"{before}- alert: {last}\n" + re.sub("expr: '.*'", "expr: 'vector(1) > 2'", after)
    )
    made = subprocess.run(  # noqa: S603 -- our own words
        [promtool, "test", "rules", f"{group}_test.yml"],
        cwd=desk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 1
    assert f"alertname: {last}" in made.stdout + made.stderr


def test_every_alert_has_its_page_and_every_page_its_alert():
    pages = {path.name for path in RUNBOOKS.glob("*.md")}
    assert {page_of(name).name for name in every_rule()} == pages


@pytest.mark.parametrize("name", every_rule())
def test_an_alert_names_its_page_which_says_what_to_do(name: str):
    rule, page = every_rule()[name], page_of(name)
    assert rule["annotations"]["runbook"] == str(page.relative_to(CHECKOUT))
    assert rule["labels"]["severity"] in {"page", "ticket"}
    text = page.read_text()
    assert f"The alert `{name}`." in text
    assert re.findall("^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert all(part.strip() for part in re.split("^#.*$", text, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize(("name", "limit"), AT_THE_SAME_LIMITS.items())
def test_an_alert_pages_at_the_limit_at_which_nothing_is_well(name: str, limit: float):
    asked = every_rule()[name]["expr"].rpartition("> ")[2]
    assert eval(asked, {}) == limit  # noqa: S307 -- our own file
