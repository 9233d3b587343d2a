/* SPDX-License-Identifier: Apache-2.0 */
/* ticket_column: the ticket's SLA state lies in the host's own row and changes in the host's own transaction.
 *
 * Nothing else is stored: between two facts the columns do not change, so "overdue" is WHERE breach_at < now.
 * Introduces: bpo_ticket_new, bpo_ticket_decode, bpo_ticket_apply, bpo_ticket_summarize, bpo_ticket_encode,
 * bpo_ticket_clock, bpo_changes_at. */
#include <bpo/bpo.h>
#include <bpo/files.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const char *const terms_of_contract[][2] = {
    {"/contract/time_zone", "Europe/Warsaw"},
    {"/calendars/office/hours/mon-fri", "08:00-16:00"},
    {"/sla/policies/standard/calendar", "office"},
    {"/sla/policies/standard/targets/first_response", "PT1H"},
    {"/sla/policies/standard/targets/resolution", "PT8H"},
};

typedef struct state {
    uint8_t bytes[4096];
    size_t size;
} state;

static bpo_status keep(void *user, const void *data, size_t size)
{
    state *s = user;
    if (s->size + size > sizeof s->bytes)
        return BPO_E_HOST;
    memcpy(s->bytes + s->size, data, size);
    s->size += size;
    return BPO_OK;
}

static int fail(const bpo_error *err)
{
    fprintf(stderr, "ticket_column: %s: %s\n", err->path, err->message);
    return 1;
}

static int compile(bpo_context *context, bpo_contract **ret_contract, bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo_status status = bpo_terms_new(context, &terms, err);
    for (size_t i = 0; status >= 0 && i < sizeof terms_of_contract / sizeof *terms_of_contract; i++)
        status = bpo_terms_set(terms, terms_of_contract[i][0], terms_of_contract[i][1], err);
    if (status >= 0)
        status = bpo_contract_new(context, terms, ret_contract, err);
    bpo_terms_unref(terms);
    return status < 0;
}

/* The row's state as a ticket; an empty column is a new ticket. */
static bpo_status load(sqlite3 *db, bpo_contract *contract, int64_t id, bpo_ticket **ret_ticket, bpo_error *err)
{
    sqlite3_stmt *select;
    bpo_status status = BPO_E_NOT_FOUND;
    sqlite3_prepare_v2(db, "SELECT sla_state FROM tickets WHERE id = ?", -1, &select, NULL);
    sqlite3_bind_int64(select, 1, id);
    if (sqlite3_step(select) == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(select, 0);
        size_t size = (size_t)sqlite3_column_bytes(select, 0);
        status = size ? bpo_ticket_decode(contract, bytes, size, ret_ticket, err)
                      : bpo_ticket_new(contract, ret_ticket, err);
    }
    sqlite3_finalize(select);
    return status;
}

static bpo_status save(sqlite3 *db, int64_t id, bpo_ticket *ticket, bpo_error *err)
{
    bpo_ticket_summary summary = BPO_TICKET_SUMMARY_INIT;
    bpo_sink sink = BPO_SINK_INIT;
    state encoded = {.size = 0};
    sqlite3_stmt *update;
    sink.user = &encoded;
    sink.write = keep;
    bpo_status status = bpo_ticket_summarize(ticket, &summary, err);
    if (status >= 0)
        status = bpo_ticket_encode(ticket, &sink, err);
    if (status < 0)
        return status;
    sqlite3_prepare_v2(db, "UPDATE tickets SET sla_state = ?, due_at = ?, breach_at = ?, wake_at = ? WHERE id = ?", -1,
                       &update, NULL);
    sqlite3_bind_blob(update, 1, encoded.bytes, (int)encoded.size, SQLITE_STATIC);
    sqlite3_bind_int64(update, 2, summary.due_at);
    sqlite3_bind_int64(update, 3, summary.breach_at);
    sqlite3_bind_int64(update, 4, summary.wake_at);
    sqlite3_bind_int64(update, 5, id);
    status = sqlite3_step(update) == SQLITE_DONE ? BPO_OK : BPO_E_IO;
    sqlite3_finalize(update);
    return status;
}

/* One fact, one transaction: the helpdesk's own change to the row would stand in the same one. */
static bpo_status on_fact(sqlite3 *db, bpo_contract *contract, int64_t id, const bpo_fact *fact, bpo_error *err)
{
    bpo_ticket *ticket = NULL;
    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    bpo_status status = load(db, contract, id, &ticket, err);
    if (status >= 0)
        status = bpo_ticket_apply(ticket, fact, NULL, err);
    if (status >= 0)
        status = save(db, id, ticket, err);
    sqlite3_exec(db, status < 0 ? "ROLLBACK" : "COMMIT", NULL, NULL, NULL);
    bpo_ticket_unref(ticket);
    return status;
}

static bpo_fact make_fact(bpo_fact_kind kind, const char *at, const char *key, const bpo_value *values, size_t count)
{
    bpo_fact fact = BPO_FACT_INIT;
    fact.kind = kind;
    bpo_time_parse(at, &fact.at, NULL);
    bpo_fact_set_subject(&fact, "1042");
    bpo_fact_set_key(&fact, key);
    fact.values = values;
    fact.value_count = count;
    return fact;
}

static void print_row(sqlite3 *db)
{
    sqlite3_stmt *select;
    char text[BPO_TIME_TEXT_SIZE] = "";
    sqlite3_prepare_v2(db, "SELECT due_at, length(sla_state) FROM tickets WHERE id = 1042", -1, &select, NULL);
    sqlite3_step(select);
    bpo_time_format(sqlite3_column_int64(select, 0), text, sizeof text);
    printf("due_at %s, state of %d bytes\n", text, sqlite3_column_int(select, 1));
    sqlite3_finalize(select);
}

int main(void)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    sqlite3 *db = NULL;
    const bpo_value reply[] = {{BPO_VALUE_AUTHOR, BPO_TYPE_TEXT, 0, {0, 0, 0, 0}, "agent", 5},
                               {BPO_VALUE_PUBLIC, BPO_TYPE_INTEGER, 1, {0, 0, 0, 0}, NULL, 0}};
    const bpo_fact facts[] = {
        make_fact(BPO_TICKET_OPENED, "2026-11-20T15:30:00+01:00", "txn/1", NULL, 0),
        make_fact(BPO_TICKET_MESSAGED, "2026-11-23T08:10:00+01:00", "txn/2", reply, 2),
        make_fact(BPO_TICKET_SOLVED, "2026-11-23T12:00:00+01:00", "txn/3", NULL, 0),
    };
    host.zone = bpo_files_zone;
    if (bpo_context_new(&host, &context, &err) < 0 || compile(context, &contract, &err))
        return fail(&err);
    sqlite3_open(":memory:", &db);
    sqlite3_exec(db,
                 "CREATE TABLE tickets (id INTEGER PRIMARY KEY, sla_state BLOB, due_at, breach_at, wake_at);"
                 "INSERT INTO tickets (id) VALUES (1042)",
                 NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (on_fact(db, contract, 1042, &facts[i], &err) < 0)
            return fail(&err);
        print_row(db);
    }
    sqlite3_close(db);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return 0;
}
