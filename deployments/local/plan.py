"""The parts of the platform and the stages of its start, in the order in which they can be."""

import sys
from dataclasses import dataclass

from deployments import CHECKOUT
from deployments.local import databases, external_store, mail_catcher, web
from deployments.local.checkout import HERE, Checkout
from deployments.local.environment import DATABASE, Platform
from deployments.local.home import is_free
from deployments.local.image_root import started_as
from deployments.local.object_store import PORTS
from deployments.local.step_cache import fingerprint, is_cached, remember
from deployments.local.supervisor import StartStage, Supervisor, show_given
from deployments.local.worker import LocalWorker
from services.database.migrations.roles import WORKER
from services.orchestration import deployment_registry
from services.orchestration.prefect_client import PrefectClient

MIGRATIONS = CHECKOUT / "services" / "database" / "migrations"
PYTHON = (sys.executable, "-m")
# Where each process answers Prometheus; those of a worker have one after the other.
WEB_METRICS = "metrics-web"
WORKER_METRICS = "metrics-worker"
PREFERRED_PORTS = {
    "prefect": 8401,
    "mail": 8402,
    "postgres": 8403,
    WEB_METRICS: 8430,
    WORKER_METRICS: 8431,
    **{name: 8410 + number for number, name in enumerate(PORTS)},
}


def are_free(port: int) -> bool:
    """Return whether there is room for both processes of a worker, one port after the other."""
    return is_free(port) and is_free(port + 1)


@dataclass(frozen=True)
class Plan:
    """How one platform starts under one supervisor."""

    platform: Platform
    supervisor: Supervisor
    web: Checkout = HERE
    worker: Checkout = HERE

    def stages(self) -> list[StartStage]:
        """Return every stage with what it waits for."""
        return [
            StartStage("postgres", (), self._postgres),
            StartStage("objects", (), self._objects),
            StartStage("mail", (), self._mail),
            StartStage("databases", ("postgres",), self._databases),
            StartStage("prefect", ("databases",), self._prefect),
            StartStage("tables", ("databases",), self._tables),
            StartStage("demonstration", ("tables", "objects"), self._demonstration),
            StartStage("registration", ("prefect",), self._registration),
            StartStage("worker", ("registration", "tables", "objects", "mail"), self._worker),
            StartStage("web", ("tables", "objects"), self._web),
        ]

    def _postgres(self) -> str:
        if given := self.platform.external.database:
            return self._show_given("postgres", "PostgreSQL", given.rpartition("@")[2])
        return self.supervisor.launch(self.platform.postgres.part())

    def _objects(self) -> str:
        if given := self.platform.external.object_store:
            external_store.reach(self.platform.environment())
            return self._show_given("objects", "Object store", given)
        store = self.platform.object_store
        told = self.supervisor.launch(store.part())
        store.make_bucket()
        return told

    def _mail(self) -> str:
        if given := self.platform.external.mail:
            return self._show_given("mail", "Mail server", given)
        port, log = self.platform.home.port("mail"), self.platform.home.log("mail")
        told = self.platform.environment()
        return self.supervisor.launch(mail_catcher.part(port, log, told))

    def _databases(self) -> str:
        platform = self.platform
        server = platform.external.database or platform.postgres.url()
        if platform.external.database is None:
            databases.make_database(server, DATABASE)
        databases.reach(platform.keyline_url)
        if platform.external.prefect is None:
            name, secret = platform.prefect_database, platform.home.secret("prefect-database")
            databases.make_database(server, name)
            databases.make_prefect_role(server, name, secret)
        return ""

    def _tables(self) -> str:
        home, url = self.platform.home, self.platform.keyline_url
        secrets, app = self.platform.release_secrets(), self.platform.settings()
        now = fingerprint(MIGRATIONS, *secrets.values(), self.platform.context_key)
        done = is_cached(home, "tables", f"{now} {databases.newest_migration(url)}")
        # What somebody else changed on the server is put right, not taken for done.
        if not (done and databases.lets_in(app["KEYLINE_DATABASE_URL"])):
            environment = self.platform.environment() | secrets
            usual = [*PYTHON, "deployments.release", "migrate"]
            command, told = started_as(["release", "migrate"], usual, environment)
            self.supervisor.run("tables", command, told)
            remember(home, "tables", f"{now} {databases.newest_migration(url)}")
        return "Tables are up to date"

    def _prefect(self) -> str:
        if given := self.platform.external.prefect:
            return self._show_given("prefect", "Prefect server", given)
        return self.supervisor.launch(self.platform.prefect.part())

    def _registration(self) -> str:
        told = self.platform.environment()
        auth = told.get("PREFECT_API_AUTH_STRING", "")
        deployment_registry.register(PrefectClient(told["PREFECT_API_URL"], auth))
        return "The flow, its pool and its queues are registered"

    def _worker(self) -> str:
        log, told = self.platform.home.log("worker"), self.platform.environment()
        told |= {"KEYLINE_DATABASE_URL": self.platform.login_url(WORKER)}
        told |= {"KEYLINE_METRICS_PORT": str(self.platform.home.port(WORKER_METRICS))}
        return self.supervisor.launch(LocalWorker(log, told, self.worker).part())

    def _web(self) -> str:
        port, log = self.platform.home.port("web"), self.platform.home.log("web")
        told = self.platform.environment()
        told |= self.platform.signing_in()
        told |= {"KEYLINE_METRICS_PORT": str(self.platform.home.port(WEB_METRICS))}
        return self.supervisor.launch(web.part(port, log, told, self.web))

    def _demonstration(self) -> str:
        if not self.platform.is_demonstration:
            return ""
        home, url = self.platform.home, self.platform.keyline_url
        now = fingerprint(CHECKOUT / "deployments" / "demo", url)
        if not (is_cached(home, "demonstration", now) and databases.has_partnerships(url)):
            command = [*PYTHON, "deployments", "demo"]
            told = self.platform.environment() | self.platform.provisioning()
            self.supervisor.run("demonstration", command, told)
            remember(home, "demonstration", now)
        return "The demonstration data is in place"

    def _show_given(self, name: str, title: str, address: str) -> str:
        return show_given(self.platform.home, name, title, address)
