"""`./keyline check isolation`: the whole canary scan on the running platform; see `whole.py`."""

import sys

from deployments.checks.figures import tell
from deployments.local.run_record import RunningPlatform
from deployments.migration.comparing import engine_of
from tests.canary.columns import columns, differences
from tests.canary.encodings import ENCODINGS
from tests.canary.not_built import NOT_BUILT, Place, built_after_all
from tests.canary.sinks import missed_leaks, scan, table
from tests.canary.whole import WholeRun


def main() -> int:
    """Carry, scan, plant and scan again; return the exit status."""
    run = WholeRun(RunningPlatform.find())
    run.carry()
    marks, sinks = run.planter.marks, [*run.sinks()]
    scanned = [scan(sink, marks) for sink in sinks]
    wrong = [line.strip() for one in scanned for line in one.told()]
    wrong += _wrong_with_columns(run)
    address, admin = run.running.address, run.platform.keyline_url
    place = Place(address, admin, run.running.settings)
    wrong += [f"built, and still listed as not built: {one}" for one in built_after_all(place)]
    missed = [
        f"missed in {sink.name}: {one}"
        for sink, before in zip(sinks, scanned, strict=True)
        for one in missed_leaks(sink, before)
    ]
    run.command_lines.end()
    for line in table(scanned, dict.fromkeys(NOT_BUILT, "")):
        tell(f"canary scan: {line}")
    planted, hits = len(sinks) * len(ENCODINGS), sum(len(one.hits) for one in scanned)
    tell(
        f"canary scan: {len(marks)} canaries at {len(run.planter.places)} questions, "
        f"{run.attempts} visits, refused forms and failures; {hits} hits; "
        f"{planted - len(missed)} / {planted} planted leaks found"
    )
    for line in (*wrong, *missed):
        tell(f"canary scan: WRONG {line}")
    return 1 if wrong or missed else 0


def _wrong_with_columns(run: WholeRun) -> list[str]:
    with engine_of(run.platform.keyline_url).connect() as link:
        there = len([*columns(link)])
        wrong = differences(link, run.planter.marks.stem)
    tell(f"canary scan: {there} columns that can hold words, {len(wrong)} differences")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
