/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file report.h
 * What a batch met on its way: duplicates, superseded, late, future and refused facts.
 *
 * These are rows of a report, not failures: a batch fails only for memory, store or host, and then
 * nothing of it is applied. The caller holds one report and reuses it.
 */
#ifndef BPO_REPORT_H
#define BPO_REPORT_H

#include <bpo/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, mutable: rows about the facts of the last call that it was given to. */
typedef struct bpo_report bpo_report;

/** What a row says. Stable numbers. */
typedef int32_t bpo_report_code;
enum {
    BPO_REPORT_DUPLICATE = 1,  /**< same key, revision and content as an earlier one; counted once */
    BPO_REPORT_SUPERSEDED = 2, /**< a higher revision is there already */
    BPO_REPORT_REUSED = 3,     /**< same key and revision, other content: refused */
    BPO_REPORT_FUTURE = 4,     /**< later than `now`; kept, not seen before its instant */
    BPO_REPORT_REFUSED = 5,    /**< the fact itself is not valid; path and message say why */
    BPO_REPORT_LATE = 6,       /**< its period is sealed; booked in the first open one */
    BPO_REPORT_TOO_LATE = 7,   /**< its period is sealed and the contract takes no fact as late: refused */
    BPO_REPORT_UNOPENED = 8,   /**< its ticket was never opened */
    BPO_REPORT_UNPRICED = 9    /**< a meter could not price it */
};

/** One row of a report. */
typedef struct bpo_report_row {
    uint32_t struct_size; /**< sizeof(bpo_report_row), set by #BPO_REPORT_ROW_INIT */
    bpo_report_code code; /**< BPO_REPORT_... */
    size_t index;         /**< which fact of the batch, from 0 */
    bpo_status status;    /**< the status that fits the row, #BPO_OK where it is only a remark */
    int32_t message_id;   /**< stable id of the message */
    const char *path;     /**< the place in the fact, or "" */
    const char *message;  /**< one English sentence */
} bpo_report_row;

/** A #bpo_report_row with its size set and everything else zero. */
#define BPO_REPORT_ROW_INIT {sizeof(bpo_report_row), 0, 0, 0, 0, NULL, NULL}

/**
 * Makes an empty report.
 *
 * @param context where memory comes from
 * @param ret_report the report, to be given back with bpo_report_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_report_new(bpo_context *context, bpo_report **ret_report, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param report a report; NULL gives NULL
 * @return @p report
 * @par Threads one thread at a time per report
 * @since 0.1
 */
BPO_API bpo_report *bpo_report_ref(bpo_report *report);

/**
 * Gives a reference back.
 *
 * @param report a report or NULL
 * @return NULL
 * @par Threads one thread at a time per report
 * @since 0.1
 */
BPO_API bpo_report *bpo_report_unref(bpo_report *report);

/**
 * How many rows the last call left.
 *
 * @param report a report
 * @return number of rows
 * @par Threads one thread at a time per report
 * @since 0.1
 */
BPO_API size_t bpo_report_count(const bpo_report *report);

/**
 * One row.
 *
 * @param report a report
 * @param index 0 to bpo_report_count() - 1
 * @param ret_row filled; its texts are borrowed until the next call that is given the report
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads one thread at a time per report
 * @since 0.1
 */
BPO_API bpo_status bpo_report_at(const bpo_report *report, size_t index, bpo_report_row *ret_row);

#ifdef __cplusplus
}
#endif
#endif
