/* SPDX-License-Identifier: Apache-2.0 */
/* A store in memory: streams by name, their records in order of sequence, found by (key, revision) and by subject.
 *
 * An append first makes room for everything and copies every record; only then are they linked in, and nothing can
 * fail any more. */
#include "core/fail.h"
#include "core/map.h"
#include "core/sized.h"
#include <bpo/store.h>

/* A copied record: one block that ends with its key, revision, subject and bytes. */
typedef struct stored {
    bpo_record record;
    struct stored *next_of_subject;
    struct stored *previous_of_subject;
    size_t block_size;
    bpo__text identity; /* key and revision, within the block */
    char data[];
} stored;

/* The records of one subject, linked in order. */
typedef struct subject_list {
    stored *first;
    stored *last;
    bpo__text subject; /* within the first record */
} subject_list;

typedef struct stream {
    char *name;
    size_t name_size;
    stored **records; /* records[i] has the sequence i + 1 */
    size_t count;
    size_t capacity;
    bpo__map identities; /* identity -> stored */
    bpo__map subjects;   /* subject -> subject_list */
} stream;

typedef struct memory_store {
    bpo_context *context;
    bpo__map streams; /* name -> stream */
} memory_store;

/* --- records ----------------------------------------------------------------------------------------------------- */

/* Keys are at most 64 bytes by the protocol; a store takes what it is given, up to this. */
#define KEY_SIZE_MOST 256

/* The key with its revision behind it, in the caller's room; empty for a key that is too long. */
static bpo__text identity_of(const bpo_record *record, char *room)
{
    bpo__text identity = {room, record->key_size + sizeof record->revision};
    if (record->key_size > KEY_SIZE_MOST)
        return (bpo__text){NULL, 0};
    memcpy(room, record->key, record->key_size);
    memcpy(room + record->key_size, &record->revision, sizeof record->revision);
    return identity;
}

static char *copy_part(char *at, const void *part, size_t size)
{
    if (size > 0)
        memcpy(at, part, size);
    return at + size;
}

static stored *copy_record(bpo_context *context, const bpo_record *record, bpo__text identity)
{
    size_t size = sizeof(stored) + identity.size;
    if (record->subject_size > PTRDIFF_MAX - size || record->size > PTRDIFF_MAX - size - record->subject_size)
        return NULL;
    size += record->subject_size + record->size;
    stored *copy = bpo__alloc(context, size);
    if (!copy)
        return NULL;
    *copy = (stored){*record, NULL, NULL, size, {copy->data, identity.size}};
    char *subject = copy_part(copy->data, identity.data, identity.size);
    char *bytes = copy_part(subject, record->subject, record->subject_size);
    copy_part(bytes, record->bytes, record->size);
    copy->record.struct_size = sizeof copy->record;
    copy->record.key = copy->data;
    copy->record.subject = subject;
    copy->record.bytes = bytes;
    return copy;
}

static void free_record(bpo_context *context, stored *record) { bpo__free(context, record, record->block_size); }

static bool has_bytes(const stored *there, const bpo_record *record)
{
    return there->record.size == record->size &&
           (record->size == 0 || memcmp(there->record.bytes, record->bytes, record->size) == 0);
}

/* --- streams ----------------------------------------------------------------------------------------------------- */

static void free_stream(bpo_context *context, stream *s)
{
    const bpo__map_entry *entry;
    size_t position = 0;

    while ((entry = bpo__map_next(&s->subjects, &position)) != NULL)
        bpo__free(context, entry->value, sizeof(subject_list));
    for (size_t i = 0; i < s->count; i++)
        free_record(context, s->records[i]);
    bpo__map_clear(&s->subjects);
    bpo__map_clear(&s->identities);
    bpo__free(context, s->records, s->capacity * sizeof *s->records);
    bpo__free(context, s->name, s->name_size);
    bpo__free(context, s, sizeof *s);
}

static stream *make_stream(bpo_context *context, bpo__text name)
{
    stream *s = bpo__alloc_zeroed(context, sizeof *s);
    if (!s)
        return NULL;
    bpo__map_init(&s->identities, context);
    bpo__map_init(&s->subjects, context);
    s->name = bpo__alloc(context, name.size);
    if (!s->name && name.size > 0) {
        free_stream(context, s);
        return NULL;
    }
    s->name_size = name.size;
    copy_part(s->name, name.data, name.size);
    return s;
}

/* The stream of a name, made where there is none: an empty stream is as good as none. */
static stream *provide_stream(memory_store *store, bpo__text name)
{
    stream *s = bpo__map_get(&store->streams, name);
    if (s)
        return s;
    s = make_stream(store->context, name);
    if (s && bpo__map_set(&store->streams, (bpo__text){s->name, s->name_size}, s) != BPO_OK) {
        free_stream(store->context, s);
        s = NULL;
    }
    return s;
}

/* --- appending --------------------------------------------------------------------------------------------------- */

static bpo_status reserve(bpo_context *context, stream *s, size_t count)
{
    void *records = s->records;
    bpo_status status = bpo__reserve(context, &records, &s->capacity, s->count, count, sizeof *s->records);
    s->records = records;
    if (status == BPO_OK)
        status = bpo__map_reserve(&s->identities, count);
    return status;
}

static bpo__text subject_of(const stored *record)
{
    return (bpo__text){record->record.subject, record->record.subject_size};
}

/* Puts a record behind the others of its subject. */
static bpo_status link_subject(bpo_context *context, stream *s, stored *record)
{
    subject_list *list = bpo__map_get(&s->subjects, subject_of(record));
    if (list) {
        record->previous_of_subject = list->last;
        list->last->next_of_subject = record;
        list->last = record;
        return BPO_OK;
    }
    list = bpo__alloc(context, sizeof *list);
    if (!list)
        return BPO_E_NOMEM;
    *list = (subject_list){record, record, subject_of(record)};
    bpo_status status = bpo__map_set(&s->subjects, list->subject, list);
    if (status != BPO_OK)
        bpo__free(context, list, sizeof *list);
    return status;
}

/* Takes the newest record of a subject off again. */
static void unlink_subject(bpo_context *context, stream *s, stored *record)
{
    subject_list *list = bpo__map_get(&s->subjects, subject_of(record));
    if (list->first == record) {
        bpo__map_remove(&s->subjects, list->subject);
        bpo__free(context, list, sizeof *list);
        return;
    }
    list->last = record->previous_of_subject;
    list->last->next_of_subject = NULL;
}

/* Adds one record that is not there yet; room for it has been made. */
static bpo_status add_record(bpo_context *context, stream *s, const bpo_record *record, bpo__text identity)
{
    stored *copy = copy_record(context, record, identity);
    if (!copy)
        return BPO_E_NOMEM;
    bpo_status status = link_subject(context, s, copy);
    if (status != BPO_OK) {
        free_record(context, copy);
        return status;
    }
    copy->record.sequence = s->count + 1;
    s->records[s->count++] = copy;
    (void)bpo__map_set(&s->identities, copy->identity, copy); /* reserved */
    return BPO_OK;
}

static void cut_back(bpo_context *context, stream *s, size_t count)
{
    while (s->count > count) {
        stored *last = s->records[--s->count];
        bpo__map_remove(&s->identities, last->identity);
        unlink_subject(context, s, last);
        free_record(context, last);
    }
}

/* Adds or finds one record. */
static bpo_status take_record(bpo_context *context, stream *s, const bpo_record *record)
{
    char room[KEY_SIZE_MOST + sizeof record->revision];
    bpo__text identity = identity_of(record, room);
    if (!identity.data)
        return BPO_E_LIMIT;
    const stored *there = bpo__map_get(&s->identities, identity);
    if (there)
        return has_bytes(there, record) ? BPO_OK : BPO_E_KEY_REUSED;
    return add_record(context, s, record, identity);
}

/* After the batch: where each record lies. */
static uint64_t sequence_of(const stream *s, const bpo_record *record)
{
    char room[KEY_SIZE_MOST + sizeof record->revision];
    const stored *there = bpo__map_get(&s->identities, identity_of(record, room));
    return there->record.sequence;
}

static bpo_status append(void *user, const char *name, uint64_t expected_seq, const bpo_record *const *records,
                         size_t count, uint64_t *ret_seqs)
{
    memory_store *store = user;
    stream *s = provide_stream(store, bpo__text_of(name));
    if (!s)
        return BPO_E_NOMEM;
    size_t head = s->count;
    if (expected_seq != BPO_SEQ_ANY && expected_seq != head)
        return BPO_E_CONFLICT;
    bpo_status status = reserve(store->context, s, count);
    size_t i = 0;
    while (i < count && status == BPO_OK) {
        status = take_record(store->context, s, records[i]);
        i++;
    }
    if (status != BPO_OK) {
        cut_back(store->context, s, head);
        if (status == BPO_E_KEY_REUSED)
            ret_seqs[0] = i - 1;
        return status;
    }
    for (i = 0; i < count; i++)
        ret_seqs[i] = sequence_of(s, records[i]);
    return BPO_OK;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bpo_status read_records(void *user, const char *name, uint64_t from_seq, bpo_visit visit, void *visit_user)
{
    memory_store *store = user;
    const stream *s = bpo__map_get(&store->streams, bpo__text_of(name));
    bpo_status status = BPO_OK;

    if (!s)
        return BPO_OK;
    for (uint64_t i = from_seq > 0 ? from_seq - 1 : 0; i < s->count && status == BPO_OK; i++)
        status = visit(visit_user, &s->records[i]->record);
    return status;
}

static bpo_status read_subject(void *user, const char *name, const char *subject, size_t subject_size,
                               bpo_visit visit, void *visit_user)
{
    memory_store *store = user;
    const stream *s = bpo__map_get(&store->streams, bpo__text_of(name));
    const subject_list *list = s ? bpo__map_get(&s->subjects, (bpo__text){subject, subject_size}) : NULL;
    bpo_status status = BPO_OK;

    for (const stored *r = list ? list->first : NULL; r && status == BPO_OK; r = r->next_of_subject)
        status = visit(visit_user, &r->record);
    return status;
}

static void release(void *user)
{
    memory_store *store = user;
    bpo_context *context = store->context;
    const bpo__map_entry *entry;
    size_t position = 0;

    while ((entry = bpo__map_next(&store->streams, &position)) != NULL)
        free_stream(context, entry->value);
    bpo__map_clear(&store->streams);
    bpo__free(context, store, sizeof *store);
    bpo_context_unref(context);
}

bpo_status bpo_memory_store_new(bpo_context *context, bpo_store *ret_store, bpo_error *err)
{
    if (!context || !ret_store)
        return bpo__fail_argument(err, context ? "ret_store" : "context");
    memory_store *store = bpo__alloc_zeroed(context, sizeof *store);
    if (!store)
        return bpo__fail_memory(err);
    bpo_store made = {sizeof made, 0, store, release, append, read_records, read_subject};
    if (bpo__sized_write(&made, sizeof made, ret_store, sizeof made) != BPO_OK) {
        bpo__free(context, store, sizeof *store);
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "ret_store", NULL, NULL);
    }
    store->context = bpo_context_ref(context);
    bpo__map_init(&store->streams, context);
    return BPO_OK;
}

void bpo_store_init(bpo_store *store)
{
    static const bpo_store initial = BPO_STORE_INIT;
    if (store)
        *store = initial;
}
