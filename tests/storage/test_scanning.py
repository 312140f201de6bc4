"""The virus scanner: what a real daemon says of a file, and that no answer is never 'clean'."""

import io
import os
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from deployments.checks.programs import CLAMD, program
from deployments.local.home import any_free_port
from services.storage.clamd import ClamdScanner
from services.storage.scanning import NO_SCANNER, Scan, Verdict

# In two pieces, so that no scanner takes this file for what it tests with.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 2_000_000


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClamdScanner]:
    """A real daemon of our own, with a signature of the test file alone."""
    daemon_program = program(CLAMD)
    if daemon_program is None:
        pytest.skip("not run: there is no clamd on this machine")
    folder = tmp_path_factory.mktemp("clamd")
    port = any_free_port()
    settings = configured(folder, port)
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(  # noqa: S603 - found above
            [daemon_program, "-c", settings], stdout=log, stderr=log
        ) as daemon,
    ):
        scanner = ClamdScanner(f"127.0.0.1:{port}", patience=20)
        until = time.monotonic() + 60
        while not scanner.answers():
            assert daemon.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, "it does not start"
            time.sleep(0.05)
        yield scanner
        daemon.terminate()


def configured(folder: Path, port: int) -> Path:
    database = folder / "signatures"
    database.mkdir()
    sign = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!".hex()
    (database / "test.ndb").write_text(f"Keyline.Test:0:*:{sign}\n")
    lines = [
        f"TCPSocket {port}",
        "TCPAddr 127.0.0.1",
        f"DatabaseDirectory {database}",
        f"TemporaryDirectory {folder}",
        "Foreground yes",
        f"StreamMaxLength {LIMIT}",
        "AlertExceedsMax yes",
        "AlertEncrypted yes",
        *(["User root"] if os.getuid() == 0 else []),
    ]
    settings = folder / "clamd.conf"
    settings.write_text("\n".join(lines) + "\n")
    return settings


def zipped(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", content)
    return written.getvalue()


def test_a_harmful_file_is_found_by_itself_and_in_another_one(clamd: ClamdScanner):
    for content in (EICAR, zipped(EICAR), zipped(zipped(EICAR))):
        assert clamd.scan(content).verdict is Verdict.FOUND
    assert "Keyline.Test" in clamd.scan(EICAR).name


def test_a_harmless_file_is_clean(clamd: ClamdScanner):
    for content in (b"", b"Hello", zipped(b"Hello"), os.urandom(500_000)):
        assert clamd.scan(content) == Scan(Verdict.CLEAN)


def test_a_file_over_the_daemons_limit_is_not_called_clean(clamd: ClamdScanner):
    assert clamd.scan(bytes(3 * LIMIT)).verdict in {Verdict.TOO_LARGE, Verdict.UNKNOWN}


def answering(answer: bytes) -> Scan:
    """Let a daemon of one connection answer this, and return what is made of it."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            link, _ = server.accept()
            with link:
                link.recv(100_000)
                link.sendall(answer)

        daemon = Thread(target=speak, daemon=True)
        daemon.start()
        scan = ClamdScanner(f"127.0.0.1:{server.getsockname()[1]}", patience=3).scan(b"x")
        daemon.join(timeout=5)
        return scan


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: Win.Test FOUND\0", Verdict.FOUND),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.TOO_LARGE),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", Verdict.TOO_LARGE),
        (b"stream: Can't allocate memory ERROR\0", Verdict.UNKNOWN),
        (b"", Verdict.UNKNOWN),
        (b"stream: OK and more\0", Verdict.UNKNOWN),
        (b"\xff\xff\0", Verdict.UNKNOWN),
    ],
)
def test_only_the_one_good_answer_is_clean(answer: bytes, verdict: Verdict):
    assert answering(answer).verdict is verdict


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/no/such/socket", "nonsense", ""])
def test_a_daemon_that_is_away_gives_no_verdict(address: str):
    away = ClamdScanner(address, patience=1)
    assert away.scan(b"x") == Scan(Verdict.UNKNOWN)
    assert not away.answers()


def test_a_daemon_that_says_nothing_gives_no_verdict_in_time():
    with socket.create_server(("127.0.0.1", 0)) as server:
        silent = ClamdScanner(f"127.0.0.1:{server.getsockname()[1]}", patience=0.3)
        began = time.monotonic()
        assert silent.scan(b"x" * 1_000_000).verdict is Verdict.UNKNOWN
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("verdict", "usually", "where_demanded"),
    [
        (Verdict.CLEAN, True, True),
        (Verdict.NOT_SCANNED, True, False),
        (Verdict.FOUND, False, False),
        (Verdict.TOO_LARGE, False, False),
        (Verdict.UNKNOWN, False, False),
    ],
)
def test_what_may_be_read_after_each_verdict(verdict: Verdict, usually: bool, where_demanded: bool):  # noqa: FBT001
    scan = Scan(verdict)
    assert scan.lets_read(is_demanded=False) is usually
    assert scan.lets_read(is_demanded=True) is where_demanded
    assert NO_SCANNER.scan(b"x") == Scan(Verdict.NOT_SCANNED)
