"""The process of a case as BPMN 2.0, with its picture, for those who read processes so.

Each step is an ad hoc sub-process: what is to be done in it is not in one order. A time limit is a
timer on its edge that interrupts nothing; a timer of BPMN cannot say working days, so that the
limit stands in words.
"""

from dataclasses import dataclass, field
from itertools import count
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.domain.labels import label
from services.domain.process import REVIEWED, LimitOfStep, Process, StepOfProcess, TaskOfStep
from services.domain.workflow import Step

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
LINES: Final = "http://www.omg.org/spec/DD/20100524/DI"
NAMESPACES: Final = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": LINES}

TASK_WIDTH, TASK_HEIGHT, GAP = 150, 80, 20
ACROSS = 3  # tasks side by side in a step
EVENT, GATEWAY = 36, 50
TOP, MIDDLE = 20, 300


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands in the picture."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return where it ends."""
        return self.left + self.width


@dataclass
class _Drawing:
    """The process and its picture while they are drawn, from the left to the right."""

    process: etree._Element
    plane: etree._Element
    at: int = 40
    boxes: dict[str, Box] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def node(
        self, kind: str, name: str, ident: str, box: Box, within: etree._Element | None = None
    ) -> etree._Element:
        """Add something that has a place of its own."""
        above = self.process if within is None else within
        made = etree.SubElement(above, _bpmn(kind), id=ident, name=name)
        shape = etree.SubElement(self.plane, _di("BPMNShape"), id=f"{ident}_di", bpmnElement=ident)
        if kind == "adHocSubProcess":
            shape.set("isExpanded", "true")
        if kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        sizes = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
        etree.SubElement(shape, _dc("Bounds"), {one: str(size) for one, size in sizes.items()})
        self.boxes[ident] = box
        return made

    def next_to(self, kind: str, name: str, ident: str, size: int) -> str:
        """Add an event or a gateway to the right of what is there."""
        self.node(kind, name, ident, Box(self.at, MIDDLE - size // 2, size, size))
        self.at += size + (9 if kind == "exclusiveGateway" else 3) * GAP
        return ident

    def flow(self, source: str, target: str, name: str = "", over: int = 0) -> None:
        """Draw the way from one to the other; ``over`` is the height at which it passes others."""
        ident = f"flow_{next(self.numbers)}"
        made = etree.SubElement(
            self.process, _bpmn("sequenceFlow"), id=ident, sourceRef=source, targetRef=target
        )
        if name:
            made.set("name", name)
        edge = etree.SubElement(self.plane, _di("BPMNEdge"), id=f"{ident}_di", bpmnElement=ident)
        for left, top in _way(self.boxes[source], self.boxes[target], over):
            etree.SubElement(edge, _lines("waypoint"), x=str(left), y=str(top))


def process_bpmn(process: Process, name: str) -> bytes:
    """Return the process as a file of BPMN 2.0; ``name`` says whose and which version it is."""
    root = etree.Element(_bpmn("definitions"), id="keyline", nsmap=NAMESPACES)
    root.set("targetNamespace", "urn:keyline:process")
    whole = etree.SubElement(root, _bpmn("process"), id="case", name=name, isExecutable="false")
    _documented(whole, _at_any_step(process))
    diagram = etree.SubElement(root, _di("BPMNDiagram"), id="diagram")
    plane = etree.SubElement(diagram, _di("BPMNPlane"), id="plane", bpmnElement="case")
    _draw(_Drawing(whole, plane), process)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _draw(drawing: _Drawing, process: Process) -> None:
    """Draw the way of a case; it leaves where nothing is notified and where nothing is reviewed."""
    before = drawing.next_to("startEvent", "A serious incident is referred", "referred", EVENT)
    for step in process.steps:
        if step.step is Step.EMBED:
            drawing.next_to("exclusiveGateway", "", "learning", GATEWAY)
            drawing.flow(before, "learning")
            others = [one for one in process.outcomes if one not in REVIEWED]
            for place, outcome in enumerate(others):
                drawing.flow("outcome", "learning", label(outcome), over=-(place + 1) * 5 * GAP)
            before = "learning"
        _step(drawing, step)
        after = {Step.COMMISSION: label(next(iter(REVIEWED))), Step.SCOPE: "It is notified"}
        drawing.flow(before, step.step.value, after.get(step.step, ""))
        before = step.step.value
        if step.step in {Step.NOTIFY, Step.SUBMIT}:
            is_first = step.step is Step.NOTIFY
            name = "Is the incident notified?" if is_first else "What is the outcome?"
            gateway = "notifiable" if is_first else "outcome"
            drawing.next_to("exclusiveGateway", name, gateway, GATEWAY)
            drawing.flow(before, gateway)
            before = gateway
    drawing.next_to("endEvent", "The case is closed", "closed", EVENT)
    drawing.flow(before, "closed")
    asked = drawing.boxes["notifiable"]
    box = Box(asked.left + (GATEWAY - EVENT) // 2, TOP, EVENT, EVENT)
    drawing.node("endEvent", "It is not notified, and the reasons are kept", "not_notified", box)
    drawing.flow("notifiable", "not_notified", "It is not notified")


def _step(drawing: _Drawing, step: StepOfProcess) -> None:
    """Draw a step with its tasks in rows, and its limits on its lower edge."""
    rows = -(-len(step.tasks) // ACROSS)
    width = ACROSS * (TASK_WIDTH + GAP) + GAP
    height = rows * (TASK_HEIGHT + GAP) + 3 * GAP
    box = Box(drawing.at, MIDDLE - 2 * GAP - TASK_HEIGHT, width, height)
    drawing.at += width + 3 * GAP
    ident = step.step.value
    inside = drawing.node("adHocSubProcess", label(step.step), ident, box)
    for place, task in enumerate(step.tasks):
        row, column = divmod(place, ACROSS)
        left = box.left + GAP + column * (TASK_WIDTH + GAP)
        top = box.top + 2 * GAP + row * (TASK_HEIGHT + GAP)
        there = Box(left, top, TASK_WIDTH, TASK_HEIGHT)
        made = drawing.node("userTask", task.what, f"{ident}_{task.todo.value}", there, inside)
        _documented(made, f"Who: {label(task.who)}.")
    if step.limits:
        _limits(drawing, step, box)


def _limits(drawing: _Drawing, step: StepOfProcess, box: Box) -> None:
    """Draw the limits, and that Keyline warns of them and tells who has the duty."""
    tells = f"{step.step.value}_tells"
    apart = TASK_WIDTH - GAP
    wide = max(TASK_WIDTH, (len(step.limits) - 1) * apart + EVENT + GAP)
    below = Box(box.left, box.top + box.height + 5 * TASK_HEIGHT // 2, wide, TASK_HEIGHT)
    drawing.node("sendTask", "Keyline warns, and tells that it is late", tells, below)
    for place, limit in enumerate(step.limits):
        left = box.left + GAP // 2 + place * apart
        there = Box(left, box.top + box.height - EVENT // 2, EVENT, EVENT)
        ident = f"limit_{limit.clock.value}"
        made = drawing.node("boundaryEvent", _limit_told(limit), ident, there)
        made.set("attachedToRef", step.step.value)
        made.set("cancelActivity", "false")
        _documented(made, f"{limit.duty}. By {limit.rule}.")
        etree.SubElement(made, _bpmn("timerEventDefinition"), id=f"{ident}_timer")
        drawing.flow(ident, tells)


def _limit_told(limit: LimitOfStep) -> str:
    counted = f" of the {limit.counted_from}" if limit.within.startswith(("within", "on")) else ""
    return f"{limit.clock.value}: {limit.within}{counted}"


def _at_any_step(process: Process) -> str:
    told = "; ".join(f"{task.what} ({_who(task)})" for task in process.at_any_step)
    return f"At any step there may be to do: {told}."


def _who(task: TaskOfStep) -> str:
    return label(task.who)


def _way(source: Box, target: Box, over: int) -> list[tuple[int, int]]:
    """Return the corners of a line: over what lies between, up, down, or straight on."""
    if over:
        ends = [one.left + one.width // 2 for one in (source, target)]
        return [
            (ends[0], source.top),
            (ends[0], over),
            (ends[1], over),
            (ends[1], target.top),
        ]
    if target.top + target.height <= source.top:
        centre = source.left + source.width // 2
        return [(centre, source.top), (centre, target.top + target.height)]
    if source.top + source.height < target.top:
        centre = source.left + source.width // 2
        return [(centre, source.top + source.height), (centre, target.top)]
    return [(source.right, MIDDLE), (target.left, MIDDLE)]


def _documented(above: etree._Element, told: str) -> None:
    made = etree.Element(_bpmn("documentation"))
    made.text = told
    above.insert(0, made)


def _bpmn(name: str) -> str:
    return f"{{{MODEL}}}{name}"


def _di(name: str) -> str:
    return f"{{{DI}}}{name}"


def _dc(name: str) -> str:
    return f"{{{DC}}}{name}"


def _lines(name: str) -> str:
    return f"{{{LINES}}}{name}"
