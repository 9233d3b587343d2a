/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a book, over bytes of a form of its own: numbers in eight bytes, lowest first; texts with their size
 * before them. Base terms, amendments by number, then each zone once by name with the version and digest of its data.
 * recorded_at is left out: when a book was written down does not change what it says. */
#include "core/buffer.h"
#include "core/digest.h"
#include "core/fail.h"
#include "core/sort.h"
#include "terms/book.h"
#include "time/definition.h"
#include "time/zone.h"

static bpo_status put_number(bpo__buffer *into, uint64_t value)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
    return bpo__buffer_append(into, bytes, sizeof bytes);
}

static bpo_status put_bytes(bpo__buffer *into, const void *data, size_t size)
{
    bpo_status status = put_number(into, size);

    return status == BPO_OK ? bpo__buffer_append(into, data, size) : status;
}

static bpo_status put_text(bpo__buffer *into, const char *text)
{
    return put_bytes(into, text, strlen(text));
}

static bpo_status put_terms(bpo__buffer *into, const bpo_terms *terms)
{
    bpo_status status = put_number(into, terms->count);

    for (size_t i = 0; status == BPO_OK && i < terms->count; i++) {
        status = put_text(into, terms->nodes[i]->text);
        if (status == BPO_OK)
            status = put_text(into, bpo__node_value(terms->nodes[i]).data);
    }
    return status;
}

static bpo_status put_amendment(bpo__buffer *into, const bpo_amendment *amendment)
{
    bpo_status status = put_number(into, amendment->number);

    if (status == BPO_OK)
        status = put_number(into, (uint64_t)amendment->effective_from);
    if (status == BPO_OK)
        status = put_number(into, (uint64_t)amendment->effective_to);
    if (status == BPO_OK)
        status = put_text(into, amendment->client_approval);
    if (status == BPO_OK)
        status = put_text(into, amendment->provider_approval);
    if (status == BPO_OK)
        status = put_terms(into, amendment->changes);
    if (status == BPO_OK)
        status = put_number(into, amendment->removal_count);
    for (size_t i = 0; status == BPO_OK && i < amendment->removal_count; i++)
        status = put_text(into, amendment->removals[i]);
    return status;
}

static bpo_status put_zone(bpo__buffer *into, const bpo_zone *zone)
{
    const uint8_t *digest = bpo__zone_digest(zone);
    bpo_status status = put_text(into, bpo__zone_name(zone));

    if (status == BPO_OK)
        status = put_text(into, bpo__zone_version(zone));
    return status == BPO_OK ? put_bytes(into, digest, digest ? BPO_DIGEST_SIZE : 0) : status;
}

static int compare_zones(const void *a, const void *b, void *user)
{
    (void)user;
    return bpo__text_compare(bpo__text_of(bpo__zone_name(*(const bpo_zone *const *)a)),
                             bpo__text_of(bpo__zone_name(*(const bpo_zone *const *)b)));
}

static size_t count_zones(const bpo_contract *contract)
{
    size_t count = contract->span_count;

    for (size_t i = 0; i < contract->span_count; i++)
        count += contract->spans[i].plan->calendar_count;
    return count;
}

/* Every zone of every plan, in order of name. */
static void list_zones(const bpo_contract *contract, const bpo_zone **zones)
{
    size_t count = 0;

    for (size_t i = 0; i < contract->span_count; i++) {
        const bpo__plan *plan = contract->spans[i].plan;
        zones[count++] = plan->zone;
        for (size_t j = 0; j < plan->calendar_count; j++)
            zones[count++] = bpo__calendar_zone(plan->calendars[j].calendar);
    }
    bpo__sort(zones, count, sizeof *zones, compare_zones, NULL);
}

static bpo_status put_zones(bpo__buffer *into, const bpo_contract *contract)
{
    size_t count = count_zones(contract);
    const bpo_zone **zones = bpo__alloc(contract->context, count * sizeof *zones);
    bpo_status status = zones ? BPO_OK : BPO_E_NOMEM;

    if (!zones)
        return status;
    list_zones(contract, zones);
    for (size_t i = 0; status == BPO_OK && i < count; i++)
        if (i == 0 || compare_zones(&zones[i - 1], &zones[i], NULL) != 0)
            status = put_zone(into, zones[i]);
    bpo__free(contract->context, zones, count * sizeof *zones);
    return status;
}

static bpo_status put_book(bpo__buffer *into, const bpo_contract *contract)
{
    bpo_status status = put_text(into, "bpo contract 1");

    if (status == BPO_OK)
        status = put_terms(into, contract->base);
    if (status == BPO_OK)
        status = put_number(into, contract->record_count);
    for (size_t i = 0; status == BPO_OK && i < contract->record_count; i++)
        status = put_amendment(into, &contract->records[i]->amendment);
    return status == BPO_OK ? put_zones(into, contract) : status;
}

bpo_status bpo_contract_digest(const bpo_contract *contract, uint8_t *ret_digest, bpo_error *err)
{
    bpo__buffer bytes;
    bpo_status status;

    if (!contract || !ret_digest)
        return bpo__fail_argument(err, contract ? "ret_digest" : "contract");
    bpo__buffer_init(&bytes, contract->context);
    status = put_book(&bytes, contract);
    if (status != BPO_OK)
        bpo__fail_memory(err);
    else
        status = bpo__digest_required(contract->context, bytes.data, bytes.size, ret_digest, err);
    bpo__buffer_clear(&bytes);
    return status;
}
