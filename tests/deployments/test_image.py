"""The image and the Compose file: they name what the product has and tell it what it reads."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from deployments import CHECKOUT, image, prefect_settings
from deployments.local.image_root import ImageRoot
from deployments.release import PASSWORDS
from services.database.migrations.roles import PROVISIONING, login_of
from services.settings import Settings

DEPLOYMENTS = CHECKOUT / "deployments"
DOCKERFILE = (DEPLOYMENTS / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOYMENTS / "compose.yaml").read_text())
OURS = ("prefect", "release", "web", "worker", "commands")
# Read by what drives Prefect, by the libraries below us and by the release.
READ_ELSEWHERE = {
    "PREFECT_API_AUTH_STRING",
    "DATABASE_URL",
    *PASSWORDS.values(),
    *prefect_settings.NEEDED,
}


# One address, one database that is not pooled, no collector: what one machine has no use for.
GOES_WITHOUT = {
    "KEYLINE_DATABASE_IS_POOLED",
    "KEYLINE_ENVIRONMENT",  # the image says production
    "KEYLINE_LISTEN_DATABASE_URL",
    "KEYLINE_MAIL_IS_CAUGHT",
    "KEYLINE_METRICS_HOST",
    "KEYLINE_METRICS_PORT",
    "KEYLINE_OTHER_BASE_URLS",
    "KEYLINE_PROVISIONING_DATABASE_URL",  # the page that founds a partnership only tries
    "KEYLINE_TRACES_URL",
    "SMTP_HELO",  # the domain of MAIL_FROM
}


def _told(service: str) -> dict[str, str]:
    return dict(COMPOSE["services"][service]["environment"])


def test_the_image_copies_what_is_there_and_no_test() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}

    assert sources >= {"flows", "tasks", "services", "deployments"}
    assert "tests" not in sources
    assert all((CHECKOUT / source).exists() for source in sources)


def test_the_image_runs_as_nobody_and_as_production() -> None:
    assert "\nUSER 10001\n" in DOCKERFILE
    assert "KEYLINE_ENVIRONMENT=production" in DOCKERFILE


def test_every_command_of_the_image_is_a_program_of_ours_or_prefect() -> None:
    for words in image.COMMANDS.values():
        module = words[3]
        place = CHECKOUT / Path(*module.split("."))
        assert module in {"uvicorn", "prefect"} or (
            place.with_suffix(".py").exists() or (place / "__main__.py").exists()
        )


def test_a_prefect_server_without_a_password_does_not_start() -> None:
    with pytest.raises(SystemExit, match="PREFECT_SERVER_API_AUTH_STRING"):
        image.environment_of("prefect", {"PREFECT_SERVER_DATABASE_CONNECTION_URL": "postgresql:"})


@pytest.mark.parametrize("redis", prefect_settings.REDIS)
def test_a_prefect_server_tells_nobody_outside_and_is_one_of_several_only_with_redis(
    redis: str,
) -> None:
    needed = dict.fromkeys(prefect_settings.NEEDED, "told")

    alone = image.environment_of("prefect", needed)
    together = image.environment_of("prefect", needed | {redis: "redis"})

    assert alone["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert not prefect_settings.BY_REDIS.keys() & alone.keys()
    assert together.items() >= prefect_settings.BY_REDIS.items()


def test_what_the_environment_says_of_prefect_holds() -> None:
    needed = dict.fromkeys(prefect_settings.NEEDED, "told")

    told = image.environment_of("prefect", needed | {"PREFECT_SERVER_ANALYTICS_ENABLED": "true"})

    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "true"


def test_another_command_is_told_only_what_it_is_given() -> None:
    assert image.environment_of("web", {"A": "b"}) == {"A": "b"}


@pytest.mark.parametrize("service", OURS)
def test_compose_tells_a_service_nothing_that_nobody_reads(service: str) -> None:
    read = {str(field.alias) for field in Settings.model_fields.values()} | READ_ELSEWHERE

    assert not _told(service).keys() - read


def test_compose_has_a_service_for_commands_with_each_login_that_they_ask_for() -> None:
    told = _told("commands")
    logins = {"KEYLINE_PROVISIONING_DATABASE_URL", "KEYLINE_SIGN_IN_DATABASE_URL"}
    assert told.keys() == _told("web").keys() | logins
    assert login_of(PROVISIONING, "keyline") in told["KEYLINE_PROVISIONING_DATABASE_URL"]
    assert COMPOSE["services"]["commands"]["profiles"] == ["commands"]


@pytest.mark.parametrize("service", ["web", "worker"])
def test_compose_tells_a_service_all_that_has_no_default(service: str) -> None:
    needed = {str(f.alias) for f in Settings.model_fields.values() if f.is_required()}

    assert needed
    assert not needed - _told(service).keys()


@pytest.mark.parametrize("service", ["web", "worker"])
def test_compose_passes_on_each_word_but_those_it_names_here(service: str) -> None:
    known = {str(field.alias) for field in Settings.model_fields.values()}
    of_web_alone = {"KEYLINE_SIGN_IN_DATABASE_URL"} if service == "worker" else set()

    assert known - _told(service).keys() == GOES_WITHOUT | of_web_alone


def test_compose_tells_the_release_the_password_of_each_login_that_is_used() -> None:
    assert set(PASSWORDS.values()) - _told("release").keys() == {"KEYLINE_OPERATIONS_PASSWORD"}


@pytest.mark.parametrize("service", OURS)
def test_compose_closes_each_container(service: str) -> None:
    shut = COMPOSE["services"][service]

    assert shut["read_only"] is True
    assert shut["cap_drop"] == ["ALL"]
    assert shut["command"][0] in image.COMMANDS
    assert all(port.startswith("127.0.0.1:") for port in shut.get("ports", []))


def test_the_file_to_fill_in_names_each_word_that_compose_asks_for() -> None:
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", (DEPLOYMENTS / "compose.yaml").read_text()))
    named = re.findall(r"^([A-Z0-9_]+)=", (DEPLOYMENTS / "compose.env").read_text(), re.MULTILINE)

    assert sorted(named) == sorted(asked)


def test_a_part_from_an_image_keeps_the_words_of_the_image_and_listens_on_loopback(
    tmp_path: Path,
) -> None:
    told = '{"Env": ["PATH=/keyline/.venv/bin", "KEYLINE_ENVIRONMENT=production"], "User": "10001",'
    (tmp_path / "image.json").write_text(told + ' "WorkingDir": "/keyline", "Entrypoint": ["run"]}')
    root = ImageRoot(tmp_path)

    environment = root.environment({"PATH": "/bin", "KEYLINE_ENVIRONMENT": "demonstration"})

    assert environment["PATH"] == "/keyline/.venv/bin"
    assert environment["KEYLINE_ENVIRONMENT"] == "demonstration"
    assert environment["KEYLINE_LISTEN_ON"] == "127.0.0.1"
    assert root.command(["web"])[-4:] == ["10001", "/keyline", "run", "web"]
