"""What became of the tests of a run, as pytest's JUnit report tells it."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, parse

# How a test says that the machine has not what it needs: pytest.skip("not run: there is no ...").
NOT_RUN = "not run:"


@dataclass
class Results:
    """How many tests passed, failed, were skipped or could not run, and the time by folder."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    not_run: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    tests: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @staticmethod
    def of(*reports: Path) -> "Results":
        """Read the reports; a run that was broken off has left none."""
        results = Results()
        for report in filter(Path.exists, reports):
            for case in parse(report).iter("testcase"):  # noqa: S314 -- pytest wrote it just now
                results._add(case)
        return results

    def __str__(self) -> str:
        """Return the four counts."""
        counts = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        return f"{counts}, {self.not_run} not run"

    def by_folder(self) -> list[str]:
        """Return one line a folder, the slowest first."""
        slowest_first = sorted(self.seconds.items(), key=lambda each: -each[1])
        return [
            f"   {name:<16}{self.tests[name]:>6} tests{seconds:>8.1f} s"
            for name, seconds in slowest_first
        ]

    def _add(self, case: Element) -> None:
        # A module that cannot be imported is told by its name alone.
        place = case.get("classname") or case.get("name") or ""
        if not place:  # what was under way when the run was broken off
            return
        folder = place.removeprefix("tests.").partition(".")[0]
        self.tests[folder] += 1
        self.seconds[folder] += float(case.get("time", 0))
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            self.failed += 1
        elif skipped is None:
            self.passed += 1
        elif skipped.get("message", "").startswith(NOT_RUN):
            self.not_run += 1
        else:
            self.skipped += 1
