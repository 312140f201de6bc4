"""`./keyline administrator` and `./keyline tenant`: production begun from nothing."""

import json
import re
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, make_url

from services.bootstrap import Settings, wall_clock
from services.database.migrations.roles import PROVISIONING, SIGN_IN, login_of
from services.storage.memory import MemoryStore
from services.web.app import create_app
from tests.servers import CONTEXT_KEY, PASSWORDS, PlatformPostgres, app_engine_on, sibling
from tests.tenant_files import ADMINISTRATOR, tenant_file
from tests.web.conftest import World, site_of
from tests.web.visitors import Visitor

PLATFORM = "platform@keyline.example"
PASSWORD = "a-made-up-password"  # noqa: S105 -- of a made-up person
NAMED = ["--email", PLATFORM, "--name", "Rivet Sprocket", "--password-from-stdin"]
BY = ["--by", PLATFORM]
OTHER = "other@keyline.example"
OPERATOR = "operator@keyline.example"
WATCHES = ["--email", OPERATOR, "--name", "Gasket Ratchet", "--password-from-stdin", *BY]
SECOND = ["--email", OTHER, "--name", "Other Sprocket", "--password-from-stdin", *BY]
PROGRAM = """
import io, json, sys
from deployments.cli import main
for words, typed in json.loads(sys.argv[1]):
    sys.stdin = io.StringIO(typed)
    print(">>>", *words[:2])
    try:
        main(words)
    except SystemExit as left:
        print("exit", left.code)
"""
NOWHERE = "http://127.0.0.1:9"


@dataclass
class Installation:
    """A production installation whose database holds no partnership and nobody."""

    engine: Engine
    environment: dict[str, str]
    file: Path

    def run(self, *commands: tuple[list[str], str]) -> list[str]:
        """Return what each command said, with its exit code as the last line."""
        ran = subprocess.run(  # noqa: S603 -- our own program, in our own Python
            [sys.executable, "-c", PROGRAM, json.dumps(commands)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=self.environment,
            stdin=subprocess.DEVNULL,
        )
        return [said.partition("\n")[2] for said in ran.stdout.split(">>> ")[1:]]

    def visitor(self, email: str, password: str) -> Visitor:
        """Sign somebody in at the pages of this installation."""
        door = sibling(self.engine, SIGN_IN)
        world = World(FastAPI(), self.engine, door, self.engine, MemoryStore())
        visitor = Visitor(create_app(site_of(world, wall_clock)))
        assert visitor.sign_in(email, password).status == 303
        return visitor


@pytest.fixture(scope="module")
def installation(
    platform_postgres: PlatformPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    database = platform_postgres.make_migrated()
    url = make_url(database.app_url)
    login = login_of(PROVISIONING, str(url.database))
    founder = url.set(username=login, password=PASSWORDS[PROVISIONING])
    file = tmp_path_factory.mktemp("tenants") / "dale.toml"
    file.write_text(tenant_file("DLE"))
    environment = {
        "KEYLINE_ENVIRONMENT": "production",
        "KEYLINE_DATABASE_URL": database.app_url,
        "KEYLINE_PROVISIONING_DATABASE_URL": founder.render_as_string(hide_password=False),
        "KEYLINE_CONTEXT_KEY": CONTEXT_KEY.secret,
        "KEYLINE_SECRET_KEY": "s" * 32,
        "KEYLINE_BASE_URL": "https://keyline.example",
        "KEYLINE_OBJECT_KEYS": "local:" + urlsafe_b64encode(b"k" * 32).decode().rstrip("="),
        "S3_BUCKET": "none",
        "S3_ENDPOINT_URL": NOWHERE,
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "MAIL_FROM": "keyline@example.org",
        "SMTP_HOST": "127.0.0.1",
    }
    engine = app_engine_on(database.app_url)
    yield Installation(engine, environment, file)
    engine.dispose()


def test_an_installation_without_demonstration_data_is_begun_at_the_machine(installation):
    create = ["tenant", "create", str(installation.file), *BY]
    said = installation.run(
        (create, ""),
        (["administrator", "first", *NAMED], "short\n"),
        (["administrator", "first", *NAMED], f"{PASSWORD}\n"),
        (["administrator", "another", *SECOND], f"{PASSWORD}\n"),
        ([*create, "--dry-run"], ""),
        (["tenant", "check", "DLE", *BY], ""),
        (create, ""),
        (create, ""),
        (["tenant", "check", "DLE", *BY], ""),
    )
    nobody, short, first, another, tried, unknown, made, repeated, checked = said
    assert nobody == short == unknown == "exit 1\n"
    assert f"{OTHER} is a platform administrator" in another
    assert f"{PLATFORM} is a platform administrator" in first
    assert tried.count(": will be made") == made.count(": made") == 10
    assert "agency Dale Hospital (example): will be made" in tried
    assert f"{ADMINISTRATOR}: made; another platform administrator confirms" in made
    assert "nothing was to be made" in repeated
    assert f"{ADMINISTRATOR}: is there; waits for the second person" in repeated
    assert ": made" not in repeated
    assert "needed   Nobody fills the seat of the police." in checked
    assert "needed   The file storage does not answer." in checked
    assert checked.endswith("exit 1\n")
    assert "advised  No organisation's identity provider vouches" in checked
    people = urlsplit(re.findall("people of the partnership: (.+)", made)[0]).path
    platform, other = (installation.visitor(one, PASSWORD) for one in (PLATFORM, OTHER))
    assert "Dale Safeguarding Children Partnership" in platform.get("/administration").text
    (answer,) = re.findall(rf'href="({people}/[^"]+/answer)"', other.get(people).response.text)
    said = {"is_confirmed": "yes", "grounds": "Rang the council."}
    assert "you entered this appointment" in platform.send(answer, said).text
    assert other.send(answer, said).status == 303
    assert "Waits for the person invited" in other.get(people).text


def test_an_operator_is_made_at_the_machine_and_watches_all(installation):
    _there, made = installation.run(
        (["administrator", "first", *NAMED], f"{PASSWORD}\n"),
        (["administrator", "operator", *WATCHES], f"{PASSWORD}\n"),
    )
    assert f"{OPERATOR} is an operator of this installation" in made
    console = installation.visitor(OPERATOR, PASSWORD).get("/operations")
    assert console.status == 200
    assert "Gasket Ratchet, operations, this installation of Keyline" in console.text


def test_the_settings_of_such_an_installation_are_those_of_production(installation, monkeypatch):
    for name, word in installation.environment.items():
        monkeypatch.setenv(name, word)
    assert not Settings().is_demonstration
