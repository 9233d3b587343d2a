/* SPDX-License-Identifier: Apache-2.0 */
/* Business calendars as their definition says, second by second: slow, obvious, and without a line of the library.
 *
 * The wall clock is the C library's. A window lists for each of its seconds whether it is open; every answer is found
 * by walking over that list. A window of years goes by minutes: good for hours and offsets of whole minutes. */
#ifndef BPO_TESTS_NAIVE_CALENDAR_H
#define BPO_TESTS_NAIVE_CALENDAR_H

#include <stdint.h>

#define NAIVE_LIST_MOST 8
#define NAIVE_NONE      INT64_MIN       /* the answer lies outside the window */
#define NAIVE_NEVER     (INT64_MIN + 1) /* more than ten years (3653 days) are closed, or for a close, open */

typedef struct naive_range {
    int from;  /* seconds of the day */
    int until; /* beyond 86400: on the next day */
} naive_range;

typedef struct naive_hours {
    int date; /* yyyymmdd; not used for a weekday */
    int count;
    naive_range ranges[NAIVE_LIST_MOST];
} naive_hours;

typedef struct naive_stack naive_stack;

typedef struct naive_calendar {
    naive_stack *stack;  /* if set, it says what holds on each date, and the rest here is not used */
    naive_hours week[7]; /* Sunday first */
    int holiday_count;
    int holidays[NAIVE_LIST_MOST]; /* yyyymmdd, or mmdd for every year */
    int override_count;
    naive_hours overrides[NAIVE_LIST_MOST];
    int closure_count;
    naive_hours closures[NAIVE_LIST_MOST];
    int holidays_by_shift_start;
    int override_beats_holiday;
    int holiday_tag; /* of a date of a stack: the number in its holiday's name */
} naive_calendar;

typedef struct naive_window {
    int64_t first; /* second since 1970 */
    int64_t count;
    unsigned char *open; /* one for each step */
    int64_t step;        /* 1, or 60 for minutes */
} naive_window;

/* Fills a window by asking of each step what the clock on the wall shows; TZ names the wall. */
void naive_window_fill(naive_window *window, const naive_calendar *calendar);

/* What a second is, and the change of the clock at its start. */
enum { NAIVE_OPEN = 1, NAIVE_CLOSED = 2, NAIVE_HOLIDAY = 3 };
int naive_reason(const naive_calendar *calendar, int64_t second);
int naive_clock_change(int64_t second);
/* The first second of a window that the clock's change begins; NAIVE_NONE without one. */
int64_t naive_first_change(const naive_window *window);
/* The number in the name of that holiday. */
int naive_holiday_tag(const naive_calendar *calendar, int64_t second);

/* Working dates; instants in microseconds. NAIVE_NEVER where ten years have none. */
typedef struct naive_days_options {
    int snap_origin;
    int end_of_day;
} naive_days_options;
int64_t naive_add_days(const naive_calendar *calendar, int64_t from, int days, naive_days_options options);
int naive_count_days(const naive_calendar *calendar, int64_t from, int64_t until, int inclusive);

/* Instants and durations in microseconds. */
int naive_is_open(const naive_window *window, int64_t at);
int64_t naive_between(const naive_window *window, int64_t from, int64_t until);
int64_t naive_add(const naive_window *window, int64_t from, int64_t open, int latest);
int64_t naive_next_open(const naive_window *window, int64_t at);
int64_t naive_prev_close(const naive_window *window, int64_t at);
int64_t naive_next_opening(const naive_window *window, int64_t at);
int64_t naive_next_close(const naive_window *window, int64_t at);
/* Where what begins at an instant, open or closed, ends; at `until` at the latest. */
int64_t naive_piece_end(const naive_window *window, int64_t at, int64_t until);

#endif
