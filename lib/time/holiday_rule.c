/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for holidays: their text, and their date in a year. */
#include "time/holiday_rule.h"
#include "core/fail.h"
#include "time/date.h"

#define WEEK           7
#define OFFSET_MOST    250  /* days; from any date of a year into the next at most */
#define OBSERVED_MOST  7
#define LEAP_YEAR      2000 /* a year that has every date of any year */

static const char *const day_words[WEEK] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const char *const month_words[12] = {"jan", "feb", "mar", "apr", "may", "jun",
                                            "jul", "aug", "sep", "oct", "nov", "dec"};

/* How holidays are usually moved, by the weekday on which they fall. */
static const struct observed_word {
    const char *word;
    int8_t observed[WEEK];
} observed_words[] = {
    {"none", {0, 0, 0, 0, 0, 0, 0}},
    {"nearest_weekday", {0, 0, 0, 0, 0, -1, 1}},
    {"next_weekday", {0, 0, 0, 0, 0, 2, 1}},
    {"previous_weekday", {0, 0, 0, 0, 0, -1, -2}},
    {"next_monday", {0, 6, 5, 4, 3, 2, 1}},
};

/* --- dates ------------------------------------------------------------------------------------------------------- */

/* The first date after another that is a Sunday. */
static int32_t sunday_after(int32_t days)
{
    return days + WEEK - bpo__weekday_of_days(days) % WEEK;
}

/* The Sunday after the first full moon of spring, by the church's moon: a cycle of 19 years, corrected by century. The
 * moon of day 29 is taken a day early, that of day 28 too in the later half of the cycle. */
int32_t bpo__easter(int32_t year)
{
    int32_t cycle = year % 19;
    int32_t century = year / 100;
    int32_t moon = (19 * cycle + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    moon -= moon == 29 || (moon == 28 && cycle > 10);
    return sunday_after(bpo__days_of_civil(year, 3, 21) + moon);
}

/* The same in the Julian calendar, whose moon needs no correction and whose days lie behind by centuries. */
int32_t bpo__orthodox_easter(int32_t year)
{
    int32_t century = year / 100;
    int32_t behind = century - century / 4 - 2;
    return sunday_after(bpo__days_of_civil(year, 3, 21) + behind + (19 * (year % 19) + 15) % 30);
}

/* The first such weekday on or after a date. */
static int32_t weekday_from(int32_t days, int32_t weekday)
{
    return days + (weekday - bpo__weekday_of_days(days) + WEEK) % WEEK;
}

static bool nth_weekday(const bpo__holiday_rule *rule, int32_t year, int32_t *ret_days)
{
    int32_t first = bpo__days_of_civil(year, rule->month, 1);
    int32_t length = bpo__month_length(year, rule->month);
    int32_t days = rule->nth > 0 ? weekday_from(first, rule->weekday) + (rule->nth - 1) * WEEK
                                 : weekday_from(first + length - WEEK, rule->weekday) + (rule->nth + 1) * WEEK;
    *ret_days = days;
    return days >= first && days < first + length;
}

static bool is_of_years(const bpo__holiday_rule *rule, int32_t year)
{
    return (rule->from_year == 0 || year >= rule->from_year) && (rule->to_year == 0 || year <= rule->to_year);
}

/* The date before it is moved by offset or observance. */
static bool base_date(const bpo__holiday_rule *rule, int32_t year, int32_t *ret_days)
{
    switch (rule->kind) {
    case BPO__RULE_EASTER:
        *ret_days = bpo__easter(year);
        return true;
    case BPO__RULE_ORTHODOX_EASTER:
        *ret_days = bpo__orthodox_easter(year);
        return true;
    case BPO__RULE_NTH:
        return nth_weekday(rule, year, ret_days);
    case BPO__RULE_FROM:
        *ret_days = weekday_from(bpo__days_of_civil(year, rule->month, rule->day), rule->weekday);
        return true;
    case BPO__RULE_BEFORE:
        *ret_days = weekday_from(bpo__days_of_civil(year, rule->month, rule->day) - WEEK, rule->weekday);
        return true;
    default:
        *ret_days = bpo__days_of_civil(year, rule->month, rule->day);
        return rule->day <= bpo__month_length(year, rule->month);
    }
}

bool bpo__holiday_rule_date(const bpo__holiday_rule *rule, int32_t year, int32_t *ret_days)
{
    int32_t days;
    if (!is_of_years(rule, year) || !base_date(rule, year, &days))
        return false;
    days += rule->offset;
    *ret_days = days + rule->observed[bpo__weekday_of_days(days) - 1];
    return true;
}

/* A date outside its season needs no further look: most rules are passed over at once. */
void bpo__holiday_rule_settle(bpo__holiday_rule *rule)
{
    int32_t from = 80; /* Easter, either */
    int32_t until = 200;
    if (rule->kind != BPO__RULE_EASTER && rule->kind != BPO__RULE_ORTHODOX_EASTER) {
        int32_t anchor = bpo__days_of_civil(LEAP_YEAR, rule->month, rule->day) - bpo__days_of_civil(LEAP_YEAR, 1, 1);
        from = anchor - WEEK - 1;
        until = anchor + (rule->kind == BPO__RULE_NTH ? 31 : WEEK);
    }
    rule->season_from = from + rule->offset - OBSERVED_MOST;
    rule->season_until = until + rule->offset + OBSERVED_MOST;
}

bool bpo__holiday_rule_holds(const bpo__holiday_rule *rule, int32_t year, int32_t day_of_year)
{
    for (int32_t back = -1; back <= 1; back++) {
        int32_t from_start = day_of_year + back * 365; /* seasons are wider than a leap day */
        int32_t found;
        if (from_start < rule->season_from || from_start > rule->season_until)
            continue;
        if (bpo__holiday_rule_date(rule, year - back, &found) &&
            found == bpo__days_of_civil(year, 1, 1) + day_of_year)
            return true;
    }
    return false;
}

/* --- the text ---------------------------------------------------------------------------------------------------- */

/* A text and how far it is read. */
typedef struct scanner {
    bpo__text text;
    size_t at;
} scanner;

static void skip_blanks(scanner *s)
{
    while (s->at < s->text.size && s->text.data[s->at] == ' ')
        s->at++;
}

static bool take(scanner *s, const char *literal)
{
    size_t size = strlen(literal);
    if (size > s->text.size - s->at || memcmp(s->text.data + s->at, literal, size) != 0)
        return false;
    s->at += size;
    return true;
}

/* A word with blanks around it. */
static bool take_between_blanks(scanner *s, const char *word)
{
    skip_blanks(s);
    bool taken = take(s, word);
    skip_blanks(s);
    return taken;
}

/* Index of the word + 1, or 0. */
static int32_t take_one_of(scanner *s, const char *const *words, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        if (take(s, words[i]))
            return i + 1;
    }
    return 0;
}

/* Digits, at most three. */
static bool take_number(scanner *s, int32_t *ret_number)
{
    size_t count = 0;
    while (count < 3 && s->at + count < s->text.size && s->text.data[s->at + count] >= '0' &&
           s->text.data[s->at + count] <= '9')
        count++;
    if (count == 0)
        return false;
    bpo__digits_parse(s->text, s->at, count, ret_number);
    s->at += count;
    return true;
}

/* + or - and a number. */
static bool take_signed(scanner *s, int32_t *ret_number)
{
    bool negative = take(s, "-");
    if (!negative && !take(s, "+"))
        return false;
    skip_blanks(s);
    if (!take_number(s, ret_number))
        return false;
    *ret_number = negative ? -*ret_number : *ret_number;
    return true;
}

/* --12-25; whether there is such a date is seen later. */
static bool take_date(scanner *s, bpo__holiday_rule *rule)
{
    if (!take(s, "--") || !bpo__digits_parse(s->text, s->at, 2, &rule->month))
        return false;
    s->at += 2;
    if (!take(s, "-") || !bpo__digits_parse(s->text, s->at, 2, &rule->day))
        return false;
    s->at += 2;
    return true;
}

/* What follows a weekday: #3 of jan; from --06-20; before --05-25. */
static bool take_weekday_rule(scanner *s, bpo__holiday_rule *rule)
{
    if (take(s, "#")) {
        bool from_end = take(s, "-");
        rule->kind = BPO__RULE_NTH;
        if (!take_number(s, &rule->nth) || rule->nth < 1 || rule->nth > 5 || !take_between_blanks(s, "of"))
            return false;
        rule->nth = from_end ? -rule->nth : rule->nth;
        rule->month = take_one_of(s, month_words, 12);
        rule->day = 1;
        return rule->month != 0;
    }
    rule->kind = BPO__RULE_FROM;
    if (take_between_blanks(s, "from"))
        return take_date(s, rule);
    rule->kind = BPO__RULE_BEFORE;
    return take_between_blanks(s, "before") && take_date(s, rule);
}

static bool take_rule(scanner *s, bpo__holiday_rule *rule)
{
    rule->weekday = take_one_of(s, day_words, WEEK);
    if (rule->weekday != 0)
        return take_weekday_rule(s, rule);
    rule->kind = BPO__RULE_EASTER;
    if (take(s, "easter"))
        return true;
    rule->kind = BPO__RULE_ORTHODOX_EASTER;
    if (take(s, "orthodox_easter"))
        return true;
    rule->kind = BPO__RULE_DATE;
    return take_date(s, rule);
}

/* The days behind a rule, if there are any, and the end. */
static bool take_offset(scanner *s, bpo__holiday_rule *rule)
{
    skip_blanks(s);
    if (s->at < s->text.size && !take_signed(s, &rule->offset))
        return false;
    skip_blanks(s);
    return s->at == s->text.size;
}

static bool is_easter(const bpo__holiday_rule *rule)
{
    return rule->kind == BPO__RULE_EASTER || rule->kind == BPO__RULE_ORTHODOX_EASTER;
}

/* 0, or the message that refuses the rule. */
static int32_t read_rule(bpo__text text, bpo__holiday_rule *rule)
{
    scanner s = {text, 0};
    skip_blanks(&s);
    if (!take_rule(&s, rule) || !take_offset(&s, rule))
        return BPO__MSG_rule_malformed;
    if (rule->offset < -OFFSET_MOST || rule->offset > OFFSET_MOST)
        return BPO__MSG_rule_far;
    return is_easter(rule) || bpo__date_exists(LEAP_YEAR, rule->month, rule->day) ? 0 : BPO__MSG_date_unknown;
}

static bpo_status refuse(const char *path, bpo__text text, int32_t message, bpo_error *err)
{
    bpo__text none = {NULL, 0};
    return bpo__fail_text(err, BPO_E_VALUE, message, bpo__text_of(path), text, none, none);
}

bpo_status bpo__holiday_rule_parse(const char *path, bpo__text text, bpo__holiday_rule *rule, bpo_error *err)
{
    bpo__holiday_rule read = {0};
    int32_t problem = read_rule(text, &read);
    if (problem != 0)
        return refuse(path, text, problem, err);
    rule->kind = read.kind;
    rule->month = read.month;
    rule->day = read.day;
    rule->weekday = read.weekday;
    rule->nth = read.nth;
    rule->offset = read.offset;
    return BPO_OK;
}

/* A list like `sat-1, sun+1`; each weekday once. */
static bool read_moves(bpo__text text, int8_t *observed)
{
    scanner s = {text, 0};
    do {
        int32_t move;
        skip_blanks(&s);
        int32_t weekday = take_one_of(&s, day_words, WEEK);
        if (weekday == 0 || observed[weekday - 1] != 0 || !take_signed(&s, &move))
            return false;
        if (move == 0 || move < -OBSERVED_MOST || move > OBSERVED_MOST)
            return false;
        observed[weekday - 1] = (int8_t)move;
        skip_blanks(&s);
    } while (take(&s, ","));
    return s.at == text.size;
}

bpo_status bpo__observed_parse(const char *path, bpo__text text, int8_t *observed, bpo_error *err)
{
    int8_t moves[WEEK] = {0};
    for (size_t i = 0; i < sizeof(observed_words) / sizeof(observed_words[0]); i++) {
        if (bpo__text_is(text, observed_words[i].word)) {
            memcpy(observed, observed_words[i].observed, WEEK);
            return BPO_OK;
        }
    }
    if (!read_moves(text, moves))
        return refuse(path, text, BPO__MSG_observed_malformed, err);
    memcpy(observed, moves, WEEK);
    return BPO_OK;
}
