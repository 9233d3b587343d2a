#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds desk_month on the real incident log to its reference facts, integer for integer.

usage: log_kpis.py DESK_MONTH CONTRACT DATA_FOLDER

The figures of every month and priority are computed here once more from the log itself with plain Python integers;
totals are held to reference.json. Skips (exit 77) where the log is not there.
"""
import collections
import csv
import datetime
import gzip
import json
import pathlib
import subprocess
import sys

MINUTE = 60_000_000
SHARES = {"p50": 50, "p90": 90, "p95": 95, "p99": 99}


def stamp(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")


def last_rows(path):
    """The last row of each incident in the order (sys_updated_at, sys_mod_count, position)."""
    last = {}
    with gzip.open(path, "rt", newline="") as f:
        for position, row in enumerate(csv.DictReader(f)):
            key = (stamp(row["sys_updated_at"]), int(row["sys_mod_count"]), position)
            if row["number"] not in last or last[row["number"]][0] < key:
                last[row["number"]] = (key, row)
    return [row for _, row in last.values()]


def expected_months(rows):
    """{month: {kpi: {"": [values], priority: [values]}}}"""
    months = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(list)))

    def note(at, kpi, priority, value):
        for part in ("", priority):
            months[at.strftime("%Y-%m")][kpi][part].append(value)

    for row in rows:
        opened, priority = stamp(row["opened_at"]), row["priority"]
        note(opened, "tickets_opened", priority, 1)
        if row["resolved_at"] == "?":
            continue
        resolved = stamp(row["resolved_at"])
        note(resolved, "tickets_resolved", priority, 1)
        note(resolved, "resolution_time", priority, int((resolved - opened).total_seconds()) * 1_000_000)
        for kpi, column in (("reassigned", "reassignment_count"), ("reopened", "reopen_count")):
            if int(row[column]) > 0:
                note(resolved, kpi, priority, int(row[column]))
    return months


def expected_row(kpi, values):
    row = {"n": len(values)}
    if kpi in ("reassigned", "reopened", "resolution_time"):
        row["sum"] = str(sum(values))
    if kpi == "resolution_time":
        values = sorted(values)
        row.update(unit="us", min=str(values[0]), max=str(values[-1]))
        row.update({name: str(values[max(1, -(-share * len(values) // 100)) - 1]) for name, share in SHARES.items()})
    return row


def compare(problems, place, expected, found):
    for name, value in expected.items():
        if found.get(name) != value:
            problems.append("%s.%s: expected %s, found %s" % (place, name, value, found.get(name)))


def check_months(months, statements, problems):
    checks = 0
    seen = {s["period"]["start"][:7]: {k["id"]: k for k in s["kpis"]} for s in statements}
    for month, kpis in sorted(months.items()):
        for kpi, parts in sorted(kpis.items()):
            for part, values in sorted(parts.items()):
                found = seen.get(month, {}).get(kpi, {})
                if part:
                    found = found.get("by", {}).get("priority", {}).get(part, {})
                compare(problems, "%s %s %s" % (month, kpi, part), expected_row(kpi, values), found)
                checks += 1
    return checks


def total(statements, kpi, name):
    return sum(int(k[name]) for s in statements for k in s["kpis"] if k["id"] == kpi and k["n"])


def check_totals(reference, statements, problems):
    times = reference["resolution_minutes"]["all"]
    expected = {
        ("tickets_opened", "n"): reference["file"]["incidents"],
        ("tickets_resolved", "n"): times["n"],
        ("resolution_time", "n"): times["n"],
        ("resolution_time", "sum"): times["sum"] * MINUTE,
    }
    for (kpi, name), value in expected.items():
        if total(statements, kpi, name) != value:
            problems.append("all months %s.%s: expected %d, found %d"
                            % (kpi, name, value, total(statements, kpi, name)))
    for field, kpi in (("opened_by_month", "tickets_opened"), ("resolved_by_month", "tickets_resolved")):
        for s in statements:
            month, found = s["period"]["start"][:7], [k["n"] for k in s["kpis"] if k["id"] == kpi]
            if (found or [0])[0] != reference[field].get(month, 0):
                problems.append("%s %s: expected %s, found %s" % (month, kpi, reference[field].get(month), found))
    return len(expected) + 2 * len(statements)


def main(program, contract, folder):
    log = pathlib.Path(folder) / "incident_event_log.csv.gz"
    if not log.exists():
        print("SKIP: the real log is not there (%s)" % log.name)
        return 77
    run = subprocess.run([program, "--time-zone", "UTC", "--json", contract, str(log)], capture_output=True, text=True)
    if run.returncode:
        print(run.stderr)
        return 1
    statements = json.loads(run.stdout)["statements"]
    problems = []
    checks = check_months(expected_months(last_rows(log)), statements, problems)
    checks += check_totals(json.loads((log.parent / "reference.json").read_text()), statements, problems)
    print("\n".join(problems[:40]))
    print("%d passed, %d failed, 0 skipped" % (max(0, checks - len(problems)), len(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
