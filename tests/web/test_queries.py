"""Every query of the alerts and of the dashboard asks for what the running code exposes."""

import json
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import text

from deployments import CHECKOUT
from deployments.local.home import any_free_port
from services.casework.operations.families import families_of_flow_engine
from services.casework.operations.flow_engine import FlowEngineMeasured
from services.casework.provisioning import partnership_id_of
from services.database import ticks
from services.observability import metrics
from services.observability.collector import MeasuredCollector
from services.observability.exposition import MetricsAddress, exposed
from services.web.background import beside_pages
from tests import queries
from tests.web.conftest import World, site_of

ROOM = CHECKOUT / "deployments" / "observability"
DASHBOARD = ROOM / "dashboard.json"
ALERTS = [path for path in (ROOM / "alerts").glob("*.yml") if not path.stem.endswith("_test")]
QUERIES = [one for path in (DASHBOARD, *sorted(ALERTS)) for one in queries.queries(path)]
PREFECT = FlowEngineMeasured(answers=True, is_known=True, has_deployment=True)
CHECKED = text(
    "insert into audit_checks select tenant_id, gen_random_uuid(), now(), 1, '' from partnerships"
)


@pytest.fixture(scope="module")
def names(world: World) -> queries.Exposed:
    """What a process exposes, as it is asked at its port, with every label that it declares."""
    ticks.claim(world.engine, "tick", 0.0)
    with world.admin.begin() as link:
        link.execute(CHECKED)
    site = replace(site_of(world, lambda: world.now), metrics=MetricsAddress(any_free_port()))
    with beside_pages(site):
        found = queries.exposed(_asked(site.metrics.port), metrics)
    codes = {partnership_id_of("NMR"): "NMR"}
    prefect = MeasuredCollector("record", lambda: families_of_flow_engine(PREFECT, codes))
    with exposed(MetricsAddress(any_free_port()), prefect) as port:
        return found | queries.exposed(_asked(port), metrics)


def _asked(port: int) -> str:
    return httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=20).text


@pytest.mark.parametrize("query", dict.fromkeys(QUERIES))
def test_a_query_asks_for_what_is_exposed(names: queries.Exposed, query: str):
    assert queries.wrong_in(query, names) == []


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("max(keyline_clocks_late", "does not parse"),
        ("max(keyline_clocks_missed)", "nothing exposes keyline_clocks_missed"),
        ('keyline_clocks_late{person="x"}', "keyline_clocks_late has no label person"),
        ("sum by (person) (keyline_clocks_late)", "keyline_clocks_late has no label person"),
        ("rate(keyline_http_requests[5m])", "nothing exposes keyline_http_requests"),
        (
            "histogram_quantile(0.95, sum by (le, step) (rate(keyline_email_seconds_bucket[5m])))",
            "keyline_email_seconds_bucket has no label step",
        ),
    ],
)
def test_a_query_that_asks_for_something_else_is_found(names: queries.Exposed, query, wrong):
    (found,) = queries.wrong_in(query, names)
    assert found.startswith(wrong)


def test_all_that_is_exposed_of_our_own_is_shown_or_warned_of(names: queries.Exposed):
    asked = " ".join(QUERIES)
    kinds = {name for name in names if not name.startswith(("keyline_process_", "up"))}
    unseen = {one for one in kinds if one not in asked and not one.endswith(("_sum", "_count"))}
    assert unseen == set()


def test_the_dashboard_is_one_that_grafana_takes():
    dashboard = json.loads(DASHBOARD.read_text())
    panels = dashboard["panels"]
    assert len({one["id"] for one in panels}) == len(panels) > 20
    assert all(one["title"] and one["datasource"]["uid"] == "${datasource}" for one in panels)
    assert dashboard["uid"]
    assert dashboard["schemaVersion"] >= 39
    assert all(one["gridPos"]["x"] + one["gridPos"]["w"] <= 24 for one in panels)
