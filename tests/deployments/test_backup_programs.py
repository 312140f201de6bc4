"""PostgreSQL's programs prove the server as we do, and quote no row when they fail."""

from pathlib import Path

import pytest

from deployments.backup.programs import started, told
from services.domain.errors import Unavailable

ROW = "Robin Hoodless"


def test_a_dump_proves_the_server_as_our_own_connections_do(monkeypatch):
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    monkeypatch.setenv("PGSSLROOTCERT", "/bundle.pem")
    monkeypatch.setenv("PGPASSWORD", "of the task")
    shown, environment = told("postgresql://backup@database/keyline")
    assert environment["PGSSLMODE"] == "verify-full"
    assert environment["PGSSLROOTCERT"] == "/bundle.pem"
    assert environment["PGPASSWORD"] == "of the task"
    shown, environment = told("postgresql://backup:said@database/keyline")
    assert environment["PGPASSWORD"] == "said"
    assert "said" not in shown


def test_a_program_that_fails_tells_its_error_and_no_row(tmp_path: Path):
    program = tmp_path / "pg_restore"
    context = f'CONTEXT:  COPY people, line 1: "{ROW}"'
    error = f'pg_restore: error: COPY failed for table "people": ERROR:  value "{ROW}" is too long'
    program.write_text(f"#!/bin/sh\necho '{error}' >&2\necho '{context}' >&2\nexit 1\n")
    program.chmod(0o700)
    with (
        pytest.raises(Unavailable) as failed,
        started([str(program)], {"PATH": "/bin:/usr/bin"}, reads=False),
    ):
        pass
    assert ROW not in str(failed.value)
    assert "COPY failed" in str(failed.value)
