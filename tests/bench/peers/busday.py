#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Answers the questions of tests/bench/run with numpy's busday_count over pandas' time zones, all instants at once.

Monday to Friday, nine to five, ten holidays a year, New York. For each line "QUESTION COUNT" it prints nanoseconds for
each instant and a sum to compare.
"""
import sys
import time

import numpy
import pandas

OPEN, CLOSE, DAY = 9 * 3600, 17 * 3600, 86400
SPANS = {"between-1-day": DAY, "between-30-days": 30 * DAY, "between-1-year": 365 * DAY}


def position(seconds, weeks):
    """Open seconds before each instant, counted from 1970."""
    local = pandas.DatetimeIndex(seconds.astype("datetime64[s]"), tz="UTC").tz_convert("America/New_York")
    wall = local.tz_localize(None).to_numpy().astype("datetime64[s]")
    days = wall.astype("datetime64[D]")
    of_day = (wall - days).astype(numpy.int64)
    whole = numpy.busday_count(numpy.datetime64("1970-01-01"), days, busdaycal=weeks)
    today = numpy.is_busday(days, busdaycal=weeks) * (numpy.clip(of_day, OPEN, CLOSE) - OPEN)
    return whole * (CLOSE - OPEN) + today


def main():
    instants = numpy.loadtxt(sys.argv[1], dtype=numpy.int64)
    with open(sys.argv[2], encoding="ascii") as file:
        weeks = numpy.busdaycalendar(holidays=file.read().split())
    for line in sys.stdin:
        question, count = line.split()
        asked = instants[: int(count)]
        if question not in SPANS:
            print("-1 -1", flush=True)
            continue
        start = time.perf_counter_ns()
        open_time = position(asked + SPANS[question], weeks) - position(asked, weeks)
        spent = time.perf_counter_ns() - start
        print(spent / len(asked), int(open_time.sum()), flush=True)


main()
