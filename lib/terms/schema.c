/* SPDX-License-Identifier: Apache-2.0 */
/* Checking terms against the table, one at a time: is there such a term, and is its value of its type. What depends on
 * other terms (references, tiers, what is missing) is found when a plan is compiled. */
#include "terms/schema.h"

#include "core/fail.h"
#include "core/message.h"
#include "core/sized.h"
#include "terms/values.h"
#include "terms/words.h"
#include "time/date.h"
#include "time/duration.h"
#include "time/holiday_rule.h"
#include "time/hours.h"
#include <bpo/fact.h>

/* Bytes for what stands below a path: two arguments of a message. A calendar has the most of it. */
#define LIST_SIZE (2 * BPO__MESSAGE_ARGUMENT_MOST)

#define CALENDAR_ROOT "/calendars/{name}"

static const char *const type_words[] = {
    "text",  "name",   "integer", "decimal", "share",     "money",     "duration", "duration or none", "date",
    "hours", "choice", "flag",    "list",    "condition", "time zone", "currency", "fact kind",        "attribute",
    "holiday rule", "observed shift", "year",
};

/* The part of a pattern that a tree of this scope can have; {NULL, 0} for a row outside of it. */
static bpo__text pattern_of(bpo__scope scope, const bpo__schema_row *row)
{
    const size_t root_size = sizeof(CALENDAR_ROOT) - 1;
    bpo__text pattern = bpo__text_of(row->pattern);

    if (scope == BPO__SCOPE_CONTRACT)
        return pattern;
    if (pattern.size <= root_size || memcmp(pattern.data, CALENDAR_ROOT, root_size) != 0)
        return (bpo__text){NULL, 0};
    return (bpo__text){pattern.data + root_size, pattern.size - root_size};
}

static bool is_index(bpo__text token)
{
    int64_t index;

    return bpo__integer_parse(token.data, token.size, &index) && index >= 0 &&
           (token.data[0] != '0' || token.size == 1);
}

static bool token_matches(bpo__text pattern, bpo__text token)
{
    bpo__date date;
    int32_t days;

    if (pattern.size == 0 || pattern.data[0] != '{')
        return bpo__text_equal(pattern, token);
    if (bpo__text_is(pattern, "{name}") || bpo__text_is(pattern, "{attribute}"))
        return bpo__name_is_valid(token);
    if (bpo__text_is(pattern, "{index}"))
        return is_index(token);
    if (bpo__text_is(pattern, "{day}"))
        return bpo__day_of(token) >= 0;
    if (bpo__text_is(pattern, "{date}"))
        return bpo__date_parse(NULL, token, &days, NULL) == BPO_OK;
    if (bpo__text_is(pattern, "{day_of_year}"))
        return bpo__date_or_yearly_parse(NULL, token, &date, NULL) == BPO_OK;
    return true;
}

/* How many tokens of the path the pattern takes; *ret_next is what the pattern wants then, {NULL, 0} at its end. */
static size_t match(bpo__text pattern, bpo__text path, bpo__text *ret_next)
{
    size_t at_pattern = 0, at_path = 0, count = 0;
    bpo__text wanted, token;

    while (bpo__path_next(pattern, &at_pattern, &wanted)) {
        if (!bpo__path_next(path, &at_path, &token) || !token_matches(wanted, token)) {
            *ret_next = wanted;
            return count;
        }
        count++;
    }
    *ret_next = (bpo__text){NULL, 0};
    return count;
}

static size_t token_count(bpo__text path)
{
    size_t position = 0, count = 0;
    bpo__text token;

    while (bpo__path_next(path, &position, &token))
        count++;
    return count;
}

const bpo__schema_row *bpo__schema_find(bpo__scope scope, bpo__text path)
{
    size_t tokens = token_count(path);
    bpo__text next;

    for (size_t i = 0; i < bpo__schema_count; i++) {
        bpo__text pattern = pattern_of(scope, &bpo__schema[i]);
        if (pattern.data && match(pattern, path, &next) == tokens && !next.data)
            return &bpo__schema[i];
    }
    return NULL;
}

bool bpo__schema_is_fixed(bpo__text path)
{
    const bpo__schema_row *row = bpo__schema_find(BPO__SCOPE_CONTRACT, path);

    return row && (row->flags & BPO__TERM_FIXED);
}

/* The first `count` tokens of a path. */
static bpo__text stem_of(bpo__text path, size_t count)
{
    size_t position = 0;
    bpo__text token;

    while (count-- > 0 && bpo__path_next(path, &position, &token))
        ;
    return (bpo__text){path.data, position};
}

/* Appends a word to a comma-separated list, once, as far as there is room. */
static size_t list_word(char *list, size_t size, size_t room, bpo__text word)
{
    for (size_t i = 0; i + word.size <= size; i++)
        if (memcmp(list + i, word.data, word.size) == 0 && (i == 0 || list[i - 1] == ' ') &&
            (i + word.size == size || list[i + word.size] == ','))
            return size;
    if (size + 2 + word.size > room)
        return size;
    if (size > 0) {
        memcpy(list + size, ", ", 2);
        size += 2;
    }
    memcpy(list + size, word.data, word.size);
    return size + word.size;
}

/* What may stand in the place of a token in braces, told with an example. */
static bpo__text told(bpo__text wanted)
{
    static const struct {
        const char *pattern;
        const char *told;
    } places[] = {
        {"{name}", "{name} of a-z 0-9 _ - like late_desk"},
        {"{day}", "{day} like mon or mon-fri"},
        {"{date}", "{date} that exists like 2026-12-25"},
        {"{day_of_year}", "{day_of_year} that exists like 2026-12-25 or --12-25"},
        {"{index}", "{index} like 0 or 1"},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (bpo__text_is(wanted, places[i].pattern))
            return bpo__text_of(places[i].told);
    return wanted;
}

/* How much of a list goes into one argument of a message, cut before a comma. */
static size_t first_part(bpo__text list)
{
    size_t cut = list.size;

    if (cut > BPO__MESSAGE_ARGUMENT_MOST)
        for (cut = BPO__MESSAGE_ARGUMENT_MOST; cut > 0 && list.data[cut] != ',';)
            cut--;
    return cut;
}

bpo_status bpo__schema_unknown(bpo__scope scope, bpo__text path, bpo_error *err)
{
    char list[LIST_SIZE];
    bpo__text next, words = {list, 0}, rest, root = BPO__TEXT("the root");
    size_t best = 0;

    for (size_t i = 0; i < bpo__schema_count; i++) {
        bpo__text pattern = pattern_of(scope, &bpo__schema[i]);
        size_t count = pattern.data ? match(pattern, path, &next) : 0;
        if (!pattern.data || count < best)
            continue;
        if (count > best)
            words.size = 0;
        best = count;
        words.size = list_word(list, words.size, sizeof list, next.data ? told(next) : (bpo__text){"a value", 7});
    }
    rest = (bpo__text){list + first_part(words), words.size - first_part(words)};
    words.size -= rest.size;
    return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_term_unknown, path, best ? stem_of(path, best) : root, words, rest);
}

static bpo_status check_fact_kind(const char *path, bpo__text value, bpo_error *err)
{
    bpo_fact_kind kind;

    if (bpo_fact_kind_find(value.data, value.size, &kind) == BPO_OK)
        return BPO_OK;
    return bpo__value_refuse(path, value, BPO__MSG_fact_kind_term, NULL, err);
}

static bpo_status check_name(const char *path, bpo__text value, bpo_error *err)
{
    return bpo__name_is_valid(value) ? BPO_OK : bpo__value_refuse(path, value, BPO__MSG_name_malformed, NULL, err);
}

static bpo_status check_text(const char *path, bpo__text value, bpo_error *err)
{
    return value.size > 0 ? BPO_OK : bpo__value_refuse(path, value, BPO__MSG_text_empty, NULL, err);
}

static bpo_status check_year(const char *path, bpo__text value, bpo_error *err)
{
    int64_t year;

    return bpo__value_integer(path, value, BPO__YEAR_MIN, BPO__YEAR_MAX, &year, err);
}

/* none takes back the rule of a calendar that is extended, or of an earlier version. */
static bpo_status check_holiday_rule(const char *path, bpo__text value, bpo_error *err)
{
    bpo__holiday_rule rule = {0};

    return bpo__text_is(value, "none") ? BPO_OK : bpo__holiday_rule_parse(path, value, &rule, err);
}

static bpo_status check_observed(const char *path, bpo__text value, bpo_error *err)
{
    int8_t observed[7];

    return bpo__observed_parse(path, value, observed, err);
}

static bpo_status check_integer(const char *path, bpo__text value, bpo_error *err)
{
    int64_t number;

    return bpo__value_integer(path, value, 1, 31, &number, err);
}

/* What needs room for what it reads. */
static bpo_status check_parsed(const bpo__schema_row *row, const char *path, bpo__text value, bpo__arena *scratch,
                               bpo_error *err)
{
    const bpo__text *words;
    bpo__hours hours;
    bpo__ratio ratio;
    bpo_decimal decimal;
    bpo_duration duration;
    int32_t number;
    bool flag;
    size_t count;

    switch (row->type) {
    case BPO__TERM_DECIMAL:
        return bpo__value_decimal(path, value, &decimal, err);
    case BPO__TERM_SHARE:
        return bpo__value_share(path, value, &ratio, err);
    case BPO__TERM_MONEY:
        return bpo__value_money(path, value, NULL, &decimal, err);
    case BPO__TERM_DURATION:
        return bpo__duration_parse(path, value, &duration, err);
    case BPO__TERM_DATE:
        return bpo__date_parse(path, value, &number, err);
    case BPO__TERM_HOURS:
        return bpo__hours_parse(scratch, path, value, &hours, err);
    case BPO__TERM_CHOICE:
        return bpo__value_choice(path, value, row->choices, &number, err);
    case BPO__TERM_FLAG:
        return bpo__value_flag(path, value, &flag, err);
    case BPO__TERM_LIST:
        return bpo__list_parse(scratch, path, value, &words, &count, err);
    default:
        return BPO_OK;
    }
}

static bpo_status check_value(const bpo__schema_row *row, const char *path, bpo__text value, bpo__arena *scratch,
                              bpo_error *err)
{
    bpo_duration duration;

    switch (row->type) {
    case BPO__TERM_TEXT:
    case BPO__TERM_ZONE:      /* found out by loading it */
    case BPO__TERM_CONDITION: /* read once, with the declared types */
        return check_text(path, value, err);
    case BPO__TERM_NAME:
    case BPO__TERM_ATTRIBUTE:
        return check_name(path, value, err);
    case BPO__TERM_INTEGER:
        return check_integer(path, value, err);
    case BPO__TERM_TARGET:
        return bpo__text_is(value, "none") ? BPO_OK : bpo__duration_parse(path, value, &duration, err);
    case BPO__TERM_CURRENCY:
        return bpo__value_currency(path, value, err);
    case BPO__TERM_FACT_KIND:
        return check_fact_kind(path, value, err);
    case BPO__TERM_HOLIDAY_RULE:
        return check_holiday_rule(path, value, err);
    case BPO__TERM_OBSERVED:
        return check_observed(path, value, err);
    case BPO__TERM_YEAR:
        return check_year(path, value, err);
    default:
        return check_parsed(row, path, value, scratch, err);
    }
}

bpo_status bpo__schema_check(bpo__scope scope, const bpo__term_node *node, bpo__arena *scratch, bpo_error *err)
{
    const bpo__schema_row *row = bpo__schema_find(scope, bpo__node_path(node));

    if (!row)
        return bpo__schema_unknown(scope, bpo__node_path(node), err);
    return check_value(row, node->text, bpo__node_value(node), scratch, err);
}

bpo_status bpo__schema_check_all(bpo_context *context, bpo__scope scope, const bpo_terms *terms, bpo_error *err)
{
    bpo__arena scratch;
    bpo_status status = BPO_OK;

    bpo__arena_init(&scratch, context);
    for (size_t i = 0; status == BPO_OK && i < terms->count; i++)
        status = bpo__schema_check(scope, terms->nodes[i], &scratch, err);
    bpo__arena_clear(&scratch);
    return status;
}

size_t bpo_term_count(void)
{
    return bpo__schema_count;
}

bpo_status bpo_term_at(size_t index, bpo_term *ret_term)
{
    bpo_term term = BPO_TERM_INIT;

    if (!ret_term || index >= bpo__schema_count)
        return BPO_E_INVALID;
    term.flags = bpo__schema[index].flags;
    term.pattern = bpo__schema[index].pattern;
    term.type = type_words[bpo__schema[index].type];
    term.choices = bpo__schema[index].choices;
    term.initial = bpo__schema[index].initial;
    term.description = bpo__schema[index].description;
    return bpo__sized_write(&term, sizeof term, ret_term, sizeof term);
}
