"""What `terraform test` says: how each run ended, and what each would make."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

POLICIES_OF: Final = {
    "aws_s3_bucket_policy": "policy",
    "aws_sns_topic_policy": "policy",
    "aws_kms_key": "policy",
    "aws_iam_role_policy": "policy",
    "aws_iam_user_policy": "policy",
    "aws_iam_policy": "policy",
    "aws_iam_role": "assume_role_policy",
}


@dataclass(frozen=True, slots=True)
class PlannedResource:
    """One resource as it would be made."""

    address: str
    type: str
    values: Mapping[str, Any]

    @property
    def statements(self) -> Sequence[Mapping[str, Any]]:
        """Return the statements of the policy document that it holds, if it holds one."""
        document = self.values.get(POLICIES_OF.get(self.type, ""))
        return json.loads(document)["Statement"] if document else ()

    @property
    def containers(self) -> Sequence[Mapping[str, Any]]:
        """Return the containers of a task definition; none for anything else."""
        is_task = self.type == "aws_ecs_task_definition"
        return json.loads(self.values["container_definitions"]) if is_task else ()

    def first(self, block: str) -> Mapping[str, Any]:
        """Return the only block of that name; nothing where there is none."""
        found = self.values.get(block)
        if isinstance(found, Mapping):
            return found
        return found[0] if found else {}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one run would make."""

    resources: tuple[PlannedResource, ...]

    def of(self, *types: str) -> Iterator[PlannedResource]:
        """Yield the resources of these types."""
        return (one for one in self.resources if one.type in types)

    def beside(self, bucket: PlannedResource, type_: str) -> PlannedResource | None:
        """Return the resource of that type which belongs to the bucket."""
        name = bucket.values["bucket"]
        return next((one for one in self.of(type_) if one.values["bucket"] == name), None)


@dataclass(slots=True)
class PlannedRuns:
    """How the runs of `terraform test` ended, and their plans."""

    ended: dict[str, str] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    @staticmethod
    def read(lines: str) -> "PlannedRuns":
        """Read what `terraform test -json -verbose` prints, line by line."""
        runs = PlannedRuns()
        for line in lines.splitlines():
            runs._hear(json.loads(line))
        return runs

    def _hear(self, said: Mapping[str, Any]) -> None:
        match said.get("type"):
            case "test_run" if said["test_run"]["progress"] == "complete":
                self.ended[said["test_run"]["run"]] = said["test_run"]["status"]
            case "test_plan":
                self.plans[said["@testrun"]] = plan_of(said["test_plan"])
            case "diagnostic" if said["diagnostic"]["severity"] == "error":
                about = said["diagnostic"]
                self.told.append(f"{about['summary']} {about.get('detail', '')}")


def plan_of(told: Mapping[str, Any]) -> Plan:
    """Return what a plan in Terraform's JSON would make."""
    made = (
        PlannedResource(change["address"], change["type"], change["change"]["after"])
        for change in told.get("resource_changes", ())
        if change["mode"] == "managed" and change["change"]["after"] is not None
    )
    return Plan(tuple(made))
