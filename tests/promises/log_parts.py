#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The riskiest promises, on the real log where it is there and on the sample elsewhere.

usage: log_parts.py LOG_WORKER DESK_MONTH EXAMPLES_FOLDER DATA_FOLDER

* Two processes record halves of the log into one SQLite desk at the same time and close to the same bytes as one.
* The log in 4 parts by ticket, folded apart and merged in random order, equals the desk's close.
* A run that is killed midway and started again ends in the same statements; a second run prints the same bytes.
"""
import pathlib
import random
import subprocess
import sys
import tempfile
import time

MERGED_MONTHS = 3


def choose_log(examples, data, folder):
    log = data / "incident_event_log.csv.gz"
    if log.exists():
        return examples / "contracts/service_desk.json", log
    print("SKIP the real log, which is not there: the sample is taken")
    log = folder / "sample.csv"
    subprocess.run([sys.executable, str(examples / "sample/generate"), str(log)], check=True)
    return examples / "contracts/sample_desk.json", log


def run(*command):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout


def two_processes(worker, contract, log, folder):
    store = folder / "two.sqlite"
    writers = [subprocess.Popen([worker, "record", store, contract, log, "2", str(i)]) for i in range(2)]
    if any([w.wait() for w in writers]):
        raise RuntimeError("a writer failed")
    return run(worker, "close", store, contract, log)


def killed(program, contract, log, folder):
    """Kills the program at several moments, then lets it finish."""
    store = folder / "killed.sqlite"
    command = [program, "--store", store, "--json", contract, log]
    for seconds in (0.3, 0.8, 1.6, 2.5):
        p = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        p.kill()
        p.wait()
    first = run(*command)
    return first, run(*command)


def main(worker, program, examples, data):
    checks = []
    seed = random.SystemRandom().randrange(2**32)
    print("seed", seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        contract, log = choose_log(pathlib.Path(examples), pathlib.Path(data), folder)
        alone = run(worker, "close", folder / "one.sqlite", contract, log)
        checks.append(("two processes equal one", two_processes(worker, contract, log, folder) == alone))
        months = min(MERGED_MONTHS, len(alone.splitlines()))
        merged = run(worker, "merge", contract, log, 4, seed, months)
        checks.append(("four merged parts equal the desk", merged.splitlines() == alone.splitlines()[:months]))
        whole = run(program, "--json", contract, log)
        first, second = killed(program, contract, log, folder)
        checks.append(("killed and started again ends the same", first == whole))
        checks.append(("a second run prints the same bytes", second == whole))
    for what, good in checks:
        print("%s %s" % ("ok  " if good else "FAIL", what))
    failed = sum(not good for _, good in checks)
    print("%d passed, %d failed, 0 skipped" % (len(checks) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
