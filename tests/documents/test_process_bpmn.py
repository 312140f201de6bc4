"""The process as BPMN 2.0: it says what the product does, and a viewer of BPMN opens it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import sync_playwright

from services.documents.process_bpmn import NAMESPACES, process_bpmn
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.rules import RULES, ClockId
from services.domain.errors import Unavailable
from services.domain.labels import label
from services.domain.process import STEP_OF_CLOCK, process_of
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Step
from tests.looks.looker import CHROMIUM
from tests.npm_packages import installed

BPMN_JS = Path(__file__).parent / "bpmn_js"
VIEWER = "node_modules/bpmn-js/dist/bpmn-navigated-viewer.production.min.js"
OPEN = """
async xml => {
  const viewer = new BpmnJS({container: document.body});
  const {warnings} = await viewer.importXML(xml);
  const drawn = viewer.get('elementRegistry').getAll().map(one => one.id);
  return {warnings: warnings.map(String), drawn};
}
"""


@pytest.fixture(scope="module")
def file() -> bytes:
    return process_bpmn(process_of(NATIONAL), "The framework")


@pytest.fixture(scope="module")
def drawn(file: bytes) -> etree._Element:
    return etree.fromstring(file)


def named(drawn: etree._Element, kind: str) -> set[str]:
    return {one.get("name") for one in drawn.iterfind(f".//bpmn:{kind}", NAMESPACES)}


def test_every_step_task_limit_and_outcome_of_the_product_is_in_it(drawn):
    assert named(drawn, "adHocSubProcess") == {label(step) for step in Step}
    told = drawn.findtext(".//bpmn:process/bpmn:documentation", namespaces=NAMESPACES)
    tasks = named(drawn, "userTask")
    assert [todo for todo in Todo if label(todo) not in tasks and label(todo) not in told] == []
    limits = {name.partition(":")[0] for name in named(drawn, "boundaryEvent")}
    assert limits == {clock.value for clock in RULES} == {clock.value for clock in STEP_OF_CLOCK}
    assert {label(outcome) for outcome in Outcome} <= named(drawn, "sequenceFlow")


def test_a_limit_is_as_long_as_the_policy_says():
    sooner = replace(NATIONAL, lengths={ClockId.K1: 3})
    told = named(etree.fromstring(process_bpmn(process_of(sooner), "Ours")), "boundaryEvent")
    assert any(name.startswith("K1: within 3 working days") for name in told)


def test_every_way_and_everything_drawn_is_of_something_that_is_there(drawn):
    idents = [one.get("id") for one in drawn.iter() if one.get("id")]
    assert len(idents) == len(set(idents))
    pointed = {one.get(to) for one in drawn.iter() for to in ("sourceRef", "targetRef")} - {None}
    shown = {one.get("bpmnElement") for one in drawn.iter()} - {None}
    assert pointed | shown <= set(idents)


def test_a_viewer_of_bpmn_opens_it_without_a_warning_and_draws_all_of_it(file, drawn):
    chromium = shutil.which(CHROMIUM)
    if chromium is None:
        pytest.skip("not run: no Chromium")
    try:
        viewer = installed(BPMN_JS) / VIEWER
    except Unavailable as without:
        pytest.skip(f"not run: {without}")
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page()
        shown.add_script_tag(path=viewer)
        found = shown.evaluate(OPEN, file.decode())
        browser.close()
    assert found["warnings"] == []
    kinds = ("userTask", "sendTask", "adHocSubProcess", "boundaryEvent", "sequenceFlow")
    wanted = {
        one.get("id") for kind in kinds for one in drawn.iterfind(f".//bpmn:{kind}", NAMESPACES)
    }
    assert wanted <= set(found["drawn"])
