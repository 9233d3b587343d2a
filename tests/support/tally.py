# SPDX-License-Identifier: Apache-2.0
"""tally.py MESON-LOGS STATUS: adds up what `meson test` ran, subtests one by one: passed failed skipped."""
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def outcome_of(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def broken_programs(logs):
    """Tests that ended badly: a program may crash after subtests that passed."""
    for line in (logs / "testlog.json").read_text().splitlines():
        test = json.loads(line)
        if test["result"] in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT"):
            yield test["name"]


def main():
    logs, status = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for case in ElementTree.parse(logs / "testlog.junit.xml").iter("testcase"):
        counts[outcome_of(case)] += 1
    # Every broken program is at least one failure, and so is a run that failed for another reason.
    counts["failed"] = max(counts["failed"], len(list(broken_programs(logs))), 1 if status else 0)
    print(counts["passed"], counts["failed"], counts["skipped"])


main()
