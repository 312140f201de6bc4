"""What the journey's checks see: how a clock was met, what followed, and where a secret stands."""

import subprocess
from datetime import date
from email.message import EmailMessage
from io import StringIO
from uuid import uuid4

import pytest
from rich.console import Console

from deployments.local.home import Home
from deployments.local.part import PartStatus
from deployments.local.processes import Recorded
from services.domain.workflow import Step
from tests.acceptance import leak_checks, table
from tests.acceptance.chaos import Chaos, Strike
from tests.acceptance.database import ClockRow, DocumentRow, EmailRow
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.report import CaseSnapshot, Effects, Line

SECRETS = ["Wrenna Thistleby", "2019-03-17"]
DUE = date(2026, 1, 5)


def clock(met_on=None, *, opens=None, target=None, due=DUE):
    return ClockRow(uuid4(), "K7", "", opens, due, target, met_on, None)


@pytest.mark.parametrize(
    ("met_on", "how"),
    [
        (None, "runs"),
        (date(2026, 1, 2), "early"),
        (DUE, "on the day"),
        (date(2026, 1, 6), "late"),
        (date(2025, 12, 22), "too early"),
    ],
)
def test_a_clock_says_how_it_was_met(met_on, how):
    assert clock(met_on, opens=date(2025, 12, 23)).how_met == how


def test_a_clock_says_its_dates_as_the_branches_write_them():
    assert clock(opens=date(2025, 12, 23)).dates == "Tue 23 Dec 2025 to Mon 5 Jan 2026"
    assert clock(target=date(2026, 1, 2)).dates == "Mon 5 Jan 2026, target Fri 2 Jan 2026"
    assert clock(target=DUE).dates == "Mon 5 Jan 2026"


def test_what_followed_is_what_is_new_moved_or_met():
    old, moved, met = clock(), clock(), clock()
    later = ClockRow(moved.id, "K7", "", None, date(2026, 1, 9), None, None, None)
    done = ClockRow(met.id, "K7", "", None, DUE, None, date(2026, 1, 2), None)
    before = CaseSnapshot({one.id: one for one in (old, moved, met)})
    after = CaseSnapshot({one.id: one for one in (old, later, done)})
    followed = Effects.between(before, after)
    assert (followed.started, followed.met) == ([later], [done])
    assert followed.clock_lines() == [
        "K7 due Fri 9 Jan 2026",
        "K7 due Mon 5 Jan 2026: early (Fri 2 Jan 2026)",
    ]


def test_the_table_shows_each_act_with_its_artefacts_and_emails():
    paper = DocumentRow(uuid4(), "meeting_pack", "pdf", 1, "ab" * 32, "kept")
    email = EmailRow(uuid4(), "pack_shared", "agencies", "<1@k>", "sent", "")
    line = Line(
        when="Tue 23 Dec 2025",
        step=Step.SCOPE,
        who="manager",
        what="Accept the meeting pack",
        documents=[paper],
        emails=[email, email],
    )
    terminal = Console(width=table.WIDE, file=StringIO())
    terminal.print(table.act_table("A journey", [line]))
    shown = terminal.file.getvalue()
    assert "meeting pack" in shown
    assert "x2" in shown
    assert line.as_json()["documents"] == [
        {"kind": "meeting_pack", "form": "pdf", "version": 1, "sha256": "ab" * 32}
    ]


def test_a_secret_is_found_in_a_log_whatever_its_case(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "web.log").write_bytes(b"\xff carried WRENNA thistleby")
    (tmp_path / "worker.log").write_text("carried case 7")
    assert list(leak_checks.in_files(tmp_path, SECRETS)) == [("web.log", "Wrenna Thistleby")]


def test_a_secret_is_found_in_an_email_however_it_is_encoded():
    email = EmailMessage()
    email["Subject"] = "About Wrenna Thistleby"
    email.set_content("Born on 2019-03-17. Grüße", cte="base64")
    assert leak_checks.in_email(email.as_bytes(), SECRETS) == SECRETS
    clean = EmailMessage()
    clean.set_content("Case NMR-2025-001 waits for you.")
    assert leak_checks.in_email(clean.as_bytes(), SECRETS) == []


def test_a_secret_is_found_in_any_table_of_a_database(platform_postgres):
    with leak_checks.psycopg.connect(platform_postgres.admin_url) as link:
        link.execute("create table told (at jsonb)")
        link.execute("""insert into told values ('{"name": "Wrenna Thistleby"}'), ('{}')""")
        link.commit()
        found = list(leak_checks.in_database(platform_postgres.admin_url, SECRETS))
        link.execute("drop table told")
    assert found == [("public.told", "Wrenna Thistleby")]


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").made()


def a_part(home, name):
    process = subprocess.Popen(["/bin/sleep", "600"], start_new_session=True)
    recorded = Recorded.of(process.pid)
    PartStatus(name, name, "running", "", "", recorded.pid, recorded.started).save(home)
    return process


def test_a_strike_kills_each_process_of_the_part_once_and_waits_for_the_next_ones(home):
    said = []
    chaos = Chaos(home, said.append, [Strike("worker", "request_returns")])
    first = [a_part(home, name) for name in ("worker-1", "worker-2")]
    chaos.before_act("request_returns")
    assert [process.poll() for process in first] == [None, None]
    chaos.after_act("request_returns")
    assert [process.wait(timeout=30) for process in first] == [-9, -9]
    chaos.after_act("request_returns")
    second = [a_part(home, name) for name in ("worker-1", "worker-2")]
    assert chaos.is_over() == []
    assert len(said) == 2
    for process in second:
        process.kill()
        process.wait()


def test_nothing_that_the_platform_did_not_start_is_struck(home):
    chaos = Chaos(home, print, [Strike("postgres", "propose_plan")])
    with pytest.raises(JourneyStopped, match="not one that this platform started"):
        chaos.after_act("propose_plan")


def test_a_strike_that_never_came_is_told(home):
    assert Chaos(home, print, [Strike("prefect", "propose_plan")]).is_over() == [
        "prefect at propose_plan"
    ]
