/* SPDX-License-Identifier: Apache-2.0 */
/* Reading conditions: recursive descent, its depth bounded by BPO__CONDITION_DEPTH_MAX.
 *
 *     any   := all { "or" all }
 *     all   := one { "and" one }
 *     one   := "not" one | "(" any ")" | "has" NAME | NAME SIGN WORD | NAME "in" "(" WORD { "," WORD } ")"
 *
 * Words that can only be wrong (a kind of fact that does not exist, a number that is none) are refused here, not
 * silently false at every fact. */
#include "core/fail.h"
#include "terms/fact_table.h"
#include "terms/path.h"
#include "terms/plan.h"
#include "terms/words.h"
#include "time/duration.h"
#include "time/instant.h"

typedef struct parser {
    bpo__arena *arena;
    bpo__names *names;
    const bpo__declarations *declarations;
    const char *path;
    bpo__text text;
    size_t position;
    bpo__lexeme next; /* not yet used */
    int depth;
    bpo_error *err;
} parser;

static const struct {
    const char *text;
    bpo__operator operator;
} signs[] = {
    {"=", BPO__OPERATOR_EQUAL},   {"!=", BPO__OPERATOR_NOT_EQUAL},     {"<", BPO__OPERATOR_LESS},
    {">", BPO__OPERATOR_GREATER}, {"<=", BPO__OPERATOR_LESS_OR_EQUAL}, {">=", BPO__OPERATOR_GREATER_OR_EQUAL},
};

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static bpo_status parse_any(parser *p, bpo__condition **ret);

static void advance(parser *p)
{
    p->next = bpo__lexeme_read(p->arena, p->text, &p->position);
}

static bpo_status expected(parser *p, const char *what)
{
    const bpo__text none = {NULL, 0};
    const bpo__text end = BPO__TEXT("the end");

    if (p->next.kind == BPO__LEXEME_MEMORY)
        return bpo__fail_memory(p->err);
    return bpo__fail_text(p->err, BPO_E_VALUE, BPO__MSG_condition_malformed, bpo__text_of(p->path),
                          p->next.kind == BPO__LEXEME_END ? end : p->next.text, bpo__text_of(what), none);
}

static bool at_word(const parser *p, const char *word)
{
    return p->next.kind == BPO__LEXEME_WORD && bpo__text_is(p->next.text, word);
}

static bool at_sign(const parser *p, const char *sign)
{
    return p->next.kind == BPO__LEXEME_SIGN && bpo__text_is(p->next.text, sign);
}

static bpo__condition *node_new(parser *p, bpo__operator operator)
{
    bpo__condition *node = bpo__arena_alloc(p->arena, sizeof *node);

    if (node)
        node->operator = operator;
    return node;
}

static bpo_status parse_name(parser *p, uint32_t *ret_name)
{
    bpo_status status;

    if (p->next.kind != BPO__LEXEME_WORD || !bpo__name_is_valid(p->next.text))
        return expected(p, "the name of an attribute");
    status = bpo__names_intern(p->names, p->next.text, ret_name);
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(p->err);
    if (status != BPO_OK)
        return bpo__fail(p->err, status, BPO__MSG_limit_reached, p->path, "attributes", "4096", NULL);
    advance(p);
    return BPO_OK;
}

/* The words that a built-in attribute can have; NULL for one of any words. */
static const char *words_of(uint32_t name, bpo__text word)
{
    bpo_fact_kind kind;
    bool known = true;

    if (name == BPO_VALUE_KIND)
        return bpo_fact_kind_find(word.data, word.size, &kind) == BPO_OK ? NULL
                                                                         : "a kind of fact such as ticket.opened";
    if (name == BPO_VALUE_STATUS_CATEGORY) {
        known = bpo__category_of(word) != BPO__CATEGORY_NONE;
        return known ? NULL : "one of new, open, pending, on_hold, solved, closed, unknown";
    }
    if (name != BPO_VALUE_OPENED_WEEKDAY)
        return NULL;
    for (size_t i = 0; i < sizeof weekdays / sizeof weekdays[0]; i++)
        if (bpo__text_is(word, weekdays[i]))
            return NULL;
    return "a day from mon to sun";
}

static bool read_number(bpo__text word, bpo_decimal *ret_number)
{
    bpo_duration duration;

    if (bpo_decimal_parse(word.data, word.size, ret_number, NULL) == BPO_OK)
        return true;
    if (bpo__text_is(word, "true") || bpo__text_is(word, "false"))
        return bpo_decimal_set(bpo__text_is(word, "true"), 0, ret_number) == BPO_OK;
    return bpo__duration_parse(NULL, word, &duration, NULL) == BPO_OK &&
           bpo_decimal_set(duration, 0, ret_number) == BPO_OK;
}

/* Reads the next word in every form that it has, and refuses one that the attribute can never have. */
static bpo_status parse_constant(parser *p, uint32_t name, bpo__constant *constant)
{
    int32_t type = bpo__declared_type(p->declarations, name);
    const char *wanted;

    if (p->next.kind != BPO__LEXEME_WORD && p->next.kind != BPO__LEXEME_QUOTED)
        return expected(p, "a word, or text in double quotes");
    constant->text.size = p->next.text.size;
    constant->text.data = bpo__arena_text(p->arena, p->next.text.data, p->next.text.size);
    if (!constant->text.data)
        return bpo__fail_memory(p->err);
    wanted = words_of(name, constant->text);
    if (wanted)
        return expected(p, wanted);
    constant->has_number = read_number(constant->text, &constant->number);
    constant->has_instant = bpo__instant_parse(NULL, constant->text, &constant->instant, NULL) == BPO_OK;
    if (type == BPO_TYPE_INSTANT && !constant->has_instant)
        return expected(p, "an instant such as \"2026-07-01T00:00:00Z\"");
    if ((type == BPO_TYPE_INTEGER || type == BPO_TYPE_DECIMAL) && !constant->has_number)
        return expected(p, "a number");
    advance(p);
    return BPO_OK;
}

/* Most words that a list from here on can have: one more than the commas up to its end. */
static size_t count_words(const parser *p)
{
    size_t count = 1;

    for (size_t i = p->position; i < p->text.size; i++)
        count += p->text.data[i] == ',';
    return count;
}

static bpo_status parse_set(parser *p, bpo__condition *node)
{
    bpo__constant *constants;
    bpo_status status = BPO_OK;

    if (!at_sign(p, "("))
        return expected(p, "( and a list of words");
    constants = bpo__arena_alloc(p->arena, count_words(p) * sizeof *constants);
    if (!constants)
        return bpo__fail_memory(p->err);
    node->constants = constants;
    do {
        advance(p);
        status = parse_constant(p, node->name, &constants[node->constant_count++]);
    } while (status == BPO_OK && at_sign(p, ","));
    if (status != BPO_OK)
        return status;
    if (!at_sign(p, ")"))
        return expected(p, ", or )");
    advance(p);
    return BPO_OK;
}

static bool operator_of(const parser *p, bpo__operator *ret_operator)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (at_sign(p, signs[i].text)) {
            *ret_operator = signs[i].operator;
            return true;
        }
    return false;
}

static bpo_status check_order(parser *p, const bpo__condition *node)
{
    const bpo__text none = {NULL, 0};

    if (node->operator < BPO__OPERATOR_LESS || bpo__declared_type(p->declarations, node->name) != BPO_TYPE_TEXT)
        return BPO_OK;
    return bpo__fail_text(p->err, BPO_E_VALUE, BPO__MSG_condition_order, bpo__text_of(p->path),
                          bpo__names_text(p->names, node->name), none, none);
}

static bpo_status parse_comparison(parser *p, bpo__condition **ret)
{
    bpo__condition *node = node_new(p, BPO__OPERATOR_EQUAL);
    bpo__constant *constant;
    bpo_status status;

    if (!node)
        return bpo__fail_memory(p->err);
    *ret = node;
    status = parse_name(p, &node->name);
    if (status != BPO_OK)
        return status;
    if (at_word(p, "in")) {
        advance(p);
        return parse_set(p, node);
    }
    if (!operator_of(p, &node->operator))
        return expected(p, "=, !=, <, <=, >, >= or in");
    status = check_order(p, node);
    if (status != BPO_OK)
        return status;
    constant = bpo__arena_alloc(p->arena, sizeof *constant);
    if (!constant)
        return bpo__fail_memory(p->err);
    node->constants = constant;
    node->constant_count = 1;
    advance(p);
    return parse_constant(p, node->name, constant);
}

static bpo_status parse_has(parser *p, bpo__condition **ret)
{
    *ret = node_new(p, BPO__OPERATOR_HAS);
    if (!*ret)
        return bpo__fail_memory(p->err);
    advance(p);
    return parse_name(p, &(*ret)->name);
}

static bpo_status parse_group(parser *p, bpo__condition **ret)
{
    bpo_status status;

    advance(p);
    status = parse_any(p, ret);
    if (status != BPO_OK)
        return status;
    if (!at_sign(p, ")"))
        return expected(p, "and, or or )");
    advance(p);
    return BPO_OK;
}

static bpo_status parse_one(parser *p, bpo__condition **ret);

static bpo_status parse_not(parser *p, bpo__condition **ret)
{
    bpo__condition *child = NULL;
    bpo_status status;

    *ret = node_new(p, BPO__OPERATOR_NOT);
    if (!*ret)
        return bpo__fail_memory(p->err);
    advance(p);
    status = parse_one(p, &child);
    (*ret)->children = child;
    return status;
}

static bpo_status parse_one(parser *p, bpo__condition **ret)
{
    bool deeper = at_word(p, "not") || at_sign(p, "(");
    bpo_status status;

    if (!deeper)
        return at_word(p, "has") ? parse_has(p, ret) : parse_comparison(p, ret);
    if (p->depth == BPO__CONDITION_DEPTH_MAX)
        return bpo__fail(p->err, BPO_E_VALUE, BPO__MSG_condition_depth, p->path, NULL, NULL, NULL);
    p->depth++;
    status = at_word(p, "not") ? parse_not(p, ret) : parse_group(p, ret);
    p->depth--;
    return status;
}

/* What `and` and `or` have in common: parts joined by a word. A single part stands for itself. */
static bpo_status parse_joined(parser *p, bpo__operator operator, const char *word,
                               bpo_status (*part)(parser *, bpo__condition **), bpo__condition **ret)
{
    bpo__condition *last = NULL;
    bpo__condition *joined;
    bpo_status status = part(p, &last);

    *ret = last;
    if (status != BPO_OK || !at_word(p, word))
        return status;
    joined = node_new(p, operator);
    if (!joined)
        return bpo__fail_memory(p->err);
    joined->children = last;
    while (status == BPO_OK && at_word(p, word)) {
        bpo__condition *next = NULL;
        advance(p);
        status = part(p, &next);
        last->next = next;
        last = next;
    }
    *ret = joined;
    return status;
}

static bpo_status parse_all(parser *p, bpo__condition **ret)
{
    return parse_joined(p, BPO__OPERATOR_AND, "and", parse_one, ret);
}

static bpo_status parse_any(parser *p, bpo__condition **ret)
{
    return parse_joined(p, BPO__OPERATOR_OR, "or", parse_all, ret);
}

bpo_status bpo__condition_parse(bpo__arena *arena, bpo__names *names, const bpo__declarations *declarations,
                                const char *path, bpo__text text, const bpo__condition **ret_condition, bpo_error *err)
{
    parser p = {arena, names, declarations, path, text, 0, {BPO__LEXEME_END, {NULL, 0}}, 0, err};
    bpo__condition *condition = NULL;
    bpo_status status;

    advance(&p);
    status = parse_any(&p, &condition);
    if (status != BPO_OK)
        return status;
    if (p.next.kind != BPO__LEXEME_END)
        return expected(&p, "and, or, or nothing more");
    *ret_condition = condition;
    return BPO_OK;
}

const bpo__condition *bpo__condition_equals(bpo__arena *arena, uint32_t name, bpo__text text)
{
    bpo__condition *node = bpo__arena_alloc(arena, sizeof *node);
    bpo__constant *constant = bpo__arena_alloc(arena, sizeof *constant);

    if (!node || !constant)
        return NULL;
    constant->text.size = text.size;
    constant->text.data = bpo__arena_text(arena, text.data, text.size);
    if (!constant->text.data)
        return NULL;
    constant->has_number = read_number(text, &constant->number);
    constant->has_instant = bpo__instant_parse(NULL, text, &constant->instant, NULL) == BPO_OK;
    node->operator = BPO__OPERATOR_EQUAL;
    node->name = name;
    node->constants = constant;
    node->constant_count = 1;
    return node;
}
