"""The published procedures of six partnerships, every date counted by hand (rules.md 5A)."""

import json

import pytest

from deployments.cli import main
from services.domain.clocks.examples import EXAMPLES
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.errors import OutsidePolicy

# Working days after Mon 15 Dec 2025, which is day 0; 25 and 26 Dec and 1 Jan are bank holidays:
# 16=1 17=2 18=3 19=4 22=5 23=6 24=7 29=8 30=9 31=10, 2 Jan=11 5=12 6=13 7=14 8=15.
# Working days after Fri 12 Dec 2025:
# 15=1 16=2 17=3 18=4 19=5 22=6 23=7 24=8 29=9 30=10 31=11, 2 Jan=12 5=13.
# Working days after Tue 16 Dec 2025:
# 17=1 18=2 19=3 22=4 23=5 24=6 29=7 30=8 31=9, 2 Jan=10 5=11.
BY_HAND = [
    (
        "northumberland",
        (
            "--aware 2025-12-11 --referral 2025-12-12 --notified 2025-12-15 --received 2025-12-15 "
            "--meeting 2025-12-30"
        ),
        # Meeting on Tue 30 Dec: 31=1, 2 Jan=2, 5=3, 6=4, 7=5.
        (
            "K1 2025-12-18 K5 2025-12-16 K6 2025-12-22 K7 2025-12-23/2026-01-05 K8 2026-01-02 "
            "K9 2026-01-07 K10 2026-01-08"
        ),
    ),
    (
        "devon",
        (
            "--incident 2025-12-10 --aware 2025-12-11 --notified 2025-12-15 --referral 2025-12-16 "
            "--received 2025-12-16 --meeting 2026-01-05"
        ),
        # From the incident on Wed 10 Dec: 11=1 12=2 15=3 16=4 17=5. Meeting Mon 5 Jan: 6 7 8.
        (
            "K1 2025-12-17 K2 2025-12-18 K5 2025-12-16 K6 2025-12-31 K7 2025-12-31/2026-01-05 "
            "K8 2026-01-08 K10 2026-01-08 copy 2025-12-16 progress_meeting 2025-12-17/2025-12-31 "
            "partners_sign 2026-01-05/2026-01-08 executive_huddle 2026-01-07/2026-01-07"
        ),
    ),
    (
        "devon",
        # The authority knew ten days after the incident: five days from that are past already.
        "--incident 2025-12-01 --aware 2025-12-11",
        "K1 2025-12-18 K3 2025-12-18",
    ),
    (
        "kent",
        "--notified 2025-12-15 --submitted 2026-01-08",
        # After Thu 8 Jan 2026: 9=1 12=2 13=3 14=4 15=5 16=6 19=7 20=8 21=9 22=10.
        "K10 2026-01-08 panel_answer 2026-01-22",
    ),
    (
        "south-tyneside",
        # Thu 2 Apr 2026; Good Friday is the 3rd, Easter Monday the 6th: 7=1 8=2.
        "--referral 2026-04-02",
        "K5 2026-04-08 partners_meet 2026-04-07",
    ),
    (
        "north-yorkshire",
        # Aware Wed 20 May 2026: 21=1 22=2 26=3 27=4 28=5; the 25th is a bank holiday.
        # Notified Fri 22 May: 26=1 27=2 28=3 29=4, June 1=5 2=6 3=7 4=8 5=9 8=10 9=11 ... 15=15.
        "--aware 2026-05-20 --notified 2026-05-22",
        "K1 2026-05-28 K3b 2026-05-28 K10 2026-06-15 tell_scrutineer 2026-05-26",
    ),
    (
        "derby-and-derbyshire",
        # Back from Thu 20 Apr 2028: 19=1 18=2 13=3 12=4 11=5 10=6 7=7; Easter is 14 to 17 April.
        "--decision 2027-03-31 --publication 2028-04-20",
        "K11 2027-09-30 K12 2028-04-07 K13 2029-04-20",
    ),
]


@pytest.mark.parametrize(("name", "days", "expected"), BY_HAND)
def test_the_command_prints_the_dates_that_were_counted_by_hand(name, days, expected, capsys):
    """5A, NOT-03, RR-34, RR-39, RR-40, RR-44: `./keyline clocks --policy NAME`."""
    with pytest.raises(SystemExit):
        main(["clocks", "--policy", name, *days.split(), "--json"])
    told = expected.split()
    found = {
        line["clock"].removeprefix("extra "): (
            f"{line['opens']}/{line['due']}" if line["opens"] else line["due"]
        )
        for line in json.loads(capsys.readouterr().out)
    }
    by_hand = dict(zip(told[::2], told[1::2], strict=True))
    assert {clock: found[clock] for clock in by_hand} == by_hand


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_is_a_policy_that_may_be_taken_and_says_what_it_cannot(name):
    example = EXAMPLES[name]
    assert policy_from_json(policy_to_json(example.policy)) == example.policy
    assert example.source.endswith(".")
    assert example.said
    assert all(one.what.endswith(".") and one.why.endswith(".") for one in example.unsaid)
    assert example.unsaid


def test_a_day_of_the_older_devon_chart_cannot_be_said_at_all():
    """RR-34: a summary on working day 16 would come after the fifteen working days."""
    with pytest.raises(OutsidePolicy, match="at most 15"):
        policy_from_json({"lengths": {"K10": 16}})
    assert any("working day 16" in one.what for one in EXAMPLES["devon"].unsaid)
