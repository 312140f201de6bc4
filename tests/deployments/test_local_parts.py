"""The embedded parts, for real: what was acknowledged survives kill -9."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from deployments.local import temporary
from deployments.local.home import Home, any_free_port
from deployments.local.object_store import PORTS, EmbeddedObjectStore
from deployments.local.postgres import EmbeddedPostgres

pytestmark = pytest.mark.slow


@contextmanager
def killed_and_started_again(server: EmbeddedPostgres) -> Iterator[None]:
    server._postmaster().kill()
    started = server.start()
    while not server.is_ready():
        if started.poll() is not None:  # its old sessions were still leaving
            started = server.start()
    yield
    server.stop()
    started.wait()


@contextmanager
def killed_at_the_end(store: EmbeddedObjectStore) -> Iterator[None]:
    started = store.start()
    try:
        temporary.wait_until_ready(started, store.is_ready, store.log)
        yield
    finally:
        started.kill()
        started.wait()


def test_a_killed_postgres_keeps_every_committed_row_and_no_other(tmp_path: Path):
    with temporary.postgres(tmp_path) as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("create table kept (number int)")
            connection.execute("insert into kept select generate_series(1, 5000)")
        half_done = psycopg.connect(server.url())
        half_done.execute("insert into kept values (0)")
        with killed_and_started_again(server), psycopg.connect(server.url()) as connection:
            kept = connection.execute("select count(*), min(number) from kept").fetchone()
        half_done.close()
    assert kept == (5000, 1)


def test_the_test_server_is_postgres_18_with_what_prefect_needs(postgres_url: str):
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version // 10000 == 18
        assert connection.execute(
            "select count(*) from pg_available_extensions where name = 'pg_trgm'"
        ).fetchone() == (1,)


def test_the_object_store_keeps_every_version(object_store):
    client = object_store.client()
    for words in (b"first", b"second"):
        client.put_object(Bucket=object_store.bucket, Key="a/report", Body=words)
    versions = client.list_object_versions(Bucket=object_store.bucket, Prefix="a/report")[
        "Versions"
    ]
    assert len(versions) == 2
    got = client.get_object(Bucket=object_store.bucket, Key="a/report")
    assert got["Body"].read() == b"second"


def test_a_killed_object_store_keeps_what_it_acknowledged_even_on_other_ports(tmp_path: Path):
    store = temporary.object_store_in(tmp_path)
    with killed_at_the_end(store):
        store.make_bucket()
        client = store.client()
        for number in range(20):
            client.put_object(Bucket=store.bucket, Key=f"kept/{number}", Body=b"words")
    for taken in PORTS:
        Home(tmp_path).remember_port(taken, any_free_port())
    with temporary.object_store(tmp_path) as store:
        client = store.client()
        listed = client.list_objects_v2(Bucket=store.bucket)["Contents"]
        assert len(listed) == 20
        got = client.get_object(Bucket=store.bucket, Key="kept/7")
        assert got["Body"].read() == b"words"


def test_the_smtp_catcher_keeps_what_it_is_sent(smtp_catcher):
    email = EmailMessage()
    email["From"], email["To"], email["Subject"] = "a@example.org", "b@example.org", "A case"
    email.set_content("See the case.")
    with smtplib.SMTP(smtp_catcher.host, smtp_catcher.port) as server:
        server.send_message(email)
    assert [each["Subject"] for each in smtp_catcher.emails] == ["A case"]
