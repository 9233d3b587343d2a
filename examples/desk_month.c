/* SPDX-License-Identifier: Apache-2.0 */
/* desk_month: a contract and a ticket log go in, a statement for each month comes out.
 *
 *   desk_month [--store FILE] [--month YYYY-MM] [--time-zone ZONE] [--mapping FILE] [--json] CONTRACT LOG
 *
 * The log's rows become facts (support/mapping.c), the facts go into a desk that keeps its books in a SQLite file,
 * and the months are closed in sequence. Run it twice on one store, or kill it and start it again: the statements are
 * the same, for the state is a function of the set of facts.
 *
 * Introduces: bpo_context_new, bpo_contract_new, bpo_contract_amend, bpo_desk_create, bpo_desk_open, bpo_desk_record,
 * bpo_desk_close, bpo_desk_sealed, bpo_desk_quote, bpo_statement_write. */
#include "support/contract_file.h"
#include "support/log_file.h"
#include "support/mapping.h"
#include "support/print_statement.h"
#include "support/progress.h"

#include <bpo/bpo.h>
#include <bpo/crypto.h>
#include <bpo/files.h>
#include <bpo/sqlite.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODELS_MAX = 8, PROBLEMS_SHOWN = 20 };

typedef struct options {
    const char *store, *month, *time_zone, *mapping, *contract, *log;
    int json;
} options;

typedef struct program {
    options options;
    bpo_context *context;
    bpo_terms *document;
    bpo_contract *contract; /* as the file says */
    bpo_zone *zone;         /* of the log's stamps and of the months */
    bpo_desk *desk;
    bpo_report *report;
    mapping *mapping;
    size_t duplicates, refused;

    bpo_error err;
} program;

static int fail(const program *p, const char *what)
{
    progress_clear();
    fprintf(stderr, "desk_month: %s: %s%s%s (%s)\n", what, p->err.path, p->err.path[0] ? ": " : "", p->err.message,
            bpo_status_name(p->err.code));
    return -1;
}

static int usage(void)
{
    fputs("usage: desk_month [--store FILE] [--month YYYY-MM] [--time-zone ZONE] [--mapping FILE] [--json] CONTRACT "
          "LOG\n",
          stderr);
    return 2;
}

static int read_options(int argc, char **argv, options *o)
{
    static const struct option known[] = {{"store", required_argument, NULL, 's'},
                                          {"month", required_argument, NULL, 'm'},
                                          {"time-zone", required_argument, NULL, 'z'},
                                          {"mapping", required_argument, NULL, 'f'},
                                          {"json", no_argument, NULL, 'j'},
                                          {NULL, 0, NULL, 0}};
    int c;
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        const char **text = c == 's' ? &o->store : c == 'm' ? &o->month : c == 'z' ? &o->time_zone : &o->mapping;
        if (c == '?')
            return -1;
        if (c == 'j')
            o->json = 1;
        else
            *text = optarg;
    }
    if (argc - optind != 2)
        return -1;
    o->contract = argv[optind];
    o->log = argv[optind + 1];
    return 0;
}

/* --- the contract and the desk ---------------------------------------------------------------------------------- */

static int make_context(program *p)
{
    bpo_host host = BPO_HOST_INIT;
    host.zone = bpo_files_zone;
    host.digest = bpo_crypto_digest;
    return bpo_context_new(&host, &p->context, &p->err) < 0 ? fail(p, "context") : 0;
}

static int read_contract(program *p)
{
    const options *o = &p->options;
    if (contract_file_read(p->context, o->contract, &p->document, &p->err) < 0 ||
        contract_file_compile(p->context, p->document, o->time_zone, &p->contract, &p->err) < 0)
        return fail(p, o->contract);
    const char *zone = o->time_zone ? o->time_zone : bpo_terms_get(p->document, "/contract/time_zone");
    if (bpo_zone_new(p->context, zone ? zone : "UTC", &p->zone, &p->err) < 0)
        return fail(p, "--time-zone");
    return 0;
}

/* The stored books must be of this very contract: a desk keeps the one it was created with. */
static int check_contract(program *p)
{
    uint8_t ours[BPO_DIGEST_SIZE], theirs[BPO_DIGEST_SIZE];
    if (bpo_contract_digest(p->contract, ours, &p->err) < 0 ||
        bpo_contract_digest(bpo_desk_contract(p->desk), theirs, &p->err) < 0)
        return fail(p, "digest");
    if (memcmp(ours, theirs, sizeof ours) == 0)
        return 0;
    fprintf(stderr, "desk_month: %s: its books are of another contract, time zone or zone data; take another store\n",
            p->options.store);
    return -1;
}

static int open_desk(program *p)
{
    bpo_store store = BPO_STORE_INIT;
    const char *id = bpo_terms_get(p->document, "/contract/id");
    bpo_status status = p->options.store ? bpo_sqlite_store_new(p->options.store, &store, &p->err)
                                         : bpo_memory_store_new(p->context, &store, &p->err);
    if (status < 0)
        return fail(p, "store");
    status = bpo_desk_open(p->context, &store, id ? id : "desk", &p->desk, &p->err);
    if (status == BPO_E_NOT_FOUND)
        status = bpo_desk_create(p->contract, &store, id ? id : "desk", &p->desk, &p->err);
    if (status < 0) {
        store.release(store.user);
        return fail(p, "desk");
    }
    return check_contract(p);
}

/* --- the log ---------------------------------------------------------------------------------------------------- */

static void on_problem(void *user, const char *text)
{
    program *p = user;
    if (++p->refused <= PROBLEMS_SHOWN) {
        progress_clear();
        fprintf(stderr, "desk_month: %s: %s\n", p->options.log, text);
    }
}

static void read_report(program *p, const bpo_fact *facts)
{
    for (size_t i = 0; i < bpo_report_count(p->report); i++) {
        bpo_report_row row = BPO_REPORT_ROW_INIT;
        char text[640];
        bpo_report_at(p->report, i, &row);
        if (row.code == BPO_REPORT_DUPLICATE)
            p->duplicates++;
        if (row.code != BPO_REPORT_REFUSED && row.code != BPO_REPORT_REUSED && row.code != BPO_REPORT_TOO_LATE)
            continue;
        snprintf(text, sizeof text, "fact %.*s: %s: %s", (int)facts[row.index].key_size, facts[row.index].key, row.path,
                 row.message);
        on_problem(p, text);
    }
}

static int on_facts(void *user, const bpo_fact *facts, size_t count)
{
    program *p = user;
    if (bpo_desk_record(p->desk, BPO_TIME_NEVER - 1, facts, count, p->report, &p->err) < 0)
        return fail(p, p->options.store ? p->options.store : "recording") - 1; /* not the log's fault */
    read_report(p, facts);
    return 0;
}

static void on_progress(void *user, size_t done, size_t total)
{
    (void)user;
    progress_show("reading", done, total);
}

static int read_log(program *p)
{
    char problem[512] = "", path[1024];
    const char *own = bpo_terms_get(p->document, "/mapping"), *slash = strrchr(p->options.contract, '/');
    mapping_host host = {p, on_facts, on_problem};
    if (p->options.mapping)
        snprintf(path, sizeof path, "%s", p->options.mapping);
    else if (own && slash)
        snprintf(path, sizeof path, "%.*s/%s", (int)(slash - p->options.contract), p->options.contract, own);
    else
        snprintf(path, sizeof path, "%s", own ? own : DEFAULT_MAPPING);
    p->mapping = mapping_new(path, bpo_desk_contract(p->desk), p->zone, host, problem, sizeof problem);
    if (p->mapping &&
        log_file_read(p->options.log, mapping_row, on_progress, p->mapping, problem, sizeof problem) == 0 &&
        mapping_finish(p->mapping) == 0) {
        progress_clear();
        fprintf(stderr, "%zu rows, %zu facts, %zu of them known before; %zu left out\n", mapping_row_count(p->mapping),
                mapping_fact_count(p->mapping), p->duplicates, p->refused);
        return 0;
    }
    progress_clear();
    if (problem[0])
        fprintf(stderr, "desk_month: %s\n", problem);
    return -1;
}

/* --- the months ------------------------------------------------------------------------------------------------- */

/* "YYYY-MM" of an instant on the months' wall clock. */
static int month_of(program *p, bpo_time at, char *text, size_t size)
{
    bpo_civil civil;
    if (bpo_zone_to_civil(p->zone, at, &civil, &p->err) < 0)
        return fail(p, "month");
    snprintf(text, size, "%04" PRId32 "-%02" PRId32, civil.year, civil.month);
    return 0;
}

/* Seals every month up to the last one that the log reaches into, from where the books stand. */
static int close_months(program *p)
{
    bpo_time at, end;
    char month[16];
    const char *start = bpo_terms_get(p->document, "/contract/start");
    size_t sealed = bpo_desk_sealed_count(p->desk);
    if (sealed) {
        bpo_statement *last = NULL;
        bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
        if (bpo_desk_sealed(p->desk, sealed - 1, &last, &p->err) < 0)
            return fail(p, "reading the last statement");
        bpo_statement_get_header(last, &header);
        at = header.end;
        bpo_statement_unref(last);
    } else if (!start || bpo_contract_period(p->contract, start, &at, &end, &p->err) < 0) {
        snprintf(month, sizeof month, "%.7s", start ? start : "");
        if (!start || bpo_contract_period(p->contract, month, &at, &end, &p->err) < 0)
            return fail(p, "/contract/start");
    }
    for (; at <= mapping_last_at(p->mapping); at = end) {
        bpo_statement *statement = NULL;
        if (month_of(p, at, month, sizeof month) || bpo_contract_period(p->contract, month, &at, &end, &p->err) < 0)
            return fail(p, "month");
        progress_show(month, 1, 2);
        if (bpo_desk_close(p->desk, month, end, &statement, &p->err) < 0)
            return fail(p, month);
        bpo_statement_unref(statement);
    }
    progress_clear();
    return 0;
}

/* --- output ----------------------------------------------------------------------------------------------------- */

static bpo_status to_file(void *user, const void *data, size_t size)
{
    return fwrite(data, 1, size, user) == size ? BPO_OK : BPO_E_HOST;
}

static void print_total(const char *name, const bpo_statement *statement, const char *remark)
{
    bpo_decimal total;
    char text[BPO_DECIMAL_TEXT_SIZE];
    if (bpo_statement_invoice_total(statement, &total) < 0)
        return;
    bpo_decimal_format(&total, text, sizeof text);
    printf("  %-30s %50s%s\n", name, text, remark);
}

/* The same month under the document's other pricing models: what-ifs, nothing is recorded. */
static int print_models(program *p, const bpo_statement *agreed)
{
    char names[MODELS_MAX][65], month[16];
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    size_t count = contract_file_models(p->document, names, MODELS_MAX);
    bpo_statement_get_header(agreed, &header);
    if (!count || month_of(p, header.start, month, sizeof month))
        return 0;
    printf("\n  the same month under other models (%s)\n", header.currency);
    print_total("as agreed", agreed, "");
    for (size_t i = 0; i < count; i++) {
        bpo_contract *other = NULL;
        bpo_statement *quote = NULL;
        bpo_contract *book = bpo_desk_contract(p->desk);
        int bad = contract_file_model(p->context, p->document, book, bpo_contract_version_at(book, header.start),
                                      names[i], &other, &p->err) < 0 ||
                  bpo_desk_quote(p->desk, other, month, header.as_of, &quote, &p->err) < 0;
        if (!bad)
            print_total(names[i], quote, "");
        bpo_statement_unref(quote);
        bpo_contract_unref(other);
        if (bad)
            return fail(p, names[i]);
    }
    return 0;
}

static int print_one(program *p, const bpo_statement *statement, size_t printed)
{
    bpo_sink sink = BPO_SINK_INIT;
    sink.user = stdout;
    sink.write = to_file;
    if (p->options.json) {
        fputs(printed ? ",\n" : "", stdout);
        return bpo_statement_write(statement, BPO_FORMAT_JSON, &sink, &p->err) < 0 ? fail(p, "writing") : 0;
    }
    fputs(printed ? "\n\n" : "", stdout);
    print_statement(stdout, statement, p->zone);
    return print_models(p, statement);
}

static int print_all(program *p)
{
    size_t printed = 0, count = bpo_desk_sealed_count(p->desk);
    int result = 0;
    if (p->options.json)
        fputs("{\"statements\":[\n", stdout);
    for (size_t i = 0; result == 0 && i < count; i++) {
        bpo_statement *statement = NULL;
        bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
        char month[16];
        if (bpo_desk_sealed(p->desk, i, &statement, &p->err) < 0)
            return fail(p, "reading a statement");
        bpo_statement_get_header(statement, &header);
        result = month_of(p, header.start, month, sizeof month);
        if (result == 0 && (!p->options.month || strcmp(p->options.month, month) == 0))
            result = print_one(p, statement, printed++);
        bpo_statement_unref(statement);
    }
    if (p->options.json)
        fputs("\n]}\n", stdout);
    if (result == 0 && p->options.month && !printed) {
        fprintf(stderr, "desk_month: --month %s: not a month of the log; write it like 2016-03\n", p->options.month);
        return -1;
    }
    return result || fflush(stdout) ? -1 : 0;
}

static int run(program *p)
{
    if (make_context(p) || read_contract(p) || open_desk(p))
        return -1;
    if (bpo_report_new(p->context, &p->report, &p->err) < 0)
        return fail(p, "report");
    if (read_log(p) || close_months(p))
        return -1;
    return print_all(p);
}

int main(int argc, char **argv)
{
    program p = {.err = BPO_ERROR_INIT};
    if (read_options(argc, argv, &p.options))
        return usage();
    int result = run(&p);
    mapping_free(p.mapping);
    bpo_report_unref(p.report);
    bpo_desk_unref(p.desk);
    bpo_zone_unref(p.zone);
    bpo_contract_unref(p.contract);
    bpo_terms_unref(p.document);
    bpo_context_unref(p.context);
    return result ? 1 : 0;
}
