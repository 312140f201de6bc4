"""`terraform/` mirrors the product: what serves a room has its name, or is told apart here."""

import re

from deployments import CHECKOUT
from deployments.terraform_trial.program import SOURCE
from tests.source_files import TRACKED

# Which rooms of the product each module serves; `deployments/...` where it is no room of services.
MODULES = {
    "app": ["services/web"],
    "backup": ["services/database"],
    "cluster": ["deployments/Dockerfile"],
    "database": ["services/database"],
    "identity": ["services/identity"],
    "keys": ["services/storage", "services/settings.py"],
    "mail": ["services/mail"],
    "network": ["services/web/client_address.py"],
    "observability": ["services/observability", "deployments/observability"],
    "prefect": ["services/orchestration", "flows", "tasks"],
    "service": ["deployments/image.py"],
    "state": ["terraform/envs/state"],
    "storage": ["services/storage"],
    "tenant": ["services/storage/kms.py"],
    "worker": ["deployments/worker", "services/orchestration"],
}
# Rooms that stand on nothing of AWS's own.
NOTHING_OF_ITS_OWN = {
    "calendars": "bank holidays are rows and data of the image",
    "casework": "runs inside web and worker",
    "documents": "made inside the worker, kept in storage",
    "domain": "the guidance itself",
    "link_checks": "asks the public web, through the network's way out",
}
LONGEST_FILE = 300
RESOURCE = re.compile(r'^(resource|data) "', re.MULTILINE)


def test_each_module_serves_a_room_that_is_there():
    assert set(MODULES) == {each.name for each in (SOURCE / "modules").iterdir()}
    assert [
        place for rooms in MODULES.values() for place in rooms if not (CHECKOUT / place).exists()
    ] == []


def test_each_room_has_its_module_or_a_reason():
    served = {place.split("/")[1] for rooms in MODULES.values() for place in rooms if "/" in place}
    rooms = {
        each.name for each in (CHECKOUT / "services").iterdir() if (each / "__init__.py").exists()
    }
    assert rooms - served - set(NOTHING_OF_ITS_OWN) == set()
    assert set(NOTHING_OF_ITS_OWN) <= rooms


def test_an_environment_gives_sizes_and_holds_no_resource():
    found = {
        path.relative_to(SOURCE): RESOURCE.findall(path.read_text())
        for path in SOURCE.glob("envs/*/*.tf")
    }
    assert {path: what for path, what in found.items() if what} == {}


def test_a_file_fits_in_one_sitting_and_every_variable_is_described():
    for path in SOURCE.rglob("*.tf"):
        text = path.read_text()
        assert text.count("\n") <= LONGEST_FILE, path
        blocks = re.findall(
            r'^(?:variable|output) "\w+" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL
        )
        assert all("description" in block for block in blocks), path


def test_nothing_that_terraform_writes_is_committed():
    written = (".terraform.lock.hcl", ".tfstate", ".tfvars")
    assert [path for path in TRACKED if path.name.endswith(written)] == []
