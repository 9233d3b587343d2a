/* SPDX-License-Identifier: Apache-2.0 */
/* Random hours, holidays and versions: each is written down twice, as terms and for the naive definition. */
#define _GNU_SOURCE
#include "made_layers.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY 86400

static const char *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

int made_any(made_family *f, int below)
{
    return (int)test_random_below(f->random, (uint64_t)below);
}

/* One term at a path below a calendar's. */
void made_term(made_family *f, const char *base, const char *value, const char *format, ...)
{
    char path[256];
    bpo_error err = BPO_ERROR_INIT;
    int size = snprintf(path, sizeof path, "%s/", base);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path + size, sizeof path - (size_t)size, format, arguments);
    va_end(arguments);
    if (bpo_terms_set(f->terms, path, value, &err) == BPO_OK)
        return;
    f->refused++;
    printf("%s = %s: %s\n", path, value, err.message);
}

/* --- dates -------------------------------------------------------------------------------------------------------- */

/* A date in or around the window. */
static naive_date any_date(made_family *f)
{
    time_t t = (time_t)(f->first - 2 * DAY + (int64_t)test_random_below(f->random, (uint64_t)(f->length + 4 * DAY)));
    struct tm tm;
    t -= (t % DAY + DAY) % DAY;
    gmtime_r(&t, &tm);
    naive_date date = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_wday};
    return date;
}

static void date_text(naive_date date, char *text, size_t size)
{
    snprintf(text, size, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* --- hours -------------------------------------------------------------------------------------------------------- */

/* Full and quarter hours, where clocks change, and any. */
static int any_second_of_day(made_family *f)
{
    switch (made_any(f, 4)) {
    case 0:
        return made_any(f, 24) * 3600;
    case 1:
        return made_any(f, 96) * 900;
    case 2:
        return made_any(f, 8) * 1800;
    default:
        return made_any(f, DAY / f->grain) * f->grain;
    }
}

/* 09:00, or 09:00:01 where it takes seconds. */
static int write_time(char *text, size_t size, int second)
{
    int length = snprintf(text, size, "%02d:%02d", second / 3600, second / 60 % 60);
    if (second % 60 != 0)
        length += snprintf(text + length, size - (size_t)length, ":%02d", second % 60);
    return length;
}

/* An end at the next 00:00 is written 24:00 or 00:00; one that is not after its start lies on the next day. */
static void write_range(made_family *f, const naive_range *range, char *text, size_t size)
{
    int until = range->until == DAY && made_any(f, 2) ? DAY : range->until % DAY;
    int length = write_time(text, size, range->from);
    length += snprintf(text + length, size - (size_t)length, made_any(f, 4) ? "-" : " - ");
    write_time(text + length, size - (size_t)length, until);
}

/* Where a range starts or ends: anywhere, or at the end of the one before, or right beside it. */
static int any_edge(made_family *f, const naive_hours *hours, int i)
{
    if (i == 0 || made_any(f, 3))
        return any_second_of_day(f);
    return (hours->ranges[i - 1].until + (made_any(f, 3) - 1) * f->grain + DAY) % DAY;
}

static naive_hours any_hours(made_family *f, int most, char *text, size_t size)
{
    naive_hours hours = {0};
    text[0] = '\0';
    hours.count = made_any(f, most + 1);
    for (int i = 0; i < hours.count; i++) {
        naive_range *range = &hours.ranges[i];
        range->from = any_edge(f, &hours, i);
        range->until = made_any(f, 6) ? any_second_of_day(f) : DAY;
        if (range->until <= range->from)
            range->until += DAY;
        size_t length = strlen(text);
        length += (size_t)snprintf(text + length, size - length, "%s", i ? ", " : "");
        write_range(f, range, text + length, size - length);
    }
    return hours;
}

/* The same hours from Monday to Friday, at once. */
static void add_office(made_family *f, const char *path, naive_layer *layer)
{
    int split = made_any(f, 2);
    naive_hours office = {0, 1, {{9 * 3600, 17 * 3600}}};
    naive_hours halves = {0, 2, {{8 * 3600 + 1800, 12 * 3600}, {13 * 3600 + 900, 18 * 3600}}};
    made_term(f, path, split ? "08:30-12:00, 13:15-18:00" : "09:00-17:00", "hours/mon-fri");
    for (int day = 1; day <= 5; day++) {
        layer->week[day] = split ? halves : office;
        layer->sets_day[day] = 1;
    }
}

/* Around the clock, but for one weekday; -1: on all. */
static void add_whole_days(made_family *f, const char *path, naive_layer *layer, int closed)
{
    int shifted = made_any(f, 2);
    for (int day = 0; day < 7; day++) {
        int from = shifted && made_any(f, 3) == 0 ? 3600 * made_any(f, 24) : 0;
        naive_hours whole = {0, day != closed, {{from, from + DAY}}};
        char text[32] = "";
        if (day != closed)
            write_range(f, &whole.ranges[0], text, sizeof text);
        layer->week[day] = whole;
        layer->sets_day[day] = 1;
        made_term(f, path, text, "hours/%s", days[day]);
    }
}

/* Some of the weekdays or all of them, or one alone; each with up to so many ranges, in some calendars none. */
static void add_week(made_family *f, const char *path, naive_layer *layer, int all)
{
    int kind = made_any(f, 9);
    int alone = kind == 5 ? made_any(f, 7) : -1;
    int most = kind == 3 ? 0 : kind == 4 ? 1 : 4;
    char text[256];
    if (kind < 2) {
        add_office(f, path, layer);
        return;
    }
    if (kind == 2) {
        add_whole_days(f, path, layer, made_any(f, 8) - 1);
        return;
    }
    for (int day = 0; day < 7; day++) {
        if (!all && made_any(f, 2))
            continue;
        layer->week[day] = any_hours(f, alone < 0 || alone == day ? most : 0, text, sizeof text);
        layer->sets_day[day] = 1;
        made_term(f, path, text, "hours/%s", days[day]);
    }
}

static int has_date(const naive_hours *list, int count, int date)
{
    for (int i = 0; i < count; i++)
        if (list[i].date == date)
            return 1;
    return 0;
}

static void add_dated_hours(made_family *f, const char *path, const char *section, naive_hours *list, int *count)
{
    for (int tries = made_any(f, 4); tries > 0; tries--) {
        char text[256], date_word[16];
        naive_date date = any_date(f);
        if (has_date(list, *count, naive_date_number(date)))
            continue;
        list[*count] = any_hours(f, 3, text, sizeof text);
        list[(*count)++].date = naive_date_number(date);
        date_text(date, date_word, sizeof date_word);
        made_term(f, path, text, "%s/%s", section, date_word);
    }
}

/* --- holidays ----------------------------------------------------------------------------------------------------- */

/* `holiday 0017`: names in the order of their numbers. */
static int any_tag(made_family *f, char *text, size_t size)
{
    snprintf(text, size, "holiday %04d", ++f->tags);
    return f->tags;
}

static int has_holiday(const naive_layer *layer, int entry)
{
    for (int i = 0; i < layer->holiday_count; i++)
        if (layer->holidays[i] == entry)
            return 1;
    return 0;
}

static void add_holidays(made_family *f, const char *path, naive_layer *layer)
{
    for (int tries = made_any(f, 4); tries > 0; tries--) {
        char name[32], word[16];
        naive_date date = any_date(f);
        int yearly = made_any(f, 2);
        int entry = yearly ? date.month * 100 + date.day : naive_date_number(date);
        if (has_holiday(layer, entry))
            continue;
        date_text(date, word, sizeof word);
        if (yearly)
            snprintf(word, sizeof word, "--%02d-%02d", date.month, date.day);
        layer->holiday_tags[layer->holiday_count] = any_tag(f, name, sizeof name);
        layer->holidays[layer->holiday_count++] = entry;
        made_term(f, path, name, "holidays/%s", word);
    }
}

/* A rule of a kind that names a date. */
static void name_date(naive_rule *rule, naive_rule_kind kind, naive_date d, char *text, size_t size)
{
    rule->kind = kind;
    rule->month = d.month;
    rule->day = d.day;
    rule->weekday = d.weekday;
    if (kind == NAIVE_RULE_DATE)
        snprintf(text, size, "--%02d-%02d", d.month, d.day);
    else
        snprintf(text, size, "%s %s --%02d-%02d", days[d.weekday], kind == NAIVE_RULE_FROM ? "from" : "before", d.month,
                 d.day);
}

static void name_nth(naive_rule *rule, naive_date d, int from_end, int fifth, char *text, size_t size)
{
    rule->kind = NAIVE_RULE_NTH;
    rule->month = d.month;
    rule->weekday = d.weekday;
    rule->nth = from_end ? -((naive_month_length(d.year, d.month) - d.day) / 7 + 1) : (d.day - 1) / 7 + 1;
    if (fifth) /* which some years do not have */
        rule->nth = from_end ? -5 : 5;
    snprintf(text, size, "%s#%d of %s", days[d.weekday], rule->nth, months[d.month - 1]);
}

static int day_number(int date)
{
    struct tm tm = {.tm_year = date / 10000 - 1900, .tm_mon = date / 100 % 100 - 1, .tm_mday = date % 100};
    return (int)(timegm(&tm) / DAY);
}

/* Counted from Easter to the date. */
static int name_easter(naive_rule *rule, naive_date d, int orthodox, char *text, size_t size)
{
    int offset =
        day_number(naive_date_number(d)) - day_number(orthodox ? naive_orthodox_easter(d.year) : naive_easter(d.year));
    rule->kind = orthodox ? NAIVE_RULE_ORTHODOX_EASTER : NAIVE_RULE_EASTER;
    rule->offset = offset;
    snprintf(text, size, "%s%+d", orthodox ? "orthodox_easter" : "easter", offset);
    return offset >= -250 && offset <= 250;
}

/* The text of a rule that holds on a date, before it moves; now and then some days beside. */
static void any_rule_text(made_family *f, naive_rule *rule, char *text, size_t size)
{
    int offset = made_any(f, 3) == 0 ? made_any(f, 501) - 250 : 0;
    naive_date date = naive_date_after(naive_date_number(any_date(f)), -offset);
    naive_date near = naive_date_after(naive_date_number(date), made_any(f, 7) - 3); /* of an anchor */
    int choice = made_any(f, 8);
    if (choice < 2 && name_easter(rule, naive_date_after(naive_date_number(date), offset), choice, text, size))
        return;
    memset(rule, 0, sizeof *rule);
    if (choice < 4)
        name_nth(rule, date, choice == 2, made_any(f, 3) == 0, text, size);
    else if (choice < 6)
        name_date(rule, choice == 4 ? NAIVE_RULE_FROM : NAIVE_RULE_BEFORE, near, text, size);
    else
        name_date(rule, NAIVE_RULE_DATE, date, text, size);
    rule->offset = offset;
    if (offset != 0)
        snprintf(text + strlen(text), size - strlen(text), " %+d", offset);
}

/* How it is observed: by a word, or by a list. */
static void any_moves(made_family *f, naive_rule *rule, char *text, size_t size)
{
    static const struct {
        const char *word;
        int moves[7];
    } words[] = {{"none", {0}},
                 {"nearest_weekday", {1, 0, 0, 0, 0, 0, -1}},
                 {"next_weekday", {1, 0, 0, 0, 0, 0, 2}},
                 {"previous_weekday", {-2, 0, 0, 0, 0, 0, -1}},
                 {"next_monday", {1, 0, 6, 5, 4, 3, 2}}};
    int choice = made_any(f, 8);
    if (choice < 5) {
        memcpy(rule->moves, words[choice].moves, sizeof rule->moves);
        snprintf(text, size, "%s", words[choice].word);
        return;
    }
    int first = made_any(f, 7), second = (first + 1 + made_any(f, 6)) % 7;
    rule->moves[first] = 1 + made_any(f, 7);
    rule->moves[second] = -1 - made_any(f, 7);
    snprintf(text, size, "%s%+d, %s%+d", days[first], rule->moves[first], days[second], rule->moves[second]);
}

/* A first or last year not far from the window. */
static int any_year(made_family *f, int sign)
{
    return made_any(f, 3) == 0 ? any_date(f).year + sign * made_any(f, 2) : 0;
}

/* A name with a number behind those of titles. */
#define RULE_TAG 100000

static void set_year(made_family *f, const char *path, int tag, const char *field, int year)
{
    char text[16];
    snprintf(text, sizeof text, "%d", year);
    if (year != 0)
        made_term(f, path, text, "holiday_rules/rule%d/%s", tag, field);
}

/* Written as a table with all its fields, or as nothing but the rule, or taken back. */
static void add_rule(made_family *f, const char *path, naive_layer *layer, int index)
{
    naive_rule *rule = &layer->rules[index];
    int tag = RULE_TAG + index;
    char text[64], moves[64], name[32];
    layer->sets_rule[index] = made_any(f, 5) ? NAIVE_YES : NAIVE_NO;
    layer->rule_tags[index] = tag;
    any_rule_text(f, rule, text, sizeof text);
    if (layer->sets_rule[index] == NAIVE_NO || made_any(f, 4) == 0) {
        made_term(f, path, layer->sets_rule[index] == NAIVE_NO ? "none" : text, "holiday_rules/rule%d", tag);
        return;
    }
    any_moves(f, rule, moves, sizeof moves);
    rule->from_year = any_year(f, -1);
    rule->to_year = any_year(f, 1);
    if (rule->to_year != 0 && rule->to_year < rule->from_year)
        rule->to_year = rule->from_year;
    layer->rule_tags[index] = any_tag(f, name, sizeof name);
    made_term(f, path, text, "holiday_rules/rule%d/rule", tag);
    made_term(f, path, moves, "holiday_rules/rule%d/observed", tag);
    made_term(f, path, name, "holiday_rules/rule%d/title", tag);
    set_year(f, path, tag, "from_year", rule->from_year);
    set_year(f, path, tag, "to_year", rule->to_year);
}

/* --- layers ------------------------------------------------------------------------------------------------------- */

/* Anything that a calendar or a version can set; `all` sets the whole week. */
void made_layer(made_family *f, const char *path, made_calendar *c, int from, int all)
{
    naive_layer *layer = &c->stack.layers[c->stack.count++];
    memset(layer, 0, sizeof *layer);
    layer->from = from;
    if (all || made_any(f, 2))
        add_week(f, path, layer, all);
    add_holidays(f, path, layer);
    for (int i = 0; i < NAIVE_RULES_MOST; i++)
        if (made_any(f, 4) == 0)
            add_rule(f, path, layer, i);
    add_dated_hours(f, path, "overrides", layer->overrides, &layer->override_count);
    add_dated_hours(f, path, "closures", layer->closures, &layer->closure_count);
    layer->by_shift_start = made_any(f, 3);
    layer->override_beats_holiday = made_any(f, 3);
    if (layer->by_shift_start != NAIVE_UNSET)
        made_term(f, path, layer->by_shift_start == NAIVE_YES ? "shift_start" : "civil", "scope");
    if (layer->override_beats_holiday != NAIVE_UNSET)
        made_term(f, path, layer->override_beats_holiday == NAIVE_YES ? "true" : "false", "override_beats_holiday");
}

/* A week and nothing else; often one that is always open. */
void made_plain_layer(made_family *f, const char *path, made_calendar *c)
{
    naive_layer *layer = &c->stack.layers[c->stack.count++];
    memset(layer, 0, sizeof *layer);
    if (made_any(f, 2))
        add_whole_days(f, path, layer, -1);
    else
        add_week(f, path, layer, 1);
}

/* Up to two versions, the earlier one first. */
void made_versions(made_family *f, const char *path, made_calendar *c)
{
    int count = made_any(f, 3);
    naive_date dates[2] = {any_date(f), any_date(f)};
    int swap = naive_date_number(dates[0]) > naive_date_number(dates[1]);
    if (naive_date_number(dates[0]) == naive_date_number(dates[1]))
        count = count > 1 ? 1 : count;
    for (int i = 0; i < count; i++) {
        naive_date date = dates[count > 1 && swap ? 1 - i : i];
        char version[128], word[16];
        date_text(date, word, sizeof word);
        snprintf(version, sizeof version, "%s/versions/%s", path, word);
        made_layer(f, version, c, naive_date_number(date), 0);
    }
}

/* A version without hours, or always open, and about ten years later, when the end of that becomes never, another. */
void made_silence(made_family *f, const char *path, made_calendar *c)
{
    time_t t = (time_t)(f->first + (int64_t)test_random_below(f->random, (uint64_t)f->length / 4));
    struct tm tm;
    gmtime_r(&t, &tm);
    int is_open = made_any(f, 2);
    int date = (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
    for (int i = 0; i < 2; i++) {
        naive_date from = naive_date_after(date, i * (3653 + made_any(f, 5) - 2));
        naive_layer *layer = &c->stack.layers[c->stack.count++];
        char version[128], word[16];
        memset(layer, 0, sizeof *layer);
        layer->from = naive_date_number(from);
        date_text(from, word, sizeof word);
        snprintf(version, sizeof version, "%s/versions/%s", path, word);
        for (int day = 0; day < 7; day++) {
            naive_hours hours = {0, i || is_open, {{0, i ? 12 * 3600 : DAY}}};
            layer->week[day] = hours;
            layer->sets_day[day] = 1;
            made_term(f, version, i ? "00:00-12:00" : is_open ? "00:00-24:00" : "", "hours/%s", days[day]);
        }
    }
}
