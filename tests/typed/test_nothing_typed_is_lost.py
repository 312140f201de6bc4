"""Nothing that is typed is lost, in whichever form and in whichever way it could be.

The short form does one twelfth of the forms. `./keyline check typed` does all, part by part.
"""

import sys

import pytest

from deployments.checks import named, turns
from deployments.checks.figures import tell
from tests.bad_input import (
    carried,
    directory,
    information_requests,
    learning,
    others,
    people,
    policies,
    retention,
    together,
)
from tests.bad_input.judging import Tally
from tests.bad_input.stage import Stage, a_stage
from tests.driven import Driven
from tests.servers import PlatformPostgres
from tests.typed.trying import Typed, tries
from tests.world import at


def try_every_form(stage: Stage) -> None:
    """Come to every form that keeps what is typed."""
    platform = people.platform_administrator(stage)
    carried.open_cases(stage)
    for try_all in (
        others.alerts,
        others.practice_clock,
        others.pause,
        others.bank_holidays,
        others.policy_adoption,
        directory.directory,
        retention.retention,
        policies.by_two_people,
    ):
        try_all(stage)
    people.people(stage, platform)
    information_requests.information_requests(stage)
    learning.learning(stage)
    stage.now = at("2025-12-12 11:00")
    carried.try_once(stage, others.form_of_a_file(stage, Driven(stage.world)))
    carried.along_every_road(stage)
    together.along_a_joint_review(stage)


@pytest.mark.slow
@pytest.mark.whole
def test_nothing_typed_is_lost(platform_postgres: PlatformPostgres, request, capsys):
    turn, whole = request.config.getoption(turns.OPTION) or 1, request.config.getoption("--whole")
    parts = named.QUARTERS if whole else turns.TURNS
    typed = Typed(part=turn, parts=parts)
    with a_stage(platform_postgres, Tally(), whole=False) as stage:
        stage.tries = tries(typed)
        try_every_form(stage)
    with capsys.disabled():
        sys.stdout.write("\n".join(("", *typed.wrong, "")))
        tell(f"typed: {len(typed.tried)} of {len(typed.seen)} forms; {typed.counts.total()} tries")
    assert typed.wrong == []
