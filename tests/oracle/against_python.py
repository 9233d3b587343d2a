# SPDX-License-Identifier: Apache-2.0
"""Random calendars and questions against the slow oracle in Python that walks minute by minute.

usage: against_python.py ANSWER_PROGRAM FOLDER_OF_THE_ORACLE [CASES [SEED]]

BPO_QUICK makes it a tenth. Spans are at most 30 days, for the oracle is slow; edges are whole minutes. Prints the seed
and every difference.
"""
import os
import pathlib
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "meta"))
from tap import Tap  # noqa: E402

SECOND = 1_000_000
DAY = 86400 * SECOND
SPAN = 30 * DAY
QUESTIONS = 10  # for each calendar
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ZONES = """UTC America/New_York America/Los_Angeles America/St_Johns America/Sao_Paulo America/Santiago America/Havana
America/Caracas America/Bogota America/Mexico_City America/Nuuk Europe/London Europe/Dublin Europe/Berlin
Europe/Istanbul Africa/Casablanca Africa/Cairo Asia/Tehran Asia/Kolkata Asia/Kathmandu Asia/Manila Asia/Gaza
Australia/Sydney Australia/Lord_Howe Australia/Eucla Pacific/Auckland Pacific/Chatham Pacific/Apia Antarctica/Troll
""".split()


def clock(minutes):
    return "%02d:%02d" % divmod(minutes, 60)


def any_hours(chance, most):
    """Up to `most` ranges; some end on the next day, some last all of it."""
    edges = lambda: chance.choice([60 * chance.randrange(24), 15 * chance.randrange(96), chance.randrange(1440)])
    hours = []
    for _ in range(most):
        start, end = edges(), chance.choice([edges(), edges(), edges(), 1440])
        hours.append([clock(start), clock(end)])
    return hours


def any_calendar(chance, zone, middle):
    """As the oracle reads it. Two days a week have no hours, so that every walk ends."""
    first = middle - timedelta(days=10)
    dates = lambda n: {(first + timedelta(days=chance.randrange(21))).isoformat() for _ in range(chance.randrange(n))}
    worked = chance.sample(DAYS, 5)
    if chance.random() < 0.3:
        weekly = {day: [["09:00", "12:30"], ["13:15", "17:00"]] for day in DAYS[:5]}
    else:
        weekly = {day: any_hours(chance, chance.randrange(1, 4)) for day in worked}
    holidays = sorted(date if chance.random() < 0.7 else "--" + date[5:] for date in dates(5))
    return {"tz": zone, "weekly": weekly, "holidays": holidays,
            "overrides": {date: any_hours(chance, chance.randrange(1, 3)) for date in sorted(dates(4))},
            "closures": {date: any_hours(chance, 1) for date in sorted(dates(4))},
            "holiday_scope": chance.choice(["civil", "shift_start"]),
            "override_beats_holiday": chance.random() < 0.7}


def terms(calendar):
    """The same as the library reads it."""
    text = lambda hours: ", ".join("-".join(pair) for pair in hours)
    yield "/time_zone " + calendar["tz"]
    yield "/scope " + calendar["holiday_scope"]
    yield "/override_beats_holiday " + str(calendar["override_beats_holiday"]).lower()
    for day, hours in calendar["weekly"].items():
        yield f"/hours/{day} {text(hours)}"
    for date in calendar["holidays"]:
        yield f"/holidays/{date} a holiday"
    for kind in ("overrides", "closures"):
        for date, hours in calendar[kind].items():
            yield f"/{kind}/{date} {text(hours)}"


def any_middle(chance, zone):
    """A local date, mostly where the zone's offset changes, in 1972 to 2060."""
    day = datetime(chance.randrange(1972, 2060), chance.randrange(1, 13), chance.randrange(1, 29), 12,
                   tzinfo=ZoneInfo(zone))
    if chance.random() < 0.25:
        return day.date()
    offset = day.utcoffset()
    for _ in range(400):
        day += timedelta(days=1)
        if day.utcoffset() != offset:
            break
    return day.date()


def any_add(chance, at, span):
    """With 0 now and then, and what that means."""
    if chance.random() < 0.15:
        return "add", at, 0, chance.choice(["earliest", "snap_back", "identity"])
    return "add", at, span // 5 or 1, chance.choice(["earliest", "latest"])


def any_add_days(chance, at):
    """The end of no working date is not asked of the oracle."""
    options = chance.choice(["", "", "f", "b", "e"]) + chance.choice(["", "s"])
    days = chance.randrange(-15, 16)
    return "add_days", at, days or ("e" in options) * 3, options or "-"


def any_questions(chance, middle):
    start = int(datetime(middle.year, middle.month, middle.day, tzinfo=timezone.utc).timestamp()) * SECOND
    for _ in range(QUESTIONS):
        at = start + chance.randrange(-3 * DAY, 3 * DAY)
        at -= chance.choice([0, at % (60 * SECOND), at % SECOND])
        span = int(SPAN * chance.random() ** 8) * chance.choice([1, 1, -1])
        what = chance.choice(["between", "between", "add", "add", "add_days", "count_days", "is_open", "next_open",
                              "next_close", "next_opening", "prev_close"])
        if what == "between":
            yield what, at, at + span
        elif what == "add":
            yield any_add(chance, at, span)
        elif what == "add_days":
            yield any_add_days(chance, at)
        elif what == "count_days":
            yield what, at, at + chance.randrange(-SPAN, SPAN), chance.choice(["inclusive", "exclude_start"])
        else:
            yield what, at


def said_by(oracle, what, arguments):
    if what == "add" and arguments[1] == 0:
        zero = {"earliest": "snap"}.get(arguments[2], arguments[2])
        return oracle.add(*arguments[:2], zero=zero)
    if what == "add_days":
        roll = "forward" if "f" in arguments[2] else "backward" if "b" in arguments[2] else "none"
        # The oracle keeps whole seconds of the time of day.
        rest = 0 if "e" in arguments[2] else arguments[0] % SECOND
        landed = oracle.add_days(*arguments[:2], "none", "s" in arguments[2], "e" in arguments[2]) + rest
        return {"none": lambda at: at, "forward": oracle.next_open, "backward": oracle.prev_close}[roll](landed)
    return getattr(oracle, what)(*arguments)


def expected(oracle, question):
    """What the oracle says, written as the program writes it."""
    what, *arguments = question
    said = said_by(oracle, what, arguments)
    return "never" if said is None else str(int(said))


def compare(program, module, cases, chance):
    """Differences, and how many questions were asked."""
    script, wanted = [], []
    for _ in range(cases // QUESTIONS):
        zone = chance.choice(ZONES)
        middle = any_middle(chance, zone)
        calendar = any_calendar(chance, zone, middle)
        oracle = module.Cal(calendar)
        script += ["term " + term for term in terms(calendar)] + ["calendar"]
        for question in any_questions(chance, middle):
            script.append(" ".join(map(str, question)))
            wanted.append((calendar, question, expected(oracle, question)))
    run = subprocess.run([program], input="\n".join(script) + "\n", capture_output=True, text=True)
    found = run.stdout.splitlines()
    differences = [f"{question}: {answer}, not {right}; {calendar}"
                   for (calendar, question, right), answer in zip(wanted, found) if answer != right]
    if run.returncode or len(found) != len(wanted) or run.stderr:
        differences.append(f"{len(found)} answers to {len(wanted)} questions, exit status {run.returncode}")
        differences += run.stderr.splitlines()[:5]
    return differences, len(wanted)


def main():
    program, folder = sys.argv[1:3]
    cases = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(2 ** 32)
    tap = Tap()
    if not (pathlib.Path(folder) / "sla_oracle.py").exists():
        tap.skip("the library agrees with the oracle in Python", "sla_oracle.py is not there")
        tap.done()
    sys.path.insert(0, folder)
    import sla_oracle
    if os.environ.get("BPO_QUICK"):
        cases //= 10
    differences, asked = compare(program, sla_oracle, cases, random.Random(seed))
    print(f"# oracle: {asked} cases against the oracle in Python, seed {seed}, {len(differences)} differences")
    tap.that(not differences and asked >= cases // QUESTIONS * QUESTIONS,
             f"{asked} answers agree with the oracle in Python", differences[:20] + [f"seed {seed}"])
    tap.done()


main()
