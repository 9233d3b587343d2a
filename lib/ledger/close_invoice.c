/* SPDX-License-Identifier: Apache-2.0 */
/* The invoice of a statement. A line of the period itself is its quantity, rated. For an earlier period, everything
 * known of it is rated anew and what was posted is taken off; the difference is posted with the original service
 * period, and no line where there is none (spec/pricing.md section 15). */
#include "core/fail.h"
#include "ledger/closing.h"
#include "pricing/rating.h"

typedef struct invoice {
    bpo__close *close;
    bpo__usage_item *now;    /* all quantities known: posted and new */
    bpo__usage_item *posted; /* those of the opening position */
    bpo__usage_item *moved;  /* those that this period changes */
    size_t now_count, posted_count, moved_count;
} invoice;

/* One charge in one service period: its versions, before and now. */
typedef struct service {
    const char *charge;
    bpo__place place; /* of the service period's first instant */
    bool adjustment;
    bpo__segment *now, *posted; /* side by side, in order of version */
    bpo__line *rated_now, *rated_posted;
    size_t count;
} service;

static bpo_status fail_range(const bpo__close *c, bpo_status status)
{
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(c->err);
    return bpo__fail(c->err, status, BPO__MSG_sum_too_large, "", NULL, NULL, NULL);
}

static bpo_status negate(const bpo_decimal *value, bpo_decimal *ret_value)
{
    return bpo__i256_to_decimal(bpo__i256_negate(bpo__i256_of_decimal(value)), value->scale, ret_value);
}

static bool is_of(const bpo__usage_item *item, const service *s)
{
    return item->period_start == s->place.period_start && bpo__text_is(item->charge, s->charge);
}

static bpo_status unknown_charge(const bpo__close *c, bpo__text charge)
{
    bpo__text none = {NULL, 0};
    return bpo__fail_text(c->err, BPO_E_MISMATCH, BPO__MSG_name_not_in_contract, BPO__TEXT("/pricing/charges"), charge,
                          none, none);
}

/* --- segments ------------------------------------------------------------------------------------------------- */

/* The place of a version among the segments, which stand in order of version; a new one begins with nothing. */
static bpo_status find_segment(const bpo__close *c, service *s, uint32_t version, size_t *ret_place)
{
    const bpo_contract *contract = c->ledger->contract;
    size_t place = 0;
    while (place < s->count && s->now[place].version < version)
        place++;
    *ret_place = place;
    if (place < s->count && s->now[place].version == version)
        return BPO_OK;
    const bpo__charge *charge = version < bpo_contract_version_count(contract)
                                    ? bpo__charge_of(bpo__contract_plan(contract, version), bpo__text_of(s->charge))
                                    : NULL;
    if (charge == NULL)
        return unknown_charge(c, bpo__text_of(s->charge));
    bpo__segment fresh = {charge, version, {0, 0, 0, 0}};
    memmove(s->now + place + 1, s->now + place, (s->count - place) * sizeof fresh);
    memmove(s->posted + place + 1, s->posted + place, (s->count - place) * sizeof fresh);
    s->now[place] = s->posted[place] = fresh;
    s->count++;
    return BPO_OK;
}

static bpo_status add_quantity(const bpo__close *c, service *s, uint32_t version, const bpo_decimal *quantity,
                               bool posted)
{
    size_t place;
    bpo_status status = find_segment(c, s, version, &place);
    if (status < 0)
        return status;
    bpo_decimal *total = posted ? &s->posted[place].quantity : &s->now[place].quantity;
    status = bpo_decimal_add(total, quantity, total);
    return status < 0 ? fail_range(c, status) : BPO_OK;
}

static int compare_item(const bpo__usage_item *item, uint32_t version, bpo__text distinct)
{
    if (item->version != version)
        return item->version < version ? -1 : 1;
    return bpo__text_compare(item->distinct, distinct);
}

/* Whether one of the items, sorted by (version, distinct), counted the value under that version. */
static bool counted_under(const bpo__usage_item *items, size_t count, uint32_t version, bpo__text distinct)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_item(&items[middle], version, distinct) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || compare_item(&items[low], version, distinct) != 0)
        return false;
    bpo_decimal quantity = bpo__usage_item_quantity(&items[low]);
    return quantity.hi != 0 || quantity.lo != 0;
}

/* What counts once in a period counts under the first version that saw it. */
static bool counted_earlier(const service *s, const bpo__usage_item *items, size_t index)
{
    for (size_t i = 0; items[index].keyed && i < s->count && s->now[i].version < items[index].version; i++)
        if (counted_under(items, index, s->now[i].version, items[index].distinct))
            return true;
    return false;
}

/* The items of a service stand side by side, in order of version. */
static bpo_status add_items(const bpo__close *c, service *s, const bpo__usage_item *items, size_t count, bool posted)
{
    size_t first = 0, end;
    bpo_status status = BPO_OK;
    while (first < count && !is_of(&items[first], s))
        first++;
    for (end = first; end < count && is_of(&items[end], s) && status >= 0; end++) {
        bpo_decimal quantity = bpo__usage_item_quantity(&items[end]);
        if (!counted_earlier(s, items + first, end - first))
            status = add_quantity(c, s, items[end].version, &quantity, posted);
    }
    return status;
}

/* The days on which a fixed charge holds in the period, from the contract's start on. */
static bpo_status add_fixed_days(const bpo__close *c, service *s)
{
    bpo_time start = bpo__contract_start(c->ledger->contract);
    for (size_t i = 0; i < c->place_count; i++) {
        const bpo__place *place = &c->places[i];
        const bpo__charge *charge = bpo__charge_of(place->plan, bpo__text_of(s->charge));
        bpo_time from = place->from > start ? place->from : start;
        bpo_decimal days;
        if (charge == NULL || charge->meter != NULL || from >= place->until)
            continue;
        bpo_status status = bpo_decimal_set(bpo__place_days(place, from, place->until), 0, &days);
        if (status < 0 || (status = add_quantity(c, s, place->version, &days, false)) < 0)
            return status;
    }
    return BPO_OK;
}

/* --- lines ---------------------------------------------------------------------------------------------------- */

static bpo_status add_step(bpo__close *c, bpo_invoice_line *line, bpo__text text)
{
    const char **step = bpo__statement_append(c->statement, &c->statement->steps);
    if (step == NULL || (*step = bpo__close_text(c, text)) == NULL)
        return bpo__fail_memory(c->err);
    line->step_count++;
    return BPO_OK;
}

static bpo_status add_amount_step(bpo__close *c, bpo_invoice_line *line, const char *label, const bpo_decimal *amount)
{
    char text[BPO_DECIMAL_TEXT_SIZE + 32];
    size_t size = strlen(label);
    memcpy(text, label, size);
    size += bpo_decimal_format(amount, text + size, sizeof text - size);
    return add_step(c, line, (bpo__text){text, size});
}

static bpo_status add_steps(bpo__close *c, bpo_invoice_line *line, const bpo__line *rated, const bpo_decimal *posted)
{
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < rated->step_count && status >= 0; i++)
        status = add_step(c, line, bpo__text_of(rated->steps[i]));
    if (status < 0 || !line->adjustment)
        return status;
    status = add_amount_step(c, line, "posted before: ", posted);
    return status < 0 ? status : add_amount_step(c, line, "difference: ", &line->amount);
}

static bpo_status fill_texts(bpo__close *c, bpo_invoice_line *line, const bpo__line *rated, bpo__ratio quantity)
{
    char text[BPO__RATIO_TEXT_SIZE];
    size_t size = bpo__ratio_format(quantity, text);
    const char *rate = rated->charge->tier_count == 0 ? rated->charge->rate_text : "";
    line->charge = bpo__close_text(c, bpo__text_of(rated->charge->name));
    line->model = bpo__close_text(c, bpo__text_of(rated->charge->model_text));
    line->quantity = bpo__close_text(c, (bpo__text){text, size});
    line->unit = bpo__close_text(c, bpo__text_of(rated->unit));
    line->rate = bpo__close_text(c, bpo__text_of(rate));
    bool whole = line->charge != NULL && line->model != NULL && line->quantity != NULL && line->unit != NULL;
    return whole && line->rate != NULL ? BPO_OK : bpo__fail_memory(c->err);
}

static bpo_status post(bpo__close *c, const service *s, const bpo__line *rated, bpo__ratio quantity,
                       const bpo_decimal *amount, const bpo_decimal *posted)
{
    bpo__invoice_row *row = bpo__statement_append(c->statement, &c->statement->lines);
    if (row == NULL)
        return bpo__fail_memory(c->err);
    bpo_invoice_line *line = &row->line;
    line->struct_size = sizeof *line;
    line->contract_version = rated->version;
    line->service_start = s->place.period_start;
    line->service_end = s->place.period_end;
    line->amount = *amount;
    line->adjustment = s->adjustment;
    bpo_status status = fill_texts(c, line, rated, quantity);
    if (status >= 0)
        status = add_steps(c, line, rated, posted);
    if (status < 0)
        return status;
    status = bpo__position_post(&c->position, bpo__text_of(s->charge), s->place.period_start, rated->version, amount);
    return status < 0 ? fail_range(c, status) : BPO_OK;
}

/* One version of a service: its line, or the difference to what was posted. */
static bpo_status post_version(bpo__close *c, const service *s, size_t index)
{
    const bpo__line *now = &s->rated_now[index], *before = &s->rated_posted[index];
    bpo_decimal posted = bpo__position_amount(&c->position, bpo__text_of(s->charge), s->place.period_start,
                                              now->version);
    bpo_decimal taken_off, difference;
    bpo__ratio quantity;
    bpo_status status = negate(&posted, &taken_off);
    if (status >= 0)
        status = bpo_decimal_add(&now->amount, &taken_off, &difference);
    if (status >= 0)
        status = bpo__ratio_subtract(now->quantity, before->quantity, &quantity);
    if (status < 0)
        return fail_range(c, status);
    if (s->adjustment && difference.hi == 0 && difference.lo == 0)
        return BPO_OK;
    return post(c, s, now, quantity, &difference, &posted);
}

static bpo_status rate_service(bpo__close *c, service *s, bpo__arena *arena)
{
    const bpo__pricing *pricing = &bpo__contract_plan(c->ledger->contract, s->now[0].version)->pricing;
    int64_t days = bpo__place_days(&s->place, s->place.period_start, s->place.period_end);
    s->rated_now = bpo__arena_alloc(arena, s->count * sizeof *s->rated_now);
    s->rated_posted = bpo__arena_alloc(arena, s->count * sizeof *s->rated_posted);
    if (s->rated_now == NULL || s->rated_posted == NULL)
        return bpo__fail_memory(c->err);
    bpo_status status = bpo__rate(pricing, s->now, s->count, days, arena, s->rated_now, c->err);
    return status < 0 ? status : bpo__rate(pricing, s->posted, s->count, days, arena, s->rated_posted, c->err);
}

static bpo_status post_service(const invoice *it, service *s, bpo__arena *arena)
{
    bpo__close *c = it->close;
    size_t most = bpo_contract_version_count(c->ledger->contract);
    s->now = bpo__arena_alloc(arena, most * sizeof *s->now);
    s->posted = bpo__arena_alloc(arena, most * sizeof *s->posted);
    if (s->now == NULL || s->posted == NULL)
        return bpo__fail_memory(c->err);
    bpo_status status = add_items(c, s, it->now, it->now_count, false);
    if (status >= 0)
        status = add_items(c, s, it->posted, it->posted_count, true);
    if (status >= 0 && !s->adjustment)
        status = add_fixed_days(c, s);
    if (status < 0 || s->count == 0)
        return status;
    status = rate_service(c, s, arena);
    for (size_t i = 0; i < s->count && status >= 0; i++)
        status = post_version(c, s, i);
    return status;
}

static bpo_status post_charge_in(const invoice *it, const char *charge, bpo_time period_start)
{
    const bpo__close *c = it->close;
    service s = {.charge = charge, .adjustment = period_start < c->ledger->start};
    bpo__arena arena;
    bpo_status status = bpo__place_find(&s.place, c->ledger->contract, period_start, c->err);
    if (status < 0)
        return status;
    if (s.place.period_start != period_start)
        return unknown_charge(c, bpo__text_of(charge));
    bpo__arena_init(&arena, c->ledger->context);
    status = post_service(it, &s, &arena);
    bpo__arena_clear(&arena);
    return status;
}

/* The earlier periods that this one changes, in order, then the period itself. */
static bpo_status post_charge(const invoice *it, const char *charge)
{
    bpo_time last = INT64_MIN, start = it->close->ledger->start;
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < it->moved_count && status >= 0; i++) {
        const bpo__usage_item *item = &it->moved[i];
        if (item->period_start <= last || item->period_start >= start || !bpo__text_is(item->charge, charge))
            continue;
        last = item->period_start;
        status = post_charge_in(it, charge, last);
    }
    return status < 0 ? status : post_charge_in(it, charge, start);
}

/* Charges that only earlier versions have come behind those of the period. */
static bpo_status order_charges(const invoice *it)
{
    bpo__close *c = it->close;
    const bpo_contract *contract = c->ledger->contract;
    for (size_t i = 0; i < it->moved_count; i++) {
        const bpo__usage_item *item = &it->moved[i];
        const bpo__charge *charge = item->version < bpo_contract_version_count(contract)
                                        ? bpo__charge_of(bpo__contract_plan(contract, item->version), item->charge)
                                        : NULL;
        if (charge == NULL || item->period_start > c->ledger->start)
            return unknown_charge(c, item->charge);
        if (bpo__definitions_add_charge(&c->definitions, charge->name) < 0)
            return bpo__fail_memory(c->err);
    }
    return BPO_OK;
}

/* Lists what was posted and what changes, and makes the position's quantities those known now. */
static bpo_status begin(invoice *it)
{
    bpo__close *c = it->close;
    if (bpo__usage_list(c->position.quantities, &it->posted, &it->posted_count) < 0 ||
        bpo__usage_list(c->books->usage, &it->moved, &it->moved_count) < 0)
        return bpo__fail_memory(c->err);
    for (size_t i = 0; i < it->posted_count; i++)
        if (it->posted[i].period_start >= c->ledger->start)
            return bpo__fail(c->err, BPO_E_CORRUPT, BPO__MSG_bytes_malformed, "", "position", NULL, NULL);
    return BPO_OK;
}

/* Texts of the posted items belong to the quantities, so the merged ones are made beside them. */
static bpo_status merge_quantities(invoice *it, bpo__usage **ret_usage)
{
    bpo__close *c = it->close;
    bpo__usage *usage;
    bpo_status status = bpo__usage_new(c->ledger->context, &usage);
    if (status < 0)
        return fail_range(c, status);
    *ret_usage = usage;
    status = bpo__usage_merge(usage, c->position.quantities);
    if (status >= 0)
        status = bpo__usage_merge(usage, c->books->usage);
    if (status >= 0)
        status = bpo__usage_list(usage, &it->now, &it->now_count);
    return status < 0 ? fail_range(c, status) : BPO_OK;
}

bpo_status bpo__close_invoice(bpo__close *c)
{
    bpo_context *context = c->ledger->context;
    invoice it = {.close = c};
    bpo__usage *merged = NULL;
    bpo_status status = begin(&it);
    if (status >= 0)
        status = merge_quantities(&it, &merged);
    if (status >= 0)
        status = order_charges(&it);
    for (size_t i = 0; i < c->definitions.charge_count && status >= 0; i++)
        status = post_charge(&it, c->definitions.charges[i]);
    bpo__free(context, it.now, it.now_count * sizeof *it.now);
    bpo__free(context, it.posted, it.posted_count * sizeof *it.posted);
    bpo__free(context, it.moved, it.moved_count * sizeof *it.moved);
    if (merged != NULL) {
        bpo__usage_free(c->position.quantities);
        c->position.quantities = merged;
    }
    return status;
}
