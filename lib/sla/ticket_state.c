/* SPDX-License-Identifier: Apache-2.0 */
/* The attributes of a ticket while its facts are replayed.
 *
 * Law: an attribute is the last value that a fact gave it, in fact order; what a fact says about itself (who wrote, to
 * which metric) is not an attribute of the ticket. An attribute that nobody gave is absent, never guessed. */
#include "sla/ticket_state.h"
#include "terms/fact_table.h"

/* Values that describe the fact alone. */
static const uint32_t passing[] = {BPO_VALUE_AUTHOR, BPO_VALUE_PUBLIC, BPO_VALUE_METRIC, BPO_VALUE_TARGET};

/* What a kind says about the status where the fact does not name it. */
static const struct implied {
    bpo_fact_kind kind;
    bpo__category category;
} implied[] = {
    {BPO_TICKET_SOLVED, BPO__CATEGORY_SOLVED},
    {BPO_TICKET_CLOSED, BPO__CATEGORY_CLOSED},
    {BPO_TICKET_DELETED, BPO__CATEGORY_CLOSED},
    {BPO_TICKET_REOPENED, BPO__CATEGORY_OPEN},
};

static bool is_passing(uint32_t name)
{
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++)
        if (passing[i] == name)
            return true;
    return false;
}

static bool is_same(const bpo_value *a, const bpo_value *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == BPO_TYPE_TEXT)
        return bpo__text_equal((bpo__text){a->text, a->size}, (bpo__text){b->text, b->size});
    if (a->type == BPO_TYPE_DECIMAL)
        return a->decimal.hi == b->decimal.hi && a->decimal.lo == b->decimal.lo && a->decimal.scale == b->decimal.scale;
    return a->integer == b->integer;
}

static bpo_value *find(bpo__ticket_state *state, uint32_t name)
{
    for (size_t i = 0; i < state->count; i++)
        if (state->values[i].name == name)
            return &state->values[i];
    return NULL;
}

static bpo_status grow(bpo__ticket_state *state)
{
    size_t capacity = state->capacity * 2;
    bpo_value *values = bpo__alloc(state->context, capacity * sizeof *values);
    if (values == NULL)
        return BPO_E_NOMEM;
    memcpy(values, state->values, state->count * sizeof *values);
    if (state->values != state->first)
        bpo__free(state->context, state->values, state->capacity * sizeof *values);
    state->values = values;
    state->capacity = capacity;
    return BPO_OK;
}

static bpo_status take(bpo__ticket_state *state, const bpo_value *value)
{
    bpo_value *known = find(state, value->name);
    if (known != NULL && is_same(known, value))
        return BPO_OK;
    if (known == NULL) {
        if (state->count == state->capacity && grow(state) < 0)
            return BPO_E_NOMEM;
        known = &state->values[state->count++];
    }
    *known = *value;
    state->changed[state->changed_count++] = value->name;
    return BPO_OK;
}

static bpo__category category_of(const bpo__ticket_state *state, const bpo_fact *fact)
{
    for (size_t i = 0; i < fact->value_count; i++)
        if (fact->values[i].name == BPO_VALUE_STATUS) {
            bpo__text word = {fact->values[i].text, fact->values[i].size};
            bpo__category category = bpo__plan_category(state->plan, word);
            return category == BPO__CATEGORY_NONE ? BPO__CATEGORY_UNKNOWN : category;
        }
    for (size_t i = 0; i < sizeof implied / sizeof implied[0]; i++)
        if (implied[i].kind == fact->kind)
            return implied[i].category;
    return state->category;
}

static void put_text(bpo__ticket_state *state, uint32_t name, const char *text)
{
    bpo_value word = {.name = name, .type = BPO_TYPE_TEXT, .text = text, .size = strlen(text)};
    state->words[state->word_count++] = word;
}

void bpo__ticket_state_init(bpo__ticket_state *state, bpo_context *context, const bpo__plan *plan)
{
    state->context = context;
    state->plan = plan;
    state->values = state->first;
    state->count = 0;
    state->capacity = BPO__STATE_VALUES_INLINE;
    state->word_count = 0;
    state->category = BPO__CATEGORY_NONE;
    state->changed_count = 0;
    state->opened_weekday = 0;
    state->opened_in_hours = -1;
}

void bpo__ticket_state_clear(bpo__ticket_state *state)
{
    if (state->values != state->first)
        bpo__free(state->context, state->values, state->capacity * sizeof *state->values);
    bpo__ticket_state_init(state, state->context, state->plan);
}

bpo_status bpo__ticket_state_apply(bpo__ticket_state *state, const bpo_fact *fact)
{
    state->changed_count = 0;
    for (size_t i = 0; i < fact->value_count; i++)
        if (!is_passing(fact->values[i].name) && take(state, &fact->values[i]) < 0)
            return BPO_E_NOMEM;
    bpo__category category = category_of(state, fact);
    if (category != state->category)
        state->changed[state->changed_count++] = BPO_VALUE_STATUS_CATEGORY;
    state->category = category;
    return BPO_OK;
}

void bpo__ticket_state_word(bpo__ticket_state *state, const bpo_fact *fact)
{
    static const char *const weekdays[] = {"", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const bpo__fact_row *row = fact != NULL ? bpo__fact_row_of(fact->kind) : NULL;
    state->word_count = 0;
    if (row != NULL)
        put_text(state, BPO_VALUE_KIND, row->name);
    if (state->category != BPO__CATEGORY_NONE)
        put_text(state, BPO_VALUE_STATUS_CATEGORY, bpo__category_text(state->category));
    if (state->opened_weekday > 0)
        put_text(state, BPO_VALUE_OPENED_WEEKDAY, weekdays[state->opened_weekday]);
    if (state->opened_in_hours >= 0) {
        bpo_value word = {
            .name = BPO_VALUE_OPENED_IN_HOURS, .type = BPO_TYPE_INTEGER, .integer = state->opened_in_hours};
        state->words[state->word_count++] = word;
    }
}

const bpo__attributes *bpo__ticket_state_see(const bpo__ticket_state *state, const bpo_fact *fact, bpo__sight *sight)
{
    sight->words = (bpo__attributes){state->words, state->word_count, NULL};
    sight->ticket = (bpo__attributes){state->values, state->count, &sight->words};
    if (fact == NULL)
        return &sight->ticket;
    sight->fact = (bpo__attributes){fact->values, fact->value_count, &sight->ticket};
    return &sight->fact;
}
