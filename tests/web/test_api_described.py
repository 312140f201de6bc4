"""The API answers as it describes itself, whatever it is sent: in short, and at length."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from deployments.checks import figures
from deployments.checks.named import API_PARTS
from tests.driven import Driven
from tests.web.api_tried import Tally, Trial
from tests.web.clients import a_client
from tests.world import at

FEW, MANY = 1, 20


@pytest.fixture(scope="module")
def stage(app_engine: Engine, admin_engine: Engine) -> Iterator[Trial]:
    with a_client(app_engine, admin_engine) as client:
        case = Driven(client.world)
        client.now = at("2025-12-12 12:00")
        yield Trial(client, case.case_id)


@pytest.fixture
def trial(stage: Trial) -> Trial:
    stage.tally = Tally()
    return stage


@pytest.mark.slow
def test_every_operation_answers_as_it_is_described(trial: Trial, record_property):
    operations = trial.operations()
    for operation in operations:
        trial.try_operation(operation, FEW)
    record_property("api", trial.tally.said(len(operations)))
    assert "\n".join(trial.tally.wrong) == ""
    assert len(trial.tally.tried) == len(operations) > 150


@pytest.mark.whole
@pytest.mark.parametrize("part", range(API_PARTS))
def test_every_operation_at_length(trial: Trial, part: int):
    mine = trial.operations()[part::API_PARTS]
    for operation in mine:
        trial.try_operation(operation, MANY)
    figures.tell(f"part {part + 1} of {API_PARTS}: {trial.tally.said(len(mine))}")
    assert "\n".join(trial.tally.wrong) == ""
    assert len(trial.tally.tried) == len(mine)
