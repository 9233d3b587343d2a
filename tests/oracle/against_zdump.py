# SPDX-License-Identifier: Apache-2.0
"""Every zone of the machine's database against zdump, from 1900 to 2200.

usage: against_zdump.py ZONE_READINGS [SAMPLE]

`zdump -v` prints the reading on both sides of each change; zone-readings compares them all, and the time between. With
SAMPLE only so many zones are compared, beside the hard ones. Names whose files are the same are asked of zdump once,
and of the library each. Instants that zdump cannot show (NULL, the ends of 64 bits) are no readings.
"""
import datetime
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "meta"))
from tap import Tap  # noqa: E402

DATABASE = pathlib.Path(os.environ.get("TZDIR", "/usr/share/zoneinfo"))
YEARS = "1900,2201"
LEFT_OUT = ("posix/", "right/")  # all zones again: the same, and with leap seconds, which POSIX time has not
HARD = ["Africa/Casablanca", "Africa/Monrovia", "America/Nuuk", "America/Sao_Paulo", "America/St_Johns",
        "Antarctica/Troll", "Asia/Gaza", "Asia/Kolkata", "Australia/Lord_Howe", "Etc/GMT+5", "Europe/Dublin",
        "Europe/London", "Pacific/Apia"]
AT_ONCE = 20  # zones of one run of zdump
STAMP = r"\w{3} (\w{3}) +(\d+) (\d+):(\d+):(\d+) (\d+)"
LINE = re.compile(rf"(\S+) +{STAMP} UTC? = {STAMP} \S+ isdst=[01] gmtoff=(-?\d+)$")
NULL_LINE = re.compile(r"(\S+) +-?\d+ = NULL$")
MONTHS = {name: number for number, name in
          enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}


def groups_of_zones():
    """Names by the bytes of their file."""
    groups = {}
    for path in sorted(DATABASE.rglob("*")):
        name = path.relative_to(DATABASE).as_posix()
        if name.startswith(LEFT_OUT) or not path.is_file():
            continue
        data = path.read_bytes()
        if data.startswith(b"TZif"):
            groups.setdefault(data, []).append(name)
    return list(groups.values())


def sample_of(groups, count):
    chosen = [group for group in groups if set(HARD) & set(group)]
    others = [group for group in groups if group not in chosen]
    return chosen + random.sample(others, min(count, len(others)))


def moment(month, day, hour, minute, second, year):
    return datetime.datetime(int(year), MONTHS[month], int(day), int(hour), int(minute), int(second))


def reading_of(fields):
    utc, local = moment(*fields[:6]), moment(*fields[6:12])
    second = int((utc - datetime.datetime(1970, 1, 1)).total_seconds())
    return "reading %d %d %d %d %d %d %d %d %s" % (second, local.year, local.month, local.day, local.hour, local.minute,
                                                   local.second, local.isoweekday(), fields[12])


def readings_by_zone(names):
    """What zdump prints, and the lines that are not understood."""
    readings, unknown = {name: [] for name in names}, []
    for first in range(0, len(names), AT_ONCE):
        run = subprocess.run(["zdump", "-v", "-c", YEARS, *names[first:first + AT_ONCE]], capture_output=True,
                             text=True, check=True, env={**os.environ, "LC_ALL": "C"})
        for line in run.stdout.splitlines():
            match = LINE.match(line)
            if match:
                readings[match[1]].append(reading_of(match.groups()[1:]))
            elif not NULL_LINE.match(line):
                unknown.append(line)
    return readings, unknown


def main():
    program = sys.argv[1]
    tap = Tap()
    if not shutil.which("zdump"):
        tap.skip("zones agree with zdump", "there is no zdump")
        tap.done()
    groups = groups_of_zones()
    if len(sys.argv) > 2:
        groups = sample_of(groups, int(sys.argv[2]))
    readings, unknown = readings_by_zone([group[0] for group in groups])
    tap.that(not unknown, "zdump prints what is expected of it", unknown[:5])
    names = sum(len(group) for group in groups)
    changing = sum(1 for lines in readings.values() if lines)
    tap.that(changing >= len(HARD) - 1, f"{changing} of {len(groups)} zone files change between 1900 and 2200")
    script = [line for group in groups for name in group for line in ["zone " + name] + readings[group[0]]]
    run = subprocess.run([program], input="\n".join(script) + "\n", capture_output=True, text=True)
    said = run.stdout.splitlines()
    print(f"# oracle: {said[-1] if said else 'nothing'} from zdump")
    asked = f"{names} zones, {sum(line.startswith('reading') for line in script)} readings,"
    tap.that(run.returncode == 0 and said[-1].startswith(asked),
             f"the library agrees with zdump: {said[-1] if said else ''}", said + run.stderr.splitlines())
    tap.done()


main()
