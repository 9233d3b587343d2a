#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the service levels of desk_month on the real incident log to a slow, obvious replay in Python.

usage: log_levels.py DESK_MONTH CONTRACT DATA_FOLDER

Shares no code with the library: open time is a list of stretches and a prefix sum, a clock is a walk over a ticket's
rows, targets and calendars are read from the contract. Skips (exit 77) where the log is not there.
"""
import bisect
import collections
import csv
import datetime
import gzip
import itertools
import json
import pathlib
import subprocess
import sys
import zoneinfo

UTC = datetime.timezone.utc
NEVER = float("inf")
SECONDS = {"PT1H": 3600, "PT4H": 14400, "PT8H": 28800, "PT24H": 86400, "PT40H": 144000, "PT80H": 288000}
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def stamp(text):
    return int(datetime.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC).timestamp())


class Business:
    """Mon-Fri with one stretch a day, without holidays, as the contract's calendar `business` says."""

    def __init__(self, terms, zone):
        begin, end = terms["hours"]["mon-fri"].split("-")
        day, self.starts, self.ends, self.before = datetime.date(2016, 2, 1), [], [], [0]
        while day < datetime.date(2018, 1, 1):
            names = {day.isoformat(), "--%02d-%02d" % (day.month, day.day)}
            if day.weekday() < 5 and not names & set(terms["holidays"]):
                a, b = (int(datetime.datetime.combine(day, datetime.time.fromisoformat(t), zone).timestamp())
                        for t in (begin, end))
                self.starts.append(a)
                self.ends.append(b)
                self.before.append(self.before[-1] + b - a)
            day += datetime.timedelta(days=1)

    def position(self, t):
        i = bisect.bisect_right(self.starts, t)
        return self.before[i] - max(0, self.ends[i - 1] - t) if i else 0

    def between(self, a, b):
        return self.position(b) - self.position(a)

    def passed(self, t, amount):
        """The last second at which at most `amount` has been worked since t."""
        goal = self.position(t) + amount
        i = bisect.bisect_right(self.before, goal) - 1
        return self.starts[i] + goal - self.before[i]


class Always:
    def between(self, a, b):
        return b - a

    def passed(self, t, amount):
        return t + amount


class Clock:
    """One metric of one ticket: elapsed so far, since when it runs, the breach, and how long nobody knows if it ran."""

    def __init__(self):
        self.state, self.elapsed, self.since, self.breach = "none", 0, None, None
        self.doubt, self.doubted_since = 0, None

    def roll(self, t, calendar, target):
        """Moves a running clock to t."""
        if self.doubted_since is not None:
            self.doubt += calendar.between(self.doubted_since, t)
            self.doubted_since = t
        if self.since is None:
            return
        left = target - self.elapsed
        if self.breach is None:
            last = calendar.passed(self.since, left) if left >= 0 else self.since
            if last < t:
                self.breach = last
        self.elapsed += calendar.between(self.since, t)
        self.since = t


def replay(rows, opened, priority, until, terms, calendars, words):
    """Verdicts of (metric, verdict, instant, priority) as seen at `until`, exclusive."""
    urgent = ("1 - Critical", "2 - High")
    clocks = {"first_response": Clock(), "resolution": Clock()}

    def policy():
        return terms["urgent" if priority in urgent else "standard"]

    def calendar():
        return calendars[policy()["calendar"]]

    def target(metric):
        t = policy()["targets"][metric]
        return SECONDS[t if isinstance(t, str) else t["by"]["priority"].get(priority, t["otherwise"])]

    for clock in clocks.values():
        clock.state, clock.since = "running", opened
    for at, status, now_priority in rows:
        if at >= until:
            break
        at = max(at, opened)
        for metric, clock in clocks.items():
            clock.roll(at, calendar(), target(metric))
        priority = now_priority
        for metric, clock in clocks.items():
            # a lower target or another calendar may breach at once, a higher one heals
            if clock.state in ("running", "paused"):
                if clock.elapsed > target(metric):
                    clock.breach = at if clock.breach is None else clock.breach
                else:
                    clock.breach = None
        category = words[status]
        done = category in ("solved", "closed")
        first, whole = clocks["first_response"], clocks["resolution"]
        if first.state == "running" and category in ("open", "pending", "on_hold", "solved", "closed"):
            first.state, first.stop, first.since, first.at_end = "stopped", at, None, priority
            first.goal = target("first_response")
        if done and whole.state in ("running", "paused"):
            whole.state, whole.stop, whole.since, whole.at_end = "stopped", at, None, priority
            whole.goal = target("resolution")
            whole.doubted_since = None
        elif not done and whole.state == "stopped" and category in ("new", "open", "pending", "on_hold"):
            whole.state = "running"
        if whole.state in ("running", "paused"):
            held = category in ("pending", "on_hold", "unknown")
            whole.state = "paused" if held else "running"
            whole.since = None if held else at
            whole.doubted_since = at if category == "unknown" else None
    verdicts = []
    for metric, clock in clocks.items():
        end = priority
        if clock.state == "stopped":
            end = clock.at_end
        else:
            clock.roll(until, calendar(), target(metric))
        if clock.breach is not None:
            verdicts.append((metric, "breached", clock.breach, end))
        elif clock.doubt > (clock.goal if clock.state == "stopped" else target(metric)) - clock.elapsed:
            if clock.state == "stopped":
                verdicts.append((metric, "indeterminate", clock.stop, end))
        elif clock.state == "stopped":
            verdicts.append((metric, "met", clock.stop, end))
    return verdicts


def month_bounds(statements):
    to_seconds = lambda text: int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
    return [(s["period"]["start"][:7], to_seconds(s["period"]["start"]), to_seconds(s["period"]["end"]))
            for s in statements]


def tickets(path):
    with gzip.open(path, "rt", newline="") as f:
        for _, group in itertools.groupby(csv.DictReader(f), key=lambda row: row["number"]):
            rows = sorted(((stamp(r["sys_updated_at"]), int(r["sys_mod_count"]), n, r) for n, r in enumerate(group)),
                          key=lambda r: r[:3])
            first = rows[0][3]
            yield (stamp(first["opened_at"]), first["priority"],
                   [(at, r["incident_state"], r["priority"]) for at, _, _, r in rows])


def expected_counts(log, contract, months):
    calendars = {"always": Always(),
                 "business": Business(contract["calendars"]["business"],
                                      zoneinfo.ZoneInfo(contract["calendars"]["business"]["time_zone"]))}
    counts = collections.Counter()
    for opened, priority, rows in tickets(log):
        last = max(at for at, _, _ in rows)
        for month, start, end in months:
            if opened >= end or last < start:
                continue
            for metric, verdict, at, end_priority in replay(rows, opened, priority, end, contract["sla"]["policies"],
                                                            calendars, contract["tickets"]["statuses"]):
                if start <= at < end:
                    counts[month, metric, "", verdict] += 1
                    counts[month, metric, end_priority, verdict] += 1
    return counts


def main(program, contract_file, folder):
    log = pathlib.Path(folder) / "incident_event_log.csv.gz"
    if not log.exists():
        print("SKIP: the real log is not there (%s)" % log.name)
        return 77
    run = subprocess.run([program, "--time-zone", "UTC", "--json", contract_file, str(log)], capture_output=True,
                         text=True)
    if run.returncode:
        print(run.stderr)
        return 1
    contract = json.loads(pathlib.Path(contract_file).read_text())
    statements = json.loads(run.stdout)["statements"]
    counts = expected_counts(log, contract, month_bounds(statements))
    found = collections.Counter()
    for s in statements:
        for level in s["service_levels"]:
            parts = {"": level, **level.get("by", {}).get("priority", {})}
            for part, row in parts.items():
                for verdict in ("met", "breached", "indeterminate"):
                    found[s["period"]["start"][:7], level["metric"], part, verdict] = row[verdict]
    problems = ["%s: expected %d, found %d" % (" ".join(k), counts[k], found[k])
                for k in sorted(set(counts) | set(found)) if counts[k] != found[k]]
    print("\n".join(problems[:40]))
    print("%d passed, %d failed, 0 skipped" % (len(found) - len(problems), len(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
