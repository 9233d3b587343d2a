/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file statement.h
 * What comes out of a period: service levels, KPIs and the invoice, each number exact.
 *
 * A statement is a function of the contract, the opening position, the facts booked to the period,
 * the zone data, `as_of` and the semantics version, and names them. Two parties compare
 * bpo_statement_digest(); where it differs, the digest of the facts.
 */
#ifndef BPO_STATEMENT_H
#define BPO_STATEMENT_H

#include <bpo/contract.h>
#include <bpo/decimal.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, immutable. Texts that its accessors give live as long as it does. */
typedef struct bpo_statement bpo_statement;

/** What a statement is about. */
typedef struct bpo_statement_header {
    uint32_t struct_size;  /**< sizeof(bpo_statement_header), set by #BPO_STATEMENT_HEADER_INIT */
    int32_t provisional;   /**< 1 for a preview, 0 for a sealed period */
    uint32_t revision;     /**< 0, or more for a restated period */
    uint32_t semantics;    /**< semantics version */
    bpo_time start;        /**< first instant of the period */
    bpo_time end;          /**< first instant after it */
    bpo_time as_of;        /**< the instant at which it was made */
    const char *contract;  /**< /contract/id */
    const char *time_zone; /**< /contract/time_zone */
    const char *currency;  /**< /contract/currency, or "" */
    uint64_t fact_count;   /**< facts that counted, earlier ones of its tickets included */
    int64_t unopened_count; /**< facts of tickets that were never opened */
    int32_t has_digests;   /**< 1 if the host supplied a digest */
    uint32_t reserved;     /**< 0 */
    uint8_t contract_digest[32]; /**< digest of the book */
    uint8_t facts_digest[32];    /**< digest of the facts */
    uint8_t opening_digest[32];  /**< digest of the opening position; zeros for the first period */
} bpo_statement_header;

/** A #bpo_statement_header with its size set and everything else zero. */
#define BPO_STATEMENT_HEADER_INIT                                                                  \
    {sizeof(bpo_statement_header), 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0, 0, {0}, {0}, {0}}

/** Forms of a written statement. */
enum {
    BPO_FORMAT_JSON = 1 /**< canonical JSON: keys sorted, counts as numbers, everything exact as text */
};

/** Forms of a KPI. */
enum {
    BPO_KPI_COUNT = 1,        /**< @c n */
    BPO_KPI_SUM = 2,          /**< @c n and @c sum */
    BPO_KPI_DISTRIBUTION = 3, /**< @c n, @c sum, @c min, @c max and quantiles */
    BPO_KPI_RATIO = 4         /**< @c num over @c den */
};

/** One KPI, over everything or for one value of a dimension. */
typedef struct bpo_kpi {
    uint32_t struct_size;        /**< sizeof(bpo_kpi), set by #BPO_KPI_INIT */
    int32_t form;                /**< BPO_KPI_... */
    const char *id;              /**< name under /kpis */
    const char *unit;            /**< "count", "us" for microseconds, or the declared unit */
    const char *dimension;       /**< "" for the whole, else the dimension's name such as "priority" */
    const char *dimension_value; /**< the value, or "" for the whole or where the host did not know it */
    int64_t n;                   /**< number of values, or the ratio's denominator */
    const char *sum;             /**< exact sum, or the ratio's numerator, as text; "" where there is none */
    int64_t min;                 /**< smallest value, if @c n > 0 */
    int64_t max;                 /**< largest value, if @c n > 0 */
    int64_t p50;                 /**< nearest rank, if @c n > 0, as the next three */
    int64_t p90;                 /**< 90 % */
    int64_t p95;                 /**< 95 % */
    int64_t p99;                 /**< 99 % */
} bpo_kpi;

/** A #bpo_kpi with its size set and everything else zero. */
#define BPO_KPI_INIT {sizeof(bpo_kpi), 0, NULL, NULL, NULL, NULL, 0, NULL, 0, 0, 0, 0, 0, 0}

/** What became of a service level. */
enum {
    BPO_LEVEL_MET = 1,         /**< value on the right side of expected */
    BPO_LEVEL_MISSED = 2,      /**< value on the wrong side of expected */
    BPO_LEVEL_NOT_MEASURED = 3 /**< nothing to measure: denominator 0 */
};

/** One service level, over everything or for one value of a dimension. */
typedef struct bpo_service_level {
    uint32_t struct_size;        /**< sizeof(bpo_service_level), set by #BPO_SERVICE_LEVEL_INIT */
    int32_t result;              /**< BPO_LEVEL_... */
    const char *id;              /**< name under /service_levels */
    const char *metric;          /**< metric that it measures, or "" */
    const char *dimension;       /**< "" for the whole, else the dimension's name */
    const char *dimension_value; /**< the value, or "" */
    int64_t met;                 /**< in target */
    int64_t breached;            /**< out of target */
    int64_t indeterminate;       /**< counted apart: something was not known */
    const char *expected;        /**< expected level as written in the contract, such as "95%" */
    const char *value;           /**< met / (met + breached) in percent with 4 places, for people; "" if none */
    uint32_t failures_in_row;    /**< sealed periods missed in a row, this one included; the whole only */
    uint32_t reserved;           /**< 0 */
} bpo_service_level;

/** A #bpo_service_level with its size set and everything else zero. */
#define BPO_SERVICE_LEVEL_INIT {sizeof(bpo_service_level), 0, NULL, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, 0, 0}

/** What a line of the invoice is. */
enum {
    BPO_LINE_REGULAR = 0,    /**< of the period itself */
    BPO_LINE_ADJUSTMENT = 1, /**< the difference to an earlier, sealed period */
    BPO_LINE_REVERSAL = 2    /**< takes a line of the period's former revision back: the total is the difference */
};

/** One line of the invoice. */
typedef struct bpo_invoice_line {
    uint32_t struct_size;       /**< sizeof(bpo_invoice_line), set by #BPO_INVOICE_LINE_INIT */
    uint32_t contract_version;  /**< version whose rate it is */
    const char *charge;         /**< name under /pricing/charges */
    const char *model;          /**< the charge's model, such as "per_task" */
    bpo_time service_start;     /**< service period; an earlier one for an adjustment */
    bpo_time service_end;       /**< its end */
    const char *quantity;       /**< exact quantity: a decimal, or a fraction "a/b" */
    const char *unit;           /**< "seat", "task", "hour" */
    const char *rate;           /**< rate as written, or "" where tiers price it */
    bpo_decimal amount;         /**< rounded amount in the contract's currency */
    int32_t adjustment;         /**< BPO_LINE_..., 0 for a line of the period itself */
    uint32_t step_count;        /**< steps of its explanation, see bpo_statement_invoice_step() */
} bpo_invoice_line;

/** A #bpo_invoice_line with its size set and everything else zero. */
#define BPO_INVOICE_LINE_INIT                                                                      \
    {sizeof(bpo_invoice_line), 0, NULL, NULL, 0, 0, NULL, NULL, NULL, {0, 0, 0, 0}, 0, 0}

/** What an adjustment corrects. */
enum {
    BPO_ADJUSTMENT_KPI = 1,   /**< a KPI */
    BPO_ADJUSTMENT_LEVEL = 2  /**< a service level */
};

/** A difference to a KPI or service level of an earlier, sealed period, from late or corrected facts. */
typedef struct bpo_adjustment {
    uint32_t struct_size;        /**< sizeof(bpo_adjustment), set by #BPO_ADJUSTMENT_INIT */
    int32_t subject;             /**< BPO_ADJUSTMENT_... */
    const char *id;              /**< name under /kpis or /service_levels */
    const char *dimension;       /**< "" for the whole, else the dimension's name */
    const char *dimension_value; /**< the value, or "" */
    const char *part;            /**< "value", "numerator", "met", "breached" or "indeterminate" */
    bpo_time service_start;      /**< the period that is corrected */
    bpo_time service_end;        /**< its end */
    int64_t n;                   /**< difference of the count */
    const char *sum;             /**< difference of the exact sum, as text */
} bpo_adjustment;

/** A #bpo_adjustment with its size set and everything else zero. */
#define BPO_ADJUSTMENT_INIT {sizeof(bpo_adjustment), 0, NULL, NULL, NULL, NULL, 0, 0, 0, NULL}

/**
 * Takes one more reference.
 *
 * @param statement a statement; NULL gives NULL
 * @return @p statement
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_statement *bpo_statement_ref(bpo_statement *statement);

/**
 * Gives a reference back.
 *
 * @param statement a statement or NULL
 * @return NULL
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_statement *bpo_statement_unref(bpo_statement *statement);

/**
 * What the statement is about.
 *
 * @param statement a statement
 * @param ret_header filled; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_get_header(const bpo_statement *statement, bpo_statement_header *ret_header);

/**
 * How many KPI rows there are, those per dimension included.
 *
 * @param statement a statement
 * @return number of rows
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_statement_kpi_count(const bpo_statement *statement);

/**
 * One KPI row, in order of (id, dimension, value); the whole before its parts.
 *
 * @param statement a statement
 * @param index 0 to bpo_statement_kpi_count() - 1
 * @param ret_kpi filled; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_kpi(const bpo_statement *statement, size_t index, bpo_kpi *ret_kpi);

/**
 * How many service level rows there are, those per dimension included.
 *
 * @param statement a statement
 * @return number of rows
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_statement_service_level_count(const bpo_statement *statement);

/**
 * One service level row, in order of (id, dimension, value); the whole before its parts.
 *
 * @param statement a statement
 * @param index 0 to bpo_statement_service_level_count() - 1
 * @param ret_level filled; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_service_level(const bpo_statement *statement, size_t index,
                                               bpo_service_level *ret_level);

/**
 * How many corrections of earlier periods' KPIs and service levels there are.
 *
 * @param statement a statement
 * @return number of rows
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_statement_adjustment_count(const bpo_statement *statement);

/**
 * One correction, KPIs first, in order of (id, dimension, value, part, period).
 *
 * @param statement a statement
 * @param index 0 to bpo_statement_adjustment_count() - 1
 * @param ret_adjustment filled; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_adjustment(const bpo_statement *statement, size_t index,
                                            bpo_adjustment *ret_adjustment);

/**
 * How many lines the invoice has.
 *
 * @param statement a statement
 * @return number of lines
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_statement_invoice_line_count(const bpo_statement *statement);

/**
 * One line of the invoice, in the order of the contract: charge, service period, version.
 *
 * @param statement a statement
 * @param index 0 to bpo_statement_invoice_line_count() - 1
 * @param ret_line filled; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_invoice_line(const bpo_statement *statement, size_t index,
                                              bpo_invoice_line *ret_line);

/**
 * One step of a line's explanation: quantity, tier by tier, rounding.
 *
 * @param statement a statement
 * @param line index of the line
 * @param step 0 to the line's @c step_count - 1
 * @return the step in words, such as "tier 1: 1000 x 1.20 = 1200.00", or NULL where there is none
 * @par Threads any
 * @since 0.1
 */
BPO_API const char *bpo_statement_invoice_step(const bpo_statement *statement, size_t line, size_t step);

/**
 * The sum of the invoice's rounded lines.
 *
 * @param statement a statement
 * @param ret_total the total; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_invoice_total(const bpo_statement *statement, bpo_decimal *ret_total);

/**
 * The closing position: what the next period opens with.
 *
 * @param statement a statement
 * @param ret_size number of bytes
 * @return canonical bytes, living as long as the statement
 * @par Threads any
 * @since 0.1
 */
BPO_API const void *bpo_statement_closing_position(const bpo_statement *statement, size_t *ret_size);

/**
 * The digest of the statement's canonical bytes.
 *
 * @param statement a statement
 * @param ret_digest room for #BPO_DIGEST_SIZE bytes; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_UNSUPPORTED without a digest callback; #BPO_E_NOMEM; the callback's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_digest(const bpo_statement *statement, uint8_t *ret_digest, bpo_error *err);

/**
 * Writes the statement for others to read.
 *
 * @param statement a statement
 * @param format #BPO_FORMAT_JSON
 * @param sink where the bytes go
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_NOMEM, or the sink's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_write(const bpo_statement *statement, int32_t format, const bpo_sink *sink,
                                       bpo_error *err);

/**
 * Writes the statement's canonical bytes, for a store.
 *
 * @param statement a statement
 * @param sink where the bytes go
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, or the sink's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_encode(const bpo_statement *statement, const bpo_sink *sink, bpo_error *err);

/**
 * Reads a statement back. Any bytes give a statement or an error.
 *
 * @param context where memory comes from
 * @param bytes what bpo_statement_encode() wrote
 * @param size number of bytes
 * @param ret_statement the statement; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_CORRUPT, #BPO_E_TOO_NEW, #BPO_E_NOMEM
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_statement_decode(bpo_context *context, const void *bytes, size_t size,
                                        bpo_statement **ret_statement, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
