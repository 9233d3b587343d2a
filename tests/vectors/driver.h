/* SPDX-License-Identifier: Apache-2.0 */
/* What a kind of vectors is to the driver: a function that runs the library and says what it found.
 *
 * A runner gives each result to expect_...(), which compares it with the vector's expectation (or, where the source
 * disagrees with us, with the oracle's value). What it cannot express it hands to skip(), so that it is seen. */
#ifndef BPO_TESTS_VECTORS_DRIVER_H
#define BPO_TESTS_VECTORS_DRIVER_H

#include <bpo/bpo.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct vector {
    bpo_context *context;
    const char *id;
    const json_t *calendars; /* of the file, or NULL */
    const json_t *whole;     /* the vector itself */
    const json_t *input;     /* its "input" or "in" */
    json_t *expected;        /* object of results; a bare "expect" stands under "" */
    json_t *checked;         /* keys of expected that were compared */
    FILE *details;           /* where failures are told */
    bool failed;
    char skipped[160]; /* why it was skipped; empty: it was not */
} vector;

typedef struct kind {
    const char *name;
    void (*run)(vector *v);
} kind;

/* Tables of the kinds that are built, each ended by an entry without a name. */
extern const kind calendar_kinds[];
extern const kind ticket_kinds[];
extern const kind rounding_kinds[];
extern const kind charge_kinds[];
extern const kind month_kinds[];
extern const kind measure_kinds[];
extern const kind log_kinds[];
extern const kind amendment_kinds[];

/* Inputs. A missing one gives NULL, 0 or the given default. */
const char *text_of(const json_t *object, const char *key, const char *otherwise);
int64_t integer_of(const json_t *object, const char *key);
bpo_time instant_of(vector *v, const json_t *value);
/* Seconds, whole or with a fraction, as microseconds. */
bpo_duration seconds_of(const json_t *value);

/* Results. */
void expect_text(vector *v, const char *key, const char *found);
void expect_decimal(vector *v, const char *key, const char *found); /* equal by value: 5 = 5.00 */
void expect_integer(vector *v, const char *key, int64_t found);
void expect_instant(vector *v, const char *key, bpo_time found); /* BPO_TIME_NEVER is null */
void expect_seconds(vector *v, const char *key, bpo_duration found);
void expect_flag(vector *v, const char *key, bool found);
bool expects(const vector *v, const char *key);
/* A call that should not have failed: says so and fails the vector. False for a negative status. */
bool succeeded(vector *v, bpo_status status, const bpo_error *err);
void fail(vector *v, const char *where, const char *expected, const char *found);
void skip(vector *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sets one term; false and a failed vector where that is refused. */
bool set_term(vector *v, bpo_terms *terms, const char *path, const char *value);
/* The terms of a calendar of the vectors below a path; false where it cannot be expressed. */
bool set_calendar(vector *v, bpo_terms *terms, const char *below, const char *name);

#endif
