#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What desk_month says to bad input: each refusal names the place and what would be right; nothing crashes.

usage: desk_month_refusals.py DESK_MONTH EXAMPLES_FOLDER
"""
import gzip
import json
import pathlib
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile


class Desk:
    """A folder with the sample's contract and log, to be spoiled one way at a time."""

    def __init__(self, program, examples, folder):
        self.program, self.examples, self.folder = program, examples, folder
        self.log = folder / "sample.csv"
        generate = [sys.executable, str(examples / "sample/generate"), str(self.log), "--tickets", "40"]
        subprocess.run(generate, check=True)
        self.terms = json.loads((examples / "contracts/sample_desk.json").read_text())
        self.terms["mapping"] = str(examples / "mappings/sample.json")
        self.lines = self.log.read_text().splitlines()

    def run(self, contract=None, log=None, store=None, limit=None, more=()):
        contract_file, log_file = self.folder / "contract.json", self.folder / "log.csv"
        contract_file.write_bytes(contract if isinstance(contract, bytes)
                                  else json.dumps(contract or self.terms).encode())
        log_file.write_bytes(log if isinstance(log, bytes) else "\n".join(log or self.lines).encode() + b"\n")

        def lower():
            if limit:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        command = [self.program, "--mapping", str(self.examples / "mappings/sample.json"),
                   *(["--store", str(store)] if store else []), *more, str(contract_file), str(log_file)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, preexec_fn=lower)

    def changed(self, path, value):
        terms = json.loads(json.dumps(self.terms))
        at = terms
        for name in path[:-1]:
            at = at.setdefault(name, {})
        if value is None:
            del at[path[-1]]
        else:
            at[path[-1]] = value
        return terms


def contract_cases(d):
    text = json.dumps(d.terms)
    rate = ["pricing", "charges", "tickets", "tiers"]
    target = ["sla", "policies", "standard", "targets", "resolution"]
    return {
        "an unknown path": (d.changed(["calendars", "office", "hour"], "x"), "/calendars/office/hour"),
        "a missing model": (d.changed(["pricing", "charges", "more"], {"rate": "1"}), "/pricing/charges/more"),
        "a bad duration": (d.changed(target, "8h"), "write it like PT8H"),
        "25:00": (d.changed(["calendars", "office", "hours", "mon-fri"], "09:00-25:00"), "/calendars/office/hours"),
        "an unknown zone": (d.changed(["contract", "time_zone"], "Mars/Olympus"), "Mars/Olympus"),
        "tiers that overlap": (d.changed(rate, [{"up_to": "10", "rate": "1"}, {"up_to": "5", "rate": "1"},
                                                {"rate": "1"}]), "/pricing/charges/tickets/tiers/1/up_to"),
        "a decimal comma": (d.changed(["pricing", "charges", "tickets"],
                                      {"model": "per_task", "meter": "resolved", "rate": "24,50"}), "24,50"),
        "an exponent": (d.changed(["pricing", "charges", "tickets"],
                                  {"model": "per_task", "meter": "resolved", "rate": "1e3"}), "1e3"),
        "a JSON fraction": (text.replace('"13.90"', "13.9").encode(), 'write it as text, "24.50"'),
        "a duplicate key": (text.replace('"currency"', '"id": "x", "currency"').encode(), "stands twice"),
        "a null": (d.changed(["contract", "title"], None) and text.replace('"A desk of twelve seats"', "null").encode(),
                   "null"),
        "invalid UTF-8": (text.encode().replace(b"Lumen", b"Lu\xff\xfen"), "UTF-8"),
        "10 MB of nesting": (b"[" * 10_000_000, "line 1"),
        "no JSON": (b"id = 1\n", "line 1"),
    }


def spoil(lines, row, column, value):
    fields = lines[row].split(",")
    fields[lines[0].split(",").index(column)] = value
    return lines[:row] + [",".join(fields)] + lines[row + 1:]


def log_cases(d):
    """What it says; whether it goes on all the same."""
    short = d.lines[:3] + [d.lines[3].rsplit(",", 2)[0]] + d.lines[4:]
    unmapped = [n for n, line in enumerate(d.lines) if ",Active," in line][0]
    return {
        "a column that the mapping needs": ([d.lines[0].replace("priority", "urgency")] + d.lines[1:],
                                            "has no column priority", False),
        "a row with a missing column": (short, "row 4: 11 columns where the header has 13", True),
        "a bad date": (spoil(d.lines, 4, "at", "31/2/2026 10:00"), 'row 5, column at: "31/2/2026 10:00"', True),
        "an unmapped status": (spoil(d.lines, unmapped, "state", "Dreaming"), "Dreaming", True),
        "a damaged gzip file": (gzip.compress("\n".join(d.lines).encode())[:-40], "ends early or is damaged", False),
    }


def store_cases(d, check):
    no_database = d.folder / "no.sqlite"
    no_database.write_text("this is not a database, but it is long enough to be read as one " * 20)
    run = d.run(store=no_database)
    check("a file that is not a database", run.returncode == 1 and "no.sqlite" in run.stderr, run.stderr)

    foreign = d.folder / "foreign.sqlite"
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE records (a)")
    run = d.run(store=foreign)
    check("somebody else's database", run.returncode == 1 and "foreign.sqlite" in run.stderr, run.stderr)

    run = d.run(store=d.folder / "full.sqlite", limit=60_000)
    check("a file that may not grow", run.returncode == 1 and "full.sqlite" in run.stderr, run.stderr)
    good = d.run(store=d.folder / "full.sqlite")
    check("it leaves a store that goes on", good.returncode == 0 and good.stdout == d.run().stdout, good.stderr)

    locked = d.folder / "locked.sqlite"
    d.run(store=locked, log=d.lines[:20])
    holder = sqlite3.connect(locked, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    run = d.run(store=locked)
    holder.rollback()
    holder.close()
    check("a locked database", run.returncode == 1 and "BPO_E_LOCKED" in run.stderr, run.stderr)

    run = d.run(contract=d.changed(["contract", "title"], "another"), store=locked)
    check("books of another contract", run.returncode == 1 and "another contract" in run.stderr, run.stderr)


def main(program, examples):
    results = []

    def check(what, good, said):
        results.append(good)
        print("%s %s" % ("ok  " if good else "FAIL", what))
        if not good:
            print("     it said: %s" % said[-600:])

    with tempfile.TemporaryDirectory() as name:
        d = Desk(program, pathlib.Path(examples), pathlib.Path(name))
        run = d.run()
        check("the unspoiled desk passes", run.returncode == 0 and "; 0 left out" in run.stderr, run.stderr)
        for what, (contract, text) in contract_cases(d).items():
            run = d.run(contract=contract)
            check(what, run.returncode == 1 and text in run.stderr and not run.stdout, run.stderr)
        for what, (log, text, goes_on) in log_cases(d).items():
            run = d.run(log=log)
            check(what, run.returncode == (0 if goes_on else 1) and text in run.stderr, run.stderr)
        store_cases(d, check)
        run = d.run(more=["--month", "2031-01"])
        check("a month that is not there", run.returncode == 1 and "--month 2031-01" in run.stderr, run.stderr)
    print("%d passed, %d failed, 0 skipped" % (sum(results), len(results) - sum(results)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
