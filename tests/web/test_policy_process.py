"""The process of a case by a version of the policy: its page, and the file of BPMN."""

import pytest
from lxml import etree

from services.documents.process_bpmn import NAMESPACES
from services.domain.labels import label
from services.domain.workflow import Step
from tests.web.conftest import World
from tests.web.visitors import Visitor


@pytest.fixture
def manager(world: World) -> Visitor:
    return world.person("manager")


def test_the_page_tells_each_step_with_its_limits_and_leads_to_the_file(manager: Visitor):
    page = manager.get("/policy/versions/1/process").page
    headings = [one.get_text(strip=True) for one in page.select("main h2")]
    assert headings[:-1] == [f"{place}. {label(one)}" for place, one in enumerate(Step, start=1)]
    assert "Submit the rapid review to the Panel: within 15 working days" in page.get_text(" ")
    link = page.find("a", string="Download the process as BPMN 2.0")["href"]
    sent = manager.get(link).response
    assert sent.headers["content-type"] == "application/xml"
    drawn = etree.fromstring(sent.content)
    assert len(drawn.findall(".//bpmn:adHocSubProcess", NAMESPACES)) == len(Step)


def test_there_is_none_of_a_version_that_is_not_there(manager: Visitor):
    assert [
        manager.get(f"/policy/versions/999/{one}").status for one in ("process", "process-bpmn")
    ] == [404, 404]
