/* SPDX-License-Identifier: Apache-2.0 */
/* TZif bytes (RFC 9636, version 2 or later) as changes of offset.
 *
 * The bytes are a stranger's: every count is checked against what is there before anything is read. Only offsets are
 * kept, so changes that keep the offset (a new abbreviation) vanish. */
#include "core/fail.h"
#include "time/civil.h"
#include "time/hours.h"
#include "time/zone.h"

#define HEADER_SIZE 44
#define TIME_SIZE 8
#define TIME_SIZE_1 4 /* in the block for version 1 */
#define TYPE_SIZE 6
#define LEAP_SIZE 12
#define LEAP_SIZE_1 8
#define FOOTER_MOST 256

/* What RFC 9636 asks offsets and times to stay within. */
#define OFFSET_LEAST (-89999)
#define OFFSET_MOST 93599
#define TIME_MOST (INT64_C(1) << 59)

/* The changes that the rule brings are written out for the years that calendars cover and a little more. */
#define TABLE_FIRST_YEAR 1899
#define TABLE_END_YEAR   2203
#define YEAR_SECONDS_LEAST (INT64_C(365) * BPO__DAY_SECONDS)

typedef struct counts {
    uint32_t ut;
    uint32_t standard;
    uint32_t leap;
    uint32_t time;
    uint32_t type;
    uint32_t character;
} counts;

/* The second block, whose parts have been found to lie within the bytes. */
typedef struct block {
    counts n;
    const uint8_t *times;
    const uint8_t *indexes;
    const uint8_t *types;
    bpo__text footer;
} block;

static uint32_t read_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t read_i64(const uint8_t *at)
{
    return (int64_t)((uint64_t)read_u32(at) << 32 | read_u32(at + 4));
}

static counts read_counts(const uint8_t *header)
{
    counts n = {read_u32(header + 20), read_u32(header + 24), read_u32(header + 28),
                read_u32(header + 32), read_u32(header + 36), read_u32(header + 40)};
    return n;
}

/* Bytes behind a header. No overflow: six numbers of 32 bits times at most 13. */
static uint64_t body_size(const counts *n, uint64_t time_size, uint64_t leap_size)
{
    return n->time * (time_size + 1) + (uint64_t)n->type * TYPE_SIZE + n->character + n->leap * leap_size +
           n->standard + n->ut;
}

static const char *check_header(const uint8_t *header, size_t size)
{
    if (size < HEADER_SIZE)
        return "a header is cut short";
    if (memcmp(header, "TZif", 4) != 0)
        return "it does not begin with TZif";
    return header[4] < '2' ? "it is of version 1, and version 2 or later is needed" : NULL;
}

static const char *check_counts(const counts *n)
{
    if (n->type == 0 || n->type > 256)
        return "the number of local time types is not 1 to 256";
    if (n->character == 0)
        return "it has no abbreviations";
    if ((n->ut != 0 && n->ut != n->type) || (n->standard != 0 && n->standard != n->type))
        return "its numbers of indicators differ from that of local time types";
    return n->leap != 0 ? "it counts leap seconds, and instants here have none" : NULL;
}

/* The text between two line ends. */
static const char *find_footer(const uint8_t *at, size_t size, bpo__text *ret_footer)
{
    if (size == 0 || at[0] != '\n')
        return "the footer is missing";
    for (size_t i = 1; i < size && i <= FOOTER_MOST; i++) {
        if (at[i] == '\n') {
            ret_footer->data = (const char *)at + 1;
            ret_footer->size = i - 1;
            return NULL;
        }
    }
    return "the footer is cut short";
}

/* Finds the second block; NULL or what is wrong. */
static const char *find_block(const uint8_t *bytes, size_t size, block *ret_block)
{
    const char *problem = check_header(bytes, size);
    if (problem != NULL)
        return problem;
    counts first = read_counts(bytes);
    uint64_t first_size = HEADER_SIZE + body_size(&first, TIME_SIZE_1, LEAP_SIZE_1);
    if (first_size > size)
        return "the block for version 1 is cut short";
    bytes += first_size;
    size -= (size_t)first_size;
    if ((problem = check_header(bytes, size)) != NULL)
        return problem;
    counts n = read_counts(bytes);
    uint64_t block_size = HEADER_SIZE + body_size(&n, TIME_SIZE, LEAP_SIZE);
    if (block_size > size)
        return "the block for version 2 is cut short";
    ret_block->n = n;
    ret_block->times = bytes + HEADER_SIZE;
    ret_block->indexes = ret_block->times + (size_t)n.time * TIME_SIZE;
    ret_block->types = ret_block->indexes + n.time;
    if ((problem = check_counts(&n)) != NULL)
        return problem;
    return find_footer(bytes + block_size, size - (size_t)block_size, &ret_block->footer);
}

static int32_t type_offset(const block *b, size_t type)
{
    return (int32_t)read_u32(b->types + type * TYPE_SIZE);
}

static const char *check_types(const block *b)
{
    for (size_t i = 0; i < b->n.type; i++) {
        int32_t offset = type_offset(b, i);
        const uint8_t *type = b->types + i * TYPE_SIZE;
        if (offset < OFFSET_LEAST || offset > OFFSET_MOST)
            return "an offset from UTC is larger than a day";
        if (type[4] > 1 || type[5] >= b->n.character)
            return "a local time type is malformed";
    }
    return NULL;
}

static const char *check_times(const block *b)
{
    int64_t last = -TIME_MOST - 1;
    for (size_t i = 0; i < b->n.time; i++) {
        int64_t at = read_i64(b->times + i * TIME_SIZE);
        if (at <= last || at > TIME_MOST)
            return "its changes are not in order of time";
        if (b->indexes[i] >= b->n.type)
            return "a change names a local time type that is not there";
        last = at;
    }
    return NULL;
}

/* The list of changes being made. */
typedef struct table {
    bpo__zone_change *changes;
    size_t count;
    int32_t first_offset;
} table;

static int32_t last_offset(const table *t)
{
    return t->count > 0 ? t->changes[t->count - 1].offset : t->first_offset;
}

static void add_change(table *t, int64_t at, int32_t offset)
{
    if (offset == last_offset(t))
        return;
    t->changes[t->count].at = at;
    t->changes[t->count].offset = offset;
    t->count++;
}

static void add_listed(table *t, const block *b)
{
    for (size_t i = 0; i < b->n.time; i++)
        add_change(t, read_i64(b->times + i * TIME_SIZE), type_offset(b, b->indexes[i]));
}

/* The changes of the rule after a second, up to the end of the table. */
static void add_ruled(table *t, const bpo__zone_rule *rule, int64_t after, int64_t until, size_t most)
{
    bpo__zone_span span = bpo__zone_rule_span(rule, after);
    for (size_t i = 0; i < most && span.until < until; i++) {
        span = bpo__zone_rule_span(rule, span.until);
        add_change(t, span.from, span.offset);
    }
}

static int64_t year_start(int32_t year)
{
    return (int64_t)bpo__days_of_civil(year, 1, 1) * BPO__DAY_SECONDS;
}

/* The second from which the rule is written out: after the last change of the file. */
static int64_t listed_until(const block *b)
{
    return b->n.time > 0 ? read_i64(b->times + (b->n.time - 1) * (size_t)TIME_SIZE) : year_start(TABLE_FIRST_YEAR);
}

/* How many changes the rule can have between a second and the end of the table. */
static size_t ruled_most(int64_t after)
{
    int64_t end = year_start(TABLE_END_YEAR);
    int64_t begin = year_start(TABLE_FIRST_YEAR);
    int64_t seconds = end - (after > begin ? after : begin);
    return seconds > 0 ? (size_t)(seconds / YEAR_SECONDS_LEAST + 2) * 2 : 0;
}

/* Reads the footer. The file may have none; its rule must go on where the last change left off. */
static const char *read_footer(bpo_zone *zone, const block *b)
{
    bpo__zone_rule *rule = &zone->rule;
    int64_t after = listed_until(b);
    if (b->footer.size == 0)
        return NULL;
    if (!bpo__zone_rule_parse(b->footer, rule))
        return "its footer is not a POSIX TZ string";
    zone->has_rule = rule->has_daylight;
    int32_t offset = zone->has_rule ? bpo__zone_rule_span(rule, after).offset : rule->standard;
    if (b->n.time == 0)
        zone->first_offset = offset;
    else if (offset != type_offset(b, b->indexes[b->n.time - 1]))
        return "its footer does not go on where its last change left off";
    return NULL;
}

/* Puts an entry before the first and one behind the last change, and an index over them. */
static bpo_status index_table(bpo_zone *zone, bpo__zone_change *entries)
{
    int64_t from = year_start(TABLE_FIRST_YEAR);
    int64_t until = year_start(TABLE_END_YEAR);
    entries[0].at = INT64_MIN;
    entries[0].offset = zone->first_offset;
    entries[zone->change_count + 1].at = INT64_MAX;
    from = zone->rule_until > from ? zone->rule_until : from;
    until = zone->rule_from < until ? zone->rule_from : until;
    return bpo__zone_index_init(&zone->index, &zone->arena, entries, zone->change_count, from, until);
}

/* Writes the table of changes. BPO_E_NOMEM. */
static bpo_status make_table(bpo_zone *zone, const block *b)
{
    int64_t after = listed_until(b);
    size_t ruled = zone->has_rule ? ruled_most(after) : 0;
    bpo__zone_change *entries = bpo__arena_alloc(&zone->arena, (b->n.time + ruled + 2) * sizeof(*entries));
    if (entries == NULL)
        return BPO_E_NOMEM;
    table t = {entries + 1, 0, zone->first_offset};
    add_listed(&t, b);
    zone->rule_until = INT64_MIN;
    zone->rule_from = INT64_MAX;
    if (zone->has_rule) {
        int64_t end = year_start(TABLE_END_YEAR);
        add_ruled(&t, &zone->rule, after, end, ruled);
        zone->rule_until = b->n.time > 0 ? INT64_MIN : after;
        zone->rule_from = after > end ? after : end;
    }
    zone->changes = t.changes;
    zone->change_count = t.count;
    return index_table(zone, entries);
}

bpo_status bpo__tzif_read(bpo_zone *zone, const uint8_t *bytes, size_t size, bpo_error *err)
{
    block b = {0};
    const char *problem = find_block(bytes, size, &b);
    if (problem == NULL)
        problem = check_types(&b);
    if (problem == NULL)
        problem = check_times(&b);
    if (problem == NULL) {
        zone->first_offset = type_offset(&b, 0);
        problem = read_footer(zone, &b);
    }
    if (problem != NULL)
        return bpo__fail(err, BPO_E_ZONE_DATA, BPO__MSG_zone_data, NULL, zone->name, problem, NULL);
    return make_table(zone, &b) == BPO_OK ? BPO_OK : bpo__fail_memory(err);
}
