/* SPDX-License-Identifier: Apache-2.0 */
/* Answers found by walking over a window. */
#define _GNU_SOURCE
#include "naive_calendar.h"
#include <string.h>

#define SECOND 1000000
#define DAY    86400

#define TEN_YEARS (INT64_C(3653) * DAY * SECOND)

static int64_t floor_second(int64_t at)
{
    return at / SECOND - (at % SECOND < 0);
}

/* The step that holds an instant, and where it starts. */
static int64_t step_of(const naive_window *w, int64_t at)
{
    int64_t seconds = floor_second(at) - w->first;
    return seconds / w->step - (seconds % w->step < 0);
}

static int64_t start_of(const naive_window *w, int64_t step)
{
    return (w->first + step * w->step) * SECOND;
}

/* 1, 0, or -1 outside the window. */
static int state_of(const naive_window *w, int64_t step)
{
    return step < 0 || step >= w->count ? -1 : w->open[step];
}

/* The first step from one on that is open or not, or the window's end; and the last up to one, or -1. */
static int64_t next_step(const naive_window *w, int64_t step, int open)
{
    if (state_of(w, step) < 0)
        return step;
    const unsigned char *found = memchr(w->open + step, open, (size_t)(w->count - step));
    return found ? found - w->open : w->count;
}

static int64_t last_step(const naive_window *w, int64_t step, int open)
{
    if (state_of(w, step) < 0)
        return step;
    const unsigned char *found = memrchr(w->open, open, (size_t)step + 1);
    return found ? found - w->open : -1;
}

int naive_is_open(const naive_window *window, int64_t at)
{
    return state_of(window, step_of(window, at));
}

/* How much of a step lies between two instants, if it is open. */
static int64_t part_of(const naive_window *w, int64_t step, int64_t from, int64_t until)
{
    int64_t begin = start_of(w, step) < from ? from : start_of(w, step);
    int64_t end = start_of(w, step + 1) > until ? until : start_of(w, step + 1);
    return state_of(w, step) == 1 && begin < end ? end - begin : 0;
}

/* The first and the last step in part, those between them whole. */
int64_t naive_between(const naive_window *window, int64_t from, int64_t until)
{
    if (until < from)
        return -naive_between(window, until, from);
    int64_t first = step_of(window, from), last = step_of(window, until);
    int64_t sum = part_of(window, first, from, until);
    int64_t whole = 0;
    for (int64_t s = first + 1; s < last; s++)
        whole += state_of(window, s) == 1;
    return sum + whole * window->step * SECOND + (last > first ? part_of(window, last, from, until) : 0);
}

static int is_answer(int64_t at)
{
    return at != NAIVE_NONE && at != NAIVE_NEVER;
}

/* A search that went from one instant to another, the start of a step, and ended there. */
static int64_t found(const naive_window *window, int64_t step, int wanted, int64_t from, int64_t at)
{
    int64_t passed = at > from ? at - from : from - at;
    if (passed > TEN_YEARS)
        return NAIVE_NEVER;
    return state_of(window, step) == wanted ? at : NAIVE_NONE;
}

int64_t naive_next_open(const naive_window *window, int64_t at)
{
    int64_t s = step_of(window, at);
    if (state_of(window, s) == 1)
        return at;
    s = next_step(window, s, 1);
    return found(window, s, 1, at, start_of(window, s));
}

/* The latest instant not after `at` just before which it is open. */
int64_t naive_prev_close(const naive_window *window, int64_t at)
{
    int64_t s = step_of(window, at - 1);
    if (state_of(window, s) == 1)
        return at;
    s = last_step(window, s, 1);
    return found(window, s, 1, at, start_of(window, s + 1));
}

/* The end of the period that holds an open instant. */
static int64_t end_of_period(const naive_window *window, int64_t at)
{
    int64_t s = next_step(window, step_of(window, at), 0);
    return found(window, s, 0, at, start_of(window, s));
}

int64_t naive_next_opening(const naive_window *window, int64_t at)
{
    int64_t close = state_of(window, step_of(window, at)) == 1 ? end_of_period(window, at) : at;
    return is_answer(close) ? naive_next_open(window, close) : close;
}

int64_t naive_next_close(const naive_window *window, int64_t at)
{
    int64_t open = naive_next_open(window, at);
    return is_answer(open) ? end_of_period(window, open) : open;
}

int64_t naive_piece_end(const naive_window *window, int64_t at, int64_t until)
{
    int64_t s = step_of(window, at);
    s = next_step(window, s, !state_of(window, s));
    return start_of(window, s) < until ? start_of(window, s) : until;
}

/* Open time step by step; closed time is passed over, unless it is never over. */
static int64_t go_forward(const naive_window *window, int64_t at, int64_t open)
{
    for (int64_t s = step_of(window, at); open > 0; s++) {
        if (state_of(window, s) != 1) {
            at = naive_next_open(window, at);
            if (!is_answer(at))
                return at;
            s = step_of(window, at);
        }
        int64_t rest = start_of(window, s + 1) - at;
        int64_t passed = open < rest ? open : rest;
        at += passed;
        open -= passed;
    }
    return at;
}

static int64_t go_back(const naive_window *window, int64_t at, int64_t open)
{
    for (int64_t s = step_of(window, at - 1); open > 0; s--) {
        if (state_of(window, s) != 1) {
            at = naive_prev_close(window, at);
            if (!is_answer(at))
                return at;
            s = step_of(window, at - 1);
        }
        int64_t rest = at - start_of(window, s);
        int64_t passed = open < rest ? open : rest;
        at -= passed;
        open -= passed;
    }
    return at;
}

int64_t naive_add(const naive_window *window, int64_t from, int64_t open, int latest)
{
    if (open == 0)
        return naive_next_open(window, from);
    int64_t at = open > 0 ? go_forward(window, from, open) : go_back(window, from, -open);
    if (!is_answer(at) || !latest)
        return at;
    return open > 0 ? naive_next_open(window, at) : naive_prev_close(window, at);
}
