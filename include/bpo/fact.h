/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file fact.h
 * What happened: facts, their kinds and their values.
 *
 * A fact is what the host saw. The state of everything is a function of the *set* of facts: their
 * arrival never counts, a fact delivered twice counts once, and a higher revision replaces a lower.
 *
 * One total order holds everywhere: (`at`, `order`, precedence of the kind, `key` bytewise).
 */
#ifndef BPO_FACT_H
#define BPO_FACT_H

#include <bpo/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of facts. Stable numbers; the table is bpo_fact_kind_at(). */
typedef int32_t bpo_fact_kind;
enum {
    BPO_TICKET_OPENED = 100,
    BPO_TICKET_MESSAGED = 101,
    BPO_TICKET_STATUS_CHANGED = 102,
    BPO_TICKET_ASSIGNED = 103,
    BPO_TICKET_UPDATED = 104,
    BPO_TICKET_ESCALATED = 105,
    BPO_TICKET_SOLVED = 106,
    BPO_TICKET_CLOSED = 107,
    BPO_TICKET_REOPENED = 108,
    BPO_TICKET_DELETED = 111,
    BPO_TICKET_TARGET_SET = 116,
    BPO_TASK_RECEIVED = 200,
    BPO_TASK_COMPLETED = 203,
    BPO_TASK_REJECTED = 204,
    BPO_TIME_WORKED = 300,
    BPO_USAGE_RECORDED = 400,
    BPO_SEAT_CHANGED = 500,
    BPO_CONTACT_ANSWERED = 600,
    BPO_CONTACT_ABANDONED = 601,
    BPO_SURVEY_ANSWERED = 800,
    BPO_QUALITY_CHECKED = 900
};

/** Names of values that the library itself knows. Hosts intern others with bpo_contract_attribute(). */
enum {
    BPO_VALUE_PRIORITY = 1,
    BPO_VALUE_TYPE = 2,
    BPO_VALUE_TIER = 3,
    BPO_VALUE_CHANNEL = 4,
    BPO_VALUE_GROUP = 5,
    BPO_VALUE_AGENT = 6,
    BPO_VALUE_CUSTOMER = 7,
    BPO_VALUE_STATUS = 8,
    BPO_VALUE_AUTHOR = 9,
    BPO_VALUE_PUBLIC = 10,
    BPO_VALUE_REASON = 11,
    BPO_VALUE_METRIC = 12,
    BPO_VALUE_TARGET = 13,
    BPO_VALUE_TASK_TYPE = 14,
    BPO_VALUE_QUANTITY = 15,
    BPO_VALUE_STARTED = 16,
    BPO_VALUE_ENDED = 17,
    BPO_VALUE_DURATION = 18,
    BPO_VALUE_SKILL = 19,
    BPO_VALUE_TICKET = 20,
    BPO_VALUE_METER = 21,
    BPO_VALUE_STATE = 22,
    BPO_VALUE_SEAT_KIND = 23,
    BPO_VALUE_LINE = 24,
    BPO_VALUE_SITE = 25,
    BPO_VALUE_QUEUE = 26,
    BPO_VALUE_WAIT = 27,
    BPO_VALUE_TALK = 28,
    BPO_VALUE_HOLD = 29,
    BPO_VALUE_AFTER_WORK = 30,
    BPO_VALUE_SURVEY = 31,
    BPO_VALUE_SCORE = 32,
    BPO_VALUE_SCALE = 33,
    BPO_VALUE_ACCEPTED = 34,
    BPO_VALUE_DEFECTS = 35,
    BPO_VALUE_OPPORTUNITIES = 36,
    BPO_VALUE_POINTS = 37,
    BPO_VALUE_POSSIBLE = 38,
    BPO_VALUE_KIND = 60,            /**< in conditions only: the fact's kind, such as ticket.messaged */
    BPO_VALUE_STATUS_CATEGORY = 61, /**< in conditions only: what /tickets/statuses makes of the status */
    BPO_VALUE_OPENED_IN_HOURS = 62, /**< in conditions only: true or false */
    BPO_VALUE_OPENED_WEEKDAY = 63,  /**< in conditions only: mon .. sun */
    BPO_VALUE_OPENED_AT = 64,       /**< of a ticket: when it was opened, where the host says it with a fact */
    BPO_VALUE_HOST_FIRST = 1000     /**< ids from here on are the host's own attributes */
};

/** Types of a value. */
enum {
    BPO_TYPE_TEXT = 1,    /**< @c text and @c size */
    BPO_TYPE_INTEGER = 2, /**< @c integer; durations in microseconds, flags as 0 and 1 */
    BPO_TYPE_DECIMAL = 3, /**< @c decimal */
    BPO_TYPE_INSTANT = 4  /**< @c integer as microseconds since 1970 UTC */
};

/** One named value of a fact. This struct is frozen: it will never grow. */
typedef struct bpo_value {
    uint32_t name;       /**< BPO_VALUE_..., or an id from bpo_contract_attribute() */
    int32_t type;        /**< BPO_TYPE_... */
    int64_t integer;     /**< for integers and instants */
    bpo_decimal decimal; /**< for decimals */
    const char *text;    /**< for texts: UTF-8, need not be NUL-terminated */
    size_t size;         /**< bytes of @c text */
} bpo_value;

/** Flags of a fact. */
enum {
    BPO_FACT_RETRACTED = 1, /**< this revision withdraws the fact */
    BPO_FACT_LATE = 2       /**< booked after the period of its instant was sealed; ledgers only, desks know it */
};

#define BPO_FACT_KEY_SIZE_MAX 64      /**< bytes of a fact's key */
#define BPO_FACT_SUBJECT_SIZE_MAX 256 /**< bytes of a fact's subject */
#define BPO_FACT_VALUE_COUNT_MAX 64   /**< values of one fact */
#define BPO_FACT_TEXT_SIZE_MAX 4096   /**< bytes of a text value */

/** What the host saw. Everything in it is borrowed for the call. */
typedef struct bpo_fact {
    uint32_t struct_size;    /**< sizeof(bpo_fact), set by #BPO_FACT_INIT */
    bpo_fact_kind kind;      /**< BPO_TICKET_OPENED and so on */
    uint32_t flags;          /**< BPO_FACT_... */
    uint32_t revision;       /**< the highest counts; 0 for the first */
    bpo_time at;             /**< when it happened */
    int64_t order;           /**< the host's own order among the subject's facts at one instant; 0 = unknown */
    bpo_time recorded_at;    /**< when the host learned of it; never decides anything */
    const char *subject;     /**< what it is about: the ticket, agent, seat or customer; empty for the engagement */
    size_t subject_size;     /**< bytes of @c subject, at most #BPO_FACT_SUBJECT_SIZE_MAX */
    const char *key;         /**< the host's id of the fact, unique in the engagement, UTF-8 */
    size_t key_size;         /**< bytes of @c key, 1..#BPO_FACT_KEY_SIZE_MAX */
    const char *party;       /**< who is responsible, or NULL */
    size_t party_size;       /**< bytes of @c party */
    const char *actor;       /**< who did it, or NULL */
    size_t actor_size;       /**< bytes of @c actor */
    const bpo_value *values; /**< values, each name at most once, in any order */
    size_t value_count;      /**< number of @c values */
} bpo_fact;

/** A #bpo_fact with its size set and everything else zero. */
#define BPO_FACT_INIT                                                                              \
    {sizeof(bpo_fact), 0, 0, 0, 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0}

/**
 * Sets a fact up, for languages that cannot use #BPO_FACT_INIT.
 *
 * @param fact the fact; NULL does nothing
 * @par Threads any
 * @since 0.1
 */
BPO_API void bpo_fact_init(bpo_fact *fact);

/**
 * Sets the fact's key from NUL-terminated text, which is borrowed.
 *
 * @param fact the fact; NULL does nothing
 * @param key the host's id of the fact, to live until the fact was given away; NULL for none
 * @par Threads any
 * @since 0.1
 */
BPO_API void bpo_fact_set_key(bpo_fact *fact, const char *key);

/**
 * Sets the fact's subject from NUL-terminated text, which is borrowed.
 *
 * @param fact the fact; NULL does nothing
 * @param subject what the fact is about, to live until the fact was given away; NULL for none
 * @par Threads any
 * @since 0.1
 */
BPO_API void bpo_fact_set_subject(bpo_fact *fact, const char *subject);

/** One row of the table of fact kinds. */
typedef struct bpo_fact_kind_info {
    uint32_t struct_size;    /**< sizeof(bpo_fact_kind_info), set by #BPO_FACT_KIND_INFO_INIT */
    bpo_fact_kind kind;      /**< BPO_TICKET_OPENED and so on */
    const char *name;        /**< "ticket.opened" */
    const char *subject;     /**< "ticket", "agent", "seat", "customer" or "engagement" */
    const char *required;    /**< names of values it must have, comma-separated */
    const char *optional;    /**< names of values that mean something to the library */
    const char *description; /**< one sentence */
} bpo_fact_kind_info;

/** A #bpo_fact_kind_info with its size set and everything else zero. */
#define BPO_FACT_KIND_INFO_INIT {sizeof(bpo_fact_kind_info), 0, NULL, NULL, NULL, NULL, NULL}

/**
 * How many fact kinds there are.
 *
 * @return number of rows
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_fact_kind_count(void);

/**
 * The table of fact kinds.
 *
 * @param index 0 to bpo_fact_kind_count() - 1
 * @param ret_info filled with static texts; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_fact_kind_at(size_t index, bpo_fact_kind_info *ret_info);

/**
 * The kind with a name such as "ticket.opened".
 *
 * @param name the name
 * @param size bytes of @p name
 * @param ret_kind the kind; untouched on failure
 * @return #BPO_OK, #BPO_E_NOT_FOUND
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_fact_kind_find(const char *name, size_t size, bpo_fact_kind *ret_kind);

/**
 * The id of a value that the library itself knows, such as "priority".
 *
 * @param name the name
 * @param size bytes of @p name
 * @param ret_id the id; untouched on failure
 * @return #BPO_OK; #BPO_E_NOT_FOUND for a host's own attribute, see bpo_contract_attribute()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_value_find(const char *name, size_t size, uint32_t *ret_id);

#ifdef __cplusplus
}
#endif
#endif
