/* SPDX-License-Identifier: Apache-2.0 */
/* Closing a ledger: the frame around the parts. The ledger stays as it is; a failure leaves nothing behind. */
#include "core/digest.h"
#include "core/fail.h"
#include "ledger/closing.h"
#include <bpo/version.h>

/* The digest of all rows in order of subject. BPO_PASS where the host has none, or a row, because a part came from such
 * a host. */
static bpo_status digest_rows(bpo__close *c, const bpo__row *const *rows, size_t count, bpo__buffer *bytes)
{
    for (size_t i = 0; i < count; i++) {
        bpo__text digest = {(const char *)rows[i]->digest, BPO_DIGEST_SIZE};
        if (!rows[i]->has_digest)
            return BPO_PASS;
        if (bpo__write_text(bytes, rows[i]->subject) < 0 || bpo__write_text(bytes, digest) < 0)
            return bpo__fail_memory(c->err);
    }
    return bpo__digest(bytes->context, bytes->data, bytes->size, c->statement->header.facts_digest, c->err);
}

static bpo_status digest_facts(bpo__close *c)
{
    bpo_context *context = c->ledger->context;
    const bpo__row **rows;
    size_t count;
    bpo__buffer bytes;
    if (bpo__books_list(c->books, &rows, &count) < 0)
        return bpo__fail_memory(c->err);
    bpo__buffer_init(&bytes, context);
    bpo_status status = digest_rows(c, rows, count, &bytes);
    bpo__buffer_clear(&bytes);
    bpo__free(context, rows, count * sizeof *rows);
    return status;
}

static bpo_status add_digests(bpo__close *c, const bpo__closing *closing)
{
    const bpo_context *context = c->ledger->context;
    bpo_statement_header *header = &c->statement->header;
    bpo_status status = digest_facts(c);
    if (status != BPO_OK)
        return status < 0 ? status : BPO_OK;
    if ((status = bpo_contract_digest(c->ledger->contract, header->contract_digest, c->err)) < 0)
        return status;
    if (closing->opening != NULL)
        status = bpo__digest_required(context, closing->opening, closing->opening_size, header->opening_digest, c->err);
    header->has_digests = status == BPO_OK;
    return status;
}

static bpo_status add_header(bpo__close *c, const bpo__closing *closing)
{
    const bpo__plan *plan = c->places[c->place_count - 1].plan;
    bpo_statement_header *header = &c->statement->header;
    header->provisional = closing->provisional;
    header->revision = closing->revision;
    header->semantics = bpo_semantics_version();
    header->start = c->ledger->start;
    header->end = c->ledger->end;
    header->as_of = closing->as_of;
    header->contract = bpo__close_text(c, bpo__text_of(plan->id));
    header->time_zone = bpo__close_text(c, bpo__text_of(plan->time_zone));
    header->currency = bpo__close_text(c, bpo__text_of(plan->pricing.currency));
    header->fact_count = c->books->fact_count;
    header->unopened_count = (int64_t)(c->books->unopened_count & INT64_MAX);
    if (header->contract == NULL || header->time_zone == NULL || header->currency == NULL)
        return bpo__fail_memory(c->err);
    return add_digests(c, closing);
}

static bpo_status add_closing_position(bpo__close *c)
{
    bpo__buffer bytes;
    bpo__buffer_init(&bytes, c->ledger->context);
    c->position.contract = bpo__text_of(c->statement->header.contract);
    c->position.end = c->ledger->end;
    bpo__position_forget(&c->position, bpo__contract_settled_until(c->ledger->contract, c->ledger->end));
    bpo_status status = bpo__position_write(&c->position, &bytes);
    uint8_t *copy = status < 0 ? NULL : bpo__arena_alloc(&c->statement->arena, bytes.size);
    if (copy != NULL) {
        memcpy(copy, bytes.data, bytes.size);
        c->statement->closing = copy;
        c->statement->closing_size = bytes.size;
    }
    bpo__buffer_clear(&bytes);
    return copy == NULL ? bpo__fail_memory(c->err) : BPO_OK;
}

/* What all parts need. */
static bpo_status begin(bpo__close *c, const bpo__closing *closing)
{
    bpo_ledger *ledger = c->ledger;
    bpo_status status = bpo__ledger_books(ledger, &c->books, c->err);
    if (status >= 0)
        status = bpo__places_of(ledger->contract, ledger->start, ledger->end, &c->places, &c->place_count, c->err);
    if (status < 0)
        return status;
    if (bpo__definitions_init(&c->definitions, ledger->context, c->places, c->place_count) < 0 ||
        bpo__position_init(&c->position, ledger->context) < 0 ||
        bpo__cells_list(c->books->cells, &c->cells, &c->cell_count) < 0 ||
        bpo__statement_new(ledger->context, &c->statement) < 0)
        return bpo__fail_memory(c->err);
    if (closing->opening == NULL)
        return BPO_OK;
    return bpo__position_read(&c->position, ledger->contract, ledger->start, closing->opening, closing->opening_size,
                              c->err);
}

static bpo_status run(bpo__close *c, const bpo__closing *closing)
{
    bpo_status status = begin(c, closing);
    if (status >= 0)
        status = add_header(c, closing);
    if (status >= 0)
        status = bpo__close_kpis(c);
    if (status >= 0)
        status = bpo__close_levels(c);
    if (status >= 0)
        status = bpo__close_adjustments(c);
    if (status >= 0)
        status = bpo__close_invoice(c);
    if (status >= 0)
        status = bpo__close_reversals(c, closing);
    if (status >= 0)
        status = add_closing_position(c);
    if (status >= 0 && (status = bpo__statement_settle(c->statement)) < 0)
        status = bpo__fail(c->err, status, BPO__MSG_sum_too_large, "", NULL, NULL, NULL);
    return status;
}

static void end(bpo__close *c)
{
    bpo_context *context = c->ledger->context;
    bpo__free(context, c->cells, c->cell_count * sizeof *c->cells);
    bpo__free(context, c->places, c->place_count * sizeof *c->places);
    if (c->definitions.context != NULL)
        bpo__definitions_clear(&c->definitions);
    if (c->position.context != NULL)
        bpo__position_clear(&c->position);
    bpo_statement_unref(c->statement);
}

static bool belongs_to(const bpo__cell_item *item, bool level, bpo__text id)
{
    return item->name.level == level && bpo__text_equal(item->name.id, id);
}

static bool same_value(const bpo__cell_name *a, const bpo__cell_group *group)
{
    return bpo__text_equal(a->dimension, group->dimension) && bpo__text_equal(a->value, group->value);
}

/* Gathers the cells of one value; those of other periods are passed over. Whether there are any. */
static bool gather(const bpo__close *c, bool level, bpo__text id, size_t *position, bpo__cell_group *group)
{
    bool any = false;
    *group = (bpo__cell_group){.dimension = c->cells[*position].name.dimension,
                               .value = c->cells[*position].name.value};
    for (; *position < c->cell_count; ++*position) {
        const bpo__cell_item *item = &c->cells[*position];
        if (!belongs_to(item, level, id) || !same_value(&item->name, group))
            break;
        if (item->name.period_start != c->ledger->start)
            continue;
        group->by_role[item->name.role] = item->cell;
        any = true;
    }
    return any;
}

static bpo_status check_group(const bpo__close *c, const char *id, const bpo__cell_group *group)
{
    for (size_t role = 0; role <= BPO__ROLE_INDETERMINATE; role++)
        if (group->by_role[role] != NULL && bpo__cell_check(group->by_role[role]) < 0)
            return bpo__fail(c->err, BPO_E_STATE, BPO__MSG_count_below_zero, "", id, NULL, NULL);
    return BPO_OK;
}

bpo_status bpo__close_next_group(bpo__close *c, bool level, const char *id, bpo__cell_walk *walk,
                                 bpo__cell_group *ret_group)
{
    bpo__cell_group group = {.dimension = BPO__TEXT(""), .value = BPO__TEXT("")};
    bpo__text name = bpo__text_of(id);
    size_t position = walk->position;
    bool found = false;
    while (!found && position < c->cell_count) {
        if (belongs_to(&c->cells[position], level, name))
            found = gather(c, level, name, &position, &group);
        else
            position++;
    }
    if (!walk->whole_seen && (!found || group.dimension.size > 0)) {
        group = (bpo__cell_group){.dimension = BPO__TEXT(""), .value = BPO__TEXT("")}; /* nothing was counted */
        found = true;
        position = walk->position;
    }
    if (!found)
        return BPO_DONE;
    bpo_status status = check_group(c, id, &group);
    if (status < 0)
        return status;
    walk->whole_seen = true;
    walk->position = position;
    *ret_group = group;
    return BPO_OK;
}

const char *bpo__close_text(bpo__close *c, bpo__text text)
{
    return bpo__arena_text(&c->statement->arena, text.data, text.size);
}

bpo_status bpo__ledger_close(bpo_ledger *ledger, const bpo__closing *closing, bpo_statement **ret_statement,
                             bpo_error *err)
{
    bpo__close c = {.ledger = ledger, .err = err};
    char text[BPO_TIME_TEXT_SIZE], number[BPO__INTEGER_TEXT_SIZE];
    if (closing->as_of == BPO_TIME_NEVER || bpo_time_format(closing->as_of, text, sizeof text) == 0) {
        bpo__integer_format(closing->as_of, number);
        return bpo__fail(err, BPO_E_RANGE, BPO__MSG_instant_out_of_years, "as_of", number, NULL, NULL);
    }
    bpo_status status = run(&c, closing);
    if (status >= 0)
        *ret_statement = bpo_statement_ref(c.statement);
    end(&c);
    return status < 0 ? status : BPO_OK;
}

bpo_status bpo_ledger_close(bpo_ledger *ledger, const void *opening, size_t opening_size, bpo_time as_of,
                            bpo_statement **ret_statement, bpo_error *err)
{
    const bpo__closing closing = {opening, opening_size, as_of, false, 0, NULL};
    if (ledger == NULL || ret_statement == NULL)
        return bpo__fail_argument(err, ledger == NULL ? "ledger" : "ret_statement");
    return bpo__ledger_close(ledger, &closing, ret_statement, err);
}
