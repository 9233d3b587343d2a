/* SPDX-License-Identifier: Apache-2.0 */
/* bpo-vectors [--tap] FILE...: runs every vector of the files through the library.
 *
 * Each failing id is printed with what was expected and found, each vector that was skipped for an option with that
 * option, each kind that is not built once with its number. The last line counts; the exit status is 1 on any failure.
 * With --tap each vector is a line of the Test Anything Protocol instead, and a kind that is not built is one skip. */
#include "driver.h"
#include "support/host.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tally {
    bool tap;
    size_t lines; /* of TAP */
    size_t passed;
    size_t failed;
    size_t skipped;
    json_t *unbuilt;   /* kind -> number of vectors */
    json_t *unchecked; /* "kind: key" -> number of vectors */
} tally;

static const kind *const tables[] = {calendar_kinds, ticket_kinds,  rounding_kinds, charge_kinds,
                                     month_kinds,    measure_kinds, log_kinds,      amendment_kinds};

/* --- inputs --------------------------------------------------------------------------------------------------- */

const char *text_of(const json_t *object, const char *key, const char *otherwise)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? json_string_value(value) : otherwise;
}

int64_t integer_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

bpo_time instant_of(vector *v, const json_t *value)
{
    bpo_time at = 0;
    bpo_error err = BPO_ERROR_INIT;
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    succeeded(v, bpo_time_parse(text, &at, &err), &err);
    return at;
}

bpo_duration seconds_of(const json_t *value)
{
    if (json_is_integer(value))
        return json_integer_value(value) * BPO_SECOND;
    return llround(json_real_value(value) * 1e6);
}

/* --- results -------------------------------------------------------------------------------------------------- */

bool expects(const vector *v, const char *key)
{
    return json_object_get(v->expected, key) != NULL;
}

void fail(vector *v, const char *where, const char *expected, const char *found)
{
    fprintf(v->details, "FAIL %s%s%s: expected %s, found %s\n", v->id, where[0] ? " " : "", where, expected, found);
    v->failed = true;
}

void skip(vector *v, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(v->skipped, sizeof v->skipped, format, arguments);
    va_end(arguments);
}

bool succeeded(vector *v, bpo_status status, const bpo_error *err)
{
    char said[BPO_ERROR_PATH_SIZE + BPO_ERROR_MESSAGE_SIZE + 64];
    if (status >= 0)
        return true;
    snprintf(said, sizeof said, "%s: %s: %s", bpo_status_name(status), err->path, err->message);
    fail(v, "", "success", said);
    return false;
}

/* The expectation under a key, marked as compared; NULL where the vector asks for nothing there. */
static const json_t *expectation(vector *v, const char *key)
{
    const json_t *value = json_object_get(v->expected, key);
    if (value)
        json_object_set_new(v->checked, key, json_true());
    return value;
}

/* Text of any expectation, to be freed. */
static char *wording(const json_t *value)
{
    if (json_is_string(value))
        return strdup(json_string_value(value));
    return json_dumps(value, JSON_ENCODE_ANY);
}

static void compare(vector *v, const char *key, bool same, const char *found)
{
    if (!same) {
        char *expected = wording(json_object_get(v->expected, key));
        fail(v, key, expected, found);
        free(expected);
    }
}

void expect_text(vector *v, const char *key, const char *found)
{
    const json_t *value = expectation(v, key);
    if (value)
        compare(v, key, json_is_string(value) && strcmp(json_string_value(value), found) == 0, found);
}

/* Writes a decimal without what does not change its value: "+", leading and trailing zeros, "-0". */
static void normalize(const char *text, char *into, size_t room)
{
    bool negative = *text == '-';
    text += negative;
    while (*text == '0' && text[1] >= '0' && text[1] <= '9')
        text++;
    size_t size = strlen(text);
    if (strchr(text, '.')) {
        while (text[size - 1] == '0')
            size--;
        if (text[size - 1] == '.')
            size--;
    }
    bool zero = size == 1 && text[0] == '0';
    snprintf(into, room, "%s%.*s", negative && !zero ? "-" : "", (int)size, text);
}

void expect_decimal(vector *v, const char *key, const char *found)
{
    char left[512];
    char right[512];
    const json_t *value = expectation(v, key);
    if (!value)
        return;
    char *expected = wording(value);
    normalize(expected, left, sizeof left);
    normalize(found, right, sizeof right);
    free(expected);
    compare(v, key, strcmp(left, right) == 0, found);
}

void expect_integer(vector *v, const char *key, int64_t found)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)found);
    expect_decimal(v, key, text);
}

void expect_instant(vector *v, const char *key, bpo_time found)
{
    char text[BPO_TIME_TEXT_SIZE] = "never";
    const json_t *value = expectation(v, key);
    if (!value)
        return;
    bpo_time expected = json_is_null(value) ? BPO_TIME_NEVER : instant_of(v, value);
    bpo_time_format(found, text, sizeof text);
    compare(v, key, expected == found, text);
}

void expect_seconds(vector *v, const char *key, bpo_duration found)
{
    char text[48];
    const json_t *value = expectation(v, key);
    if (!value)
        return;
    snprintf(text, sizeof text, "%.6f", (double)found / 1e6);
    compare(v, key, seconds_of(value) == found, text);
}

void expect_flag(vector *v, const char *key, bool found)
{
    const json_t *value = expectation(v, key);
    if (value)
        compare(v, key, json_is_true(value) == found, found ? "true" : "false");
}

/* --- running -------------------------------------------------------------------------------------------------- */

static void count(json_t *counts, const char *name)
{
    json_object_set_new(counts, name, json_integer(integer_of(counts, name) + 1));
}

static const kind *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const kind *k = tables[i]; k->name; k++)
            if (strcmp(k->name, name) == 0)
                return k;
    return NULL;
}

/* Where the source disagrees with us, the oracle's value stands for the source's. */
static json_t *expectations(const json_t *whole)
{
    json_t *bare = json_object_get(whole, "expect");
    const json_t *expected = json_object_get(whole, "expected");
    const json_t *oracle = json_object_get(json_object_get(whole, "disagreement"), "oracle_value");
    if (!expected)
        return bare ? json_pack("{s:O}", "", bare) : json_object();
    json_t *copy = json_deep_copy(expected);
    const char *key = json_object_iter_key(json_object_iter(copy));
    if (json_is_object(oracle))
        json_object_update(copy, (json_t *)oracle);
    else if (oracle && key)
        json_object_set(copy, json_object_get(copy, "amount") ? "amount" : key, (json_t *)oracle);
    return copy;
}

static const char *kind_of(const json_t *whole)
{
    if (json_object_get(whole, "events") && json_object_get(whole, "checks"))
        return "ticket";
    return text_of(whole, "kind", text_of(whole, "op", text_of(whole, "formula", "unknown")));
}

static void note_unchecked(const vector *v, const char *name, tally *t)
{
    char what[160];
    const char *key;
    json_t *value;
    json_object_foreach(v->expected, key, value)
    {
        snprintf(what, sizeof what, "%s: %s", name, key);
        if (!json_object_get(v->checked, key))
            count(t->unchecked, what);
    }
}

static void print_tap(tally *t, const char *outcome, const char *id, const char *why)
{
    if (t->tap)
        printf("%s %zu - %s%s%s\n", outcome, ++t->lines, id, why[0] ? " # SKIP " : "", why);
}

static void judge(vector *v, const char *name, tally *t)
{
    if (!v->failed && !v->skipped[0] && json_object_size(v->checked) == 0)
        fail(v, "", "something that could be compared", "nothing");
    if (v->failed) {
        t->failed++;
        print_tap(t, "not ok", v->id, "");
    } else if (v->skipped[0]) {
        if (!t->tap)
            printf("skip %s: %s\n", v->id, v->skipped);
        t->skipped++;
        print_tap(t, "ok", v->id, v->skipped);
    } else {
        t->passed++;
        print_tap(t, "ok", v->id, "");
        note_unchecked(v, name, t);
    }
}

static void run_vector(bpo_context *context, const json_t *file, const json_t *whole, tally *t)
{
    const char *name = kind_of(whole);
    const kind *k = find_kind(name);
    if (!k) {
        count(t->unbuilt, name);
        t->skipped++;
        return;
    }
    const json_t *input = json_object_get(whole, "input");
    vector v = {.context = context, .id = text_of(whole, "id", "?"), .whole = whole};
    v.details = t->tap ? stderr : stdout;
    v.calendars = json_object_get(file, "calendars");
    v.input = input ? input : json_object_get(whole, "in");
    v.expected = expectations(whole);
    v.checked = json_object();
    k->run(&v);
    judge(&v, name, t);
    json_decref(v.expected);
    json_decref(v.checked);
}

static bool known_schema(const char *schema)
{
    static const char *const known[] = {"libbpo-sla-vectors/1", "libbpo-pricing-vectors/1", "libbpo-kpi-vectors/1",
                                        "libbpo-lifecycle-vectors/1"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(schema, known[i]) == 0)
            return true;
    return false;
}

static void run_file(bpo_context *context, const char *path, tally *t)
{
    json_error_t why;
    json_t *file = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    if (!file || !known_schema(text_of(file, "schema", ""))) {
        fprintf(t->tap ? stderr : stdout, "FAIL %s: %s\n", path, file ? "its schema is none of the four" : why.text);
        t->failed++;
        print_tap(t, "not ok", path, "");
        json_decref(file);
        return;
    }
    const json_t *vectors = json_object_get(file, "vectors");
    if (!vectors)
        vectors = json_object_get(file, "scenarios");
    size_t index;
    const json_t *whole;
    json_array_foreach(vectors, index, whole)
    {
        run_vector(context, file, whole, t);
    }
    json_decref(file);
}

static void print_counts(const json_t *counts, const char *what)
{
    const char *name;
    const json_t *number;
    json_object_foreach((json_t *)counts, name, number)
    {
        printf("%s %s: %lld\n", what, name, (long long)json_integer_value(number));
    }
}

static void print_summary(tally *t)
{
    const char *name;
    const json_t *number;
    if (t->tap) {
        json_object_foreach(t->unbuilt, name, number)
        {
            print_tap(t, "ok", name, "kind that is not built yet");
        }
        printf("1..%zu\n", t->lines);
        return;
    }
    print_counts(t->unbuilt, "skip kind that is not built yet,");
    print_counts(t->unchecked, "note result that is not built yet,");
    printf("%zu passed, %zu failed, %zu skipped\n", t->passed, t->failed, t->skipped);
}

int main(int argc, char **argv)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    tally t = {.tap = argc > 1 && strcmp(argv[1], "--tap") == 0};
    int first = t.tap ? 2 : 1;
    if (argc <= first || bpo_context_new(&host, &context, NULL) < 0) {
        fprintf(stderr, "usage: bpo-vectors [--tap] FILE...\n");
        return 2;
    }
    t.unbuilt = json_object();
    t.unchecked = json_object();
    for (int i = first; i < argc; i++)
        run_file(context, argv[i], &t);
    print_summary(&t);
    json_decref(t.unbuilt);
    json_decref(t.unchecked);
    bpo_context_unref(context);
    return t.failed > 0;
}
