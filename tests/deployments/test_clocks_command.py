"""`./keyline clocks` as a person and a machine use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import deployments
from deployments.cli import main

HERE = Path(deployments.__file__).parent
KEYS = {"clock", "opens", "due", "unit", "force", "rule", "counted", "skipped"}


@pytest.fixture
def keyline(capsys):
    def say(*words):
        with pytest.raises(SystemExit) as left:
            main(["clocks", *words])
        told = capsys.readouterr()
        return left.value.code, told.out, told.err

    return say


@pytest.fixture
def counted(keyline):
    def count(*words):
        code, out, err = keyline(*words, "--json")
        assert (code, err) == (0, "")
        return {line["clock"]: line for line in json.loads(out)}

    return count


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (
            (
                "--aware 2025-12-11 --referral 2025-12-12 --notified 2025-12-15 "
                "--received 2025-12-15 --meeting 2025-12-30 --decision 2026-01-05 "
                "--publication 2026-07-03"
            ),
            (
                "K1 2025-12-18 K4 2025-12-16 K5 2025-12-16 K6 2025-12-22 K7 2026-01-05 "
                "K8 2026-01-02 K9 2026-01-07 K10 2026-01-08 K11 2026-07-05 "
                "K12 2026-06-24 K13 2027-07-03"
            ),
        ),
        (
            (
                "--aware 2026-04-02T22:40 --referral 2026-04-03 --notified 2026-04-10 "
                "--meeting 2026-04-23"
            ),
            "K1 2026-04-13 K5 2026-04-08 K7 2026-04-23 K8 2026-04-27 K10 2026-05-01",
        ),
        ("--aware 2026-05-01", "K3 2026-05-11"),
        ("--aware 2026-05-14", "K1 2026-05-21"),
        (
            (
                "--aware 2026-05-20 --referral 2026-05-21 --notified 2026-05-22 "
                "--received 2026-05-22 --meeting 2026-06-08"
            ),
            "K1 2026-05-28 K5 2026-05-26 K6 2026-06-01 K7 2026-06-10 K10 2026-06-15",
        ),
        (
            "--aware 2026-08-26 --referral 2026-08-27 --notified 2026-08-28 --meeting 2026-09-10",
            "K1 2026-09-03 K7 2026-09-16 K8 2026-09-14 K10 2026-09-21",
        ),
        (
            "--decision 2027-03-31 --publication 2028-04-20",
            "K11 2027-09-30 K12 2028-04-07 K13 2029-04-20",
        ),
        ("--aware 2026-09-14", "K1 2026-09-21"),
        ("--aware 2026-11-09 --notified 2026-11-13", "K1 2026-11-16 K10 2026-12-04"),
        ("--notified 2026-06-30T23:30Z", "K4 2026-07-02"),
        ("--notified 2026-07-01T00:30+01:00", "K4 2026-07-02"),
        ("--notified 2026-06-30T22:59Z", "K4 2026-07-01"),
        ("--referral 2026-06-04 --notified 2026-06-01", "K7 2026-06-18"),
        ("--action 2026-07-05 --closure 2026-07-06", "K14 2026-07-05 K15 2061-07-06"),
    ],
)
def test_each_scenario_is_counted_as_by_hand(counted, words, due):
    told = due.split()
    by_hand = dict(zip(told[::2], told[1::2], strict=True))
    found = counted(*words.split())
    assert {clock: found[clock]["due"] for clock in by_hand} == by_hand


def test_a_line_for_machines_has_exactly_its_keys_in_their_forms(counted):
    found = counted("--aware", "2026-04-02T22:40", "--referral", "2026-04-03")
    assert all(set(line) == KEYS for line in found.values())
    assert found["K7"]["opens"] == "2026-04-15"
    assert found["K1"] == {
        "clock": "K1",
        "opens": None,
        "due": "2026-04-13",
        "unit": "working days",
        "force": "SG",
        "rule": "NOT-03",
        "counted": ["2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10", "2026-04-13"],
        "skipped": [
            {"day": "2026-04-03", "why": "bank holiday: Good Friday"},
            {"day": "2026-04-04", "why": "Saturday"},
            {"day": "2026-04-05", "why": "Sunday"},
            {"day": "2026-04-06", "why": "bank holiday: Easter Monday"},
            {"day": "2026-04-11", "why": "Saturday"},
            {"day": "2026-04-12", "why": "Sunday"},
        ],
    }


def test_a_person_reads_a_table_and_how_each_day_was_counted(keyline):
    code, out, _ = keyline("--notified", "2025-12-15")
    assert code == 0
    assert "K10 Thu 8 Jan 2026 SG/P Submit the rapid review" in " ".join(out.split())
    assert "15=Thu 8 Jan 2026" in out
    assert "Thu 1 Jan 2026 (bank holiday: New Year's Day)" in out
    assert "Rule RR-34 (SG/P), version WT2023" in out


@pytest.mark.parametrize("policy", ["northmoor", "saltmarsh", "three-rivers"])
def test_the_example_policies_tighten_and_never_loosen(counted, policy):
    words = ["--aware", "2026-04-02", "--notified", "2026-04-10", "--publication", "2026-12-01"]
    national = counted(*words)
    local = counted(*words, "--policy", str(HERE / "demo" / "policies" / f"{policy}.json"))
    assert all(local[clock]["due"] <= national[clock]["due"] for clock in national)
    assert any(local[clock]["due"] < national[clock]["due"] for clock in national)


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ([], "at least one day"),
        (["--aware", "2026-02-30"], "not a date that exists"),
        (["--aware", "2026-04-02T24:01"], "not a date that exists"),
        (["--aware", "2026-04-02T10:00+25:00"], "not a date that exists"),
        (["--aware", "2026-03-29T01:30"], "never happened in England"),
        (["--aware", "0001-01-01T00:00+14:00"], "not a date that exists"),
        (["--aware", "9999-12-31"], "outside the bank holidays"),
        (["--aware", "20260402"], "write YYYY-MM-DD"),
        (["--aware", "2026-W14-4"], "write YYYY-MM-DD"),
        (["--aware", "02/04/2026"], "write YYYY-MM-DD"),
        (["--aware", "2026-04-02\n"], "write YYYY-MM-DD"),
        (["--aware", "\u0662\u0660\u0662\u0666-04-02"], "write YYYY-MM-DD"),
        (["--aware", ""], "write YYYY-MM-DD"),
        (["--referral", "2026-04-02", "--meeting", "2026-04-01"], "cannot be before"),
        (["--aware", "2026-04-02", "--notified", "2026-04-01"], "cannot be before"),
        (["--aware", "2026-04-02T12:00", "--notified", "2026-04-02T11:59"], "cannot be before"),
        (["--referral", "2026-04-02T12:00", "--meeting", "2026-04-02T09:00"], "cannot be before"),
        (["--notified", "2026-04-02", "--decision", "2026-04-01"], "cannot be before"),
        (["--decision", "2026-04-02", "--publication", "2026-04-01"], "cannot be before"),
        (["--aware", "2026-04-02", "--policy", "nowhere.json"], "cannot be read"),
        (["--aware", "2026-04-02", "--policy", "."], "cannot be read"),
        (["--tomorrow", "2026-04-02"], "No such option"),
    ],
)
def test_what_cannot_be_is_refused_in_one_plain_sentence(keyline, words, because):
    code, out, err = keyline(*words)
    assert (code, out) == (2, "")
    assert because in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b'{"lengths": {"K10": 20}}', "fixed nationally: at most 15 working days (RR-34"),
        (b'{"lengths": {"K12": 5}}', "fixed nationally: at least 7 working days (PUB-26"),
        (b'{"window_closes": 20}', "at most 13 working days after referral"),
        (b'{"colour": "red"}', "has no 'colour'"),
        (b'{"lengths": {"K10": "14"}}', "must be a whole number"),
        (b'{"clear_days": true, "clear_days": false}', "not readable JSON"),
        (b"[1, 2]", "one policy"),
        (b"{", "not readable JSON"),
        (b"\xff\xfe", "not readable JSON"),
        (b"[" * 99_999, "not readable JSON"),
        (b" " * 200_000 + b"{}", "not readable JSON"),
        (b"", "not readable JSON"),
    ],
)
def test_a_policy_that_loosens_or_cannot_be_read_is_refused(keyline, tmp_path, content, because):
    path = tmp_path / "policy.json"
    path.write_bytes(content)
    code, out, err = keyline("--aware", "2026-04-02", "--policy", str(path))
    assert (code, out) == (2, "")
    assert because in err
    assert err.count("\n") == 1


@pytest.mark.slow
def test_the_command_starts_without_the_platform():
    program = (
        "import sys\n"
        "from deployments.cli import main\n"
        "try:\n"
        "    main(['clocks', '--aware', '2026-04-02', '--json'])\n"
        "finally:\n"
        "    print(sorted({'prefect', 'boto3', 'sqlmodel', 'fastapi'} & set(sys.modules)),"
        " file=sys.stderr)\n"
    )
    ran = subprocess.run(  # noqa: S603 - our own program, in our own Python
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr.strip()) == (0, "[]")
    assert json.loads(ran.stdout)[0]["due"] == "2026-04-13"
