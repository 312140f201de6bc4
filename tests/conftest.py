"""The real parts that tests speak to: each started once a run, in a folder of its own."""

import gc
import os
import pickle
from collections.abc import Iterator
from contextlib import ExitStack
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import NodeManager

from deployments.checks import figures, turns
from deployments.local.home import any_free_port
from deployments.local.object_store import EmbeddedObjectStore
from tests import servers
from tests.ready_cases import carried_once, case_at, ready_by, ready_cases
from tests.servers import PlatformPostgres
from tests.world import admin_engine, app_database, app_engine, world

__all__ = [
    "admin_engine",
    "app_database",
    "app_engine",
    "carried_once",
    "case_at",
    "ready_by",
    "ready_cases",
    "world",
]

OUTCOMES = ("passed", "failed", "error", "skipped")
SERVERS = pytest.StashKey[bytes]()
# To import and to collect makes little garbage and much that stays: it is not looked through.
gc.set_threshold(100_000, 50, 1_000)
FIRST = {"workerid": "gw0"}  # which of several processes says what all of them know
WITHOUT_SERVERS = "not server"
# Who is lent a case alone, a joint review, or founds two partnerships costs a second of processor
# or ten.
A_WORLD_ALONE = {"ready_cases", "world"}
# In this room one world serves the tests of a file, which may build on each other.
WITH_ONE_WORLD = "tests/web/"
# Its tests share one Prefect server, and wait long: one process begins with them.
WITH_PREFECT = "tests/orchestration/"
# These share one case at each stage, which takes a while to make.
WITH_CASES = (
    *(f"tests/casework/test_{one}.py" for one in ("every_act", "matrix", "matrix_joint")),
    "tests/casework/test_refusals.py",
    "tests/web/test_nothing_hidden.py",
)
# These share joint reviews that stand ready at several points of their road.
WITH_JOINT_REVIEWS = "tests/casework/test_joint_"
WITH_TERRAFORM = "tests/terraform/"  # one plan of everything for all of them
TOGETHER: tuple[tuple[str, ...], ...] = (
    (WITH_PREFECT,),
    WITH_CASES,
    (WITH_JOINT_REVIEWS,),
    (WITH_TERRAFORM,),
)
# What takes longest comes first: at the end no process is left alone with a long file.
LONG_FIRST = (
    WITH_PREFECT,
    WITH_JOINT_REVIEWS,
    *WITH_CASES,
    WITH_TERRAFORM,
    *(f"tests/{room}/" for room in ("bad_input", "canary", "web", "casework", "documents")),
    *(f"tests/{room}/" for room in ("database", "storage", "domain", "deployments", "acceptance")),
)


class FileByFile(LoadFileScheduling):
    """Gives a process whole files, and those that share what is dear together to one process."""

    def _split_scope(self, nodeid: str) -> str:
        for begins in TOGETHER:
            if nodeid.startswith(begins):
                return begins[0]
        return super()._split_scope(nodeid)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `./keyline check` ask for the whole form of what the suite does in a short form."""
    parser.addoption("--whole", action="store_true", help="Every row of a corpus, every mutation.")
    parser.addoption(turns.OPTION, type=int, help="Of the tests in turns only those of this one.")


def pytest_xdist_make_scheduler(config: pytest.Config, log) -> FileByFile:
    """Hand out the files in their order, whatever number of tests each holds."""
    config.option.loadscopereorder = False
    return FileByFile(config, log)


def pytest_configure_node(node) -> None:
    """Give a process of a run by several (`-n`) the servers that all of them share."""
    config = node.config
    if WITHOUT_SERVERS in config.option.markexpr:
        return
    if SERVERS not in config.stash:
        # A process that is told to stop ends the parts it has started, which takes a while.
        NodeManager.EXIT_TIMEOUT = 60
        running = ExitStack()
        folder = Path(running.enter_context(TemporaryDirectory(prefix="keyline-servers-")))
        config.add_cleanup(running.close)
        postgres = running.enter_context(servers.platform_postgres(folder / "postgres"))
        objects = running.enter_context(servers.object_store(folder / "objects"))
        config.stash[SERVERS] = pickle.dumps((postgres, objects))
    node.workerinput["servers"] = config.stash[SERVERS]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a server and what takes turns, begin with what takes long, leave out some."""
    for item in items:
        _mark(item)
    if not config.getoption("--whole"):
        _leave_out(config, items, [item for item in items if item.get_closest_marker("whole")])
    if turn := config.getoption(turns.OPTION):
        taking = [item for item in items if item.get_closest_marker("in_turns")]
        others = set(turns.of_others((item.nodeid for item in taking), turn))
        _leave_out(config, items, [item for item in taking if item.nodeid in others])
        if getattr(config, "workerinput", FIRST)["workerid"] == FIRST["workerid"]:
            figures.tell(turns.said(turn, len(others), len(taking)))
    items.sort(key=lambda item: _place(item.nodeid))


def _mark(item: pytest.Item) -> None:
    asked = set(getattr(item, "fixturenames", ()))
    if {"platform_postgres", "object_store"} & asked:
        item.add_marker("server")
    if item.nodeid.startswith(WITH_ONE_WORLD):
        asked.discard("world")
    if A_WORLD_ALONE & asked and not item.get_closest_marker("each_time"):
        item.add_marker("in_turns")
    if turns.is_row(item.nodeid) and item.get_closest_marker("in_turns"):
        item.add_marker("rows")


def _leave_out(config: pytest.Config, items: list[pytest.Item], left: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=left)
    names = {item.nodeid for item in left}
    items[:] = [item for item in items if item.nodeid not in names]


def _place(nodeid: str) -> int:
    """Return the place of a file in the order of a run; what is not named there comes last."""
    named = (place for place, begins in enumerate(LONG_FIRST) if nodeid.startswith(begins))
    return next(named, len(LONG_FIRST))


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what was imported and collected: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell a check of which this run is a part how its tests ended."""
    if figures.FILE in os.environ:
        ended = ((word, len(terminalreporter.getreports(word))) for word in OUTCOMES)
        figures.tell("tests: " + ", ".join(f"{count} {word}" for word, count in ended))


@pytest.fixture(scope="session")
def is_whole(request: pytest.FixtureRequest) -> bool:
    """Tell whether the whole form of a check is asked for."""
    return bool(request.config.getoption("--whole"))


@pytest.fixture(scope="session")
def shared_servers(request: pytest.FixtureRequest):
    """Return the servers that the processes of this run share; none in a run by one process."""
    given = getattr(request.config, "workerinput", {}).get("servers")
    return pickle.loads(given) if given else None  # noqa: S301 -- from our own controller


@pytest.fixture(scope="session")
def platform_postgres(
    shared_servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PlatformPostgres]:
    """Return a PostgreSQL server; TEST_DATABASE_URL names another to be used instead."""
    if shared_servers:
        with servers.closing_at_end(shared_servers[0]) as server:
            yield server
        return
    with servers.platform_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(platform_postgres: PlatformPostgres) -> str:
    """Return the administrator's address of that server."""
    return platform_postgres.admin_url


@pytest.fixture(scope="session")
def object_store(
    shared_servers, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedObjectStore]:
    """Return an S3 store with a bucket that keeps versions: `.endpoint`, `.keys`, `.bucket`."""
    with ExitStack() as running:
        if shared_servers:
            store = shared_servers[1]
        else:
            folder = tmp_path_factory.mktemp("objects")
            store = running.enter_context(servers.object_store(folder))
        if store is None:
            pytest.skip("not run: there is no object store for this machine")
        yield servers.bucket_of(store, worker_id)


class SmtpCatcher:
    """A mail server that keeps what it is sent; some recipients it refuses or puts off."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.emails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.greetings: list[str | None] = []
        self.refused: set[str] = set()
        self.put_off: set[str] = set()
        self.port = 0

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        if address in self.put_off:
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server
        self.greetings.append(session.host_name)
        self.envelopes.append(envelope)
        email = BytesParser(EmailMessage, policy=default).parsebytes(envelope.content or b"")
        self.emails.append(email)
        return "250 OK"

    def forget(self) -> None:
        """Start a test with an empty letter box that takes everything."""
        for each in (self.emails, self.envelopes, self.greetings, self.refused, self.put_off):
            each.clear()


@pytest.fixture(scope="session")
def _running_smtp_catcher() -> Iterator[SmtpCatcher]:
    catcher = SmtpCatcher()
    controller = Controller(catcher, hostname=catcher.host, port=any_free_port())
    controller.start()
    catcher.port = controller.port
    yield catcher
    controller.stop()


@pytest.fixture
def smtp_catcher(_running_smtp_catcher: SmtpCatcher) -> SmtpCatcher:
    """A real mail server in this process: `.host`, `.port`, `.emails`, `.refused`, `.put_off`."""
    _running_smtp_catcher.forget()
    return _running_smtp_catcher
