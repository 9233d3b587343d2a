/* SPDX-License-Identifier: Apache-2.0 */
/* What one version of the contract compiles to: data only. The modules above give it behaviour.
 *
 * A book (bpo_contract) holds one plan for each span of time with the same terms. Everything in a plan lives in its
 * arena and never changes. Collections stand in order of name unless said otherwise. */
#ifndef BPO_TERMS_PLAN_H
#define BPO_TERMS_PLAN_H

#include "core/arena.h"
#include "core/reference.h"
#include "num/ratio.h"
#include "terms/condition.h"
#include "terms/names.h"
#include <bpo/calendar.h>
#include <bpo/contract.h>
#include <bpo/zone.h>

/* --- /tickets/statuses ------------------------------------------------------------------------------------ */

typedef enum bpo__category {
    BPO__CATEGORY_NONE = 0,
    BPO__CATEGORY_NEW,
    BPO__CATEGORY_OPEN,
    BPO__CATEGORY_PENDING,
    BPO__CATEGORY_ON_HOLD,
    BPO__CATEGORY_SOLVED,
    BPO__CATEGORY_CLOSED,
    BPO__CATEGORY_UNKNOWN
} bpo__category;

typedef struct bpo__status_word {
    bpo__text word;
    bpo__category category;
} bpo__status_word;

/* --- /calendars, /sla --------------------------------------------------------------------------------------- */

typedef struct bpo__named_calendar {
    const char *name;
    bpo_calendar *calendar;
} bpo__named_calendar;

typedef enum bpo__again { BPO__AGAIN_NEVER = 1, BPO__AGAIN_NEW_CYCLE, BPO__AGAIN_RESUME } bpo__again;

typedef struct bpo__metric {
    const char *name;
    const bpo__condition *start;   /* on facts; never NULL */
    const bpo__condition *stop;    /* never NULL */
    const bpo__condition *cancel;  /* NULL: never */
    const bpo__condition *restart; /* NULL: never */
    const bpo__condition *pause;   /* on the ticket's state; NULL: never held */
    bpo__again again;
    bool elapsed_time; /* clock = elapsed: calendar time instead of the calendar's open time */
} bpo__metric;

typedef struct bpo__target_case {
    const bpo__condition *when; /* NULL: always */
    bpo_duration target;        /* open time, >= 0 */
} bpo__target_case;

/* A metric under a policy. */
typedef struct bpo__objective {
    const bpo__metric *metric;
    const bpo__condition *pause; /* the policy's own, else the metric's */
    /* First match wins; no match: the metric does not run. No cases: it runs without target, only measured. */
    const bpo__target_case *cases;
    size_t case_count;
    bpo_landing due_landing; /* how due_at is shown */
} bpo__objective;

typedef struct bpo__calendar_case { /* calendar/by/ATTRIBUTE/VALUE */
    bpo__text value;
    bpo_calendar *calendar;
} bpo__calendar_case;

typedef struct bpo__policy {
    const char *name;
    const bpo__condition *when; /* NULL: always */
    bpo_calendar *calendar;     /* where no case matches; NULL: elapsed time, around the clock */
    uint32_t calendar_by;       /* attribute, or 0 */
    const bpo__calendar_case *calendar_cases;
    size_t calendar_case_count;
    const bpo__objective *objectives; /* in order of the metrics' names */
    size_t objective_count;
} bpo__policy;

/* --- /pricing ------------------------------------------------------------------------------------------------ */

typedef enum bpo__meter_source {
    BPO__METER_FACT = 1, /* facts of a kind */
    BPO__METER_METRIC,   /* open time that a metric ran, in microseconds */
    BPO__METER_SEATS     /* seat-days of the seats' timelines: a meter of seat.changed */
} bpo__meter_source;

typedef struct bpo__meter {
    const char *name;
    bpo__meter_source source;
    bpo_fact_kind fact;          /* BPO__METER_FACT */
    const bpo__condition *when;  /* NULL: always */
    uint32_t quantity;           /* value that is added up, a fact without it counts 1; 0: each fact counts 1 */
    bool quantity_is_duration;   /* the quantity is microseconds: time.worked */
    uint32_t once_per;           /* attribute: each of its values counts once in a period (class B); 0: no */
    bool once_per_subject;       /* facts of a ticket, once per ticket: the ticket is the subject (class A) */
    const bpo__metric *metric;   /* BPO__METER_METRIC */
} bpo__meter;

typedef enum bpo__model {
    BPO__MODEL_FIXED = 1,
    BPO__MODEL_PER_SEAT,
    BPO__MODEL_PER_TASK, /* rate: flat; tiers: graduated */
    BPO__MODEL_HOURLY
} bpo__model;

typedef struct bpo__tier {
    bool unbounded;      /* the last one */
    bpo_decimal up_to;   /* inclusive upper bound */
    bpo_decimal rate;
    bpo_decimal flat;    /* due when the tier is entered; 0 unless set */
    const char *rate_text; /* as written, without currency */
} bpo__tier;

typedef struct bpo__charge {
    const char *name;
    const char *model_text;
    bpo__model model;
    const bpo__meter *meter; /* NULL for fixed */
    const bpo__condition *filter; /* NULL: all */
    bpo_decimal rate;        /* valid where tier_count is 0 */
    const char *rate_text;
    const bpo__tier *tiers;
    size_t tier_count;
    const bpo__condition *billable; /* per_seat over seats: which states are billed; NULL: state = productive */
} bpo__charge;

typedef struct bpo__pricing {
    const bpo__meter *meters;
    size_t meter_count;
    const bpo__charge *charges; /* in order of /pricing/order, else of name */
    size_t charge_count;
    bpo_rounding rounding;
    char currency[4]; /* "" where the contract names none; it then has no charges */
    int32_t currency_digits;
} bpo__pricing;

/* --- /kpis, /service_levels ----------------------------------------------------------------------------------- */

typedef enum bpo__measured {
    BPO__MEASURED_ONE = 1, /* each counts 1 */
    BPO__MEASURED_VALUE,   /* an integer value of the fact */
    BPO__MEASURED_SINCE    /* the fact's instant minus an instant attribute */
} bpo__measured;

typedef struct bpo__dimension {
    const char *name;   /* as reported */
    uint32_t attribute; /* where it comes from */
} bpo__dimension;

typedef struct bpo__measure { /* one entry of /kpis */
    const char *name;
    int32_t form;         /* BPO_KPI_... of <bpo/statement.h>, as a number: 1 count, 2 sum, 3 distribution, 4 ratio */
    bpo_fact_kind fact;   /* 0 for the attainment of a metric */
    const bpo__metric *metric; /* attainment: ratio of met over met + breached cycles */
    const bpo__condition *where;     /* NULL: all */
    const bpo__condition *numerator; /* ratio: which of `where` count above the line */
    bpo__measured measured;
    uint32_t value;       /* value or attribute for VALUE and SINCE */
    const char *unit;     /* "count", "us", or as declared */
    const bpo__dimension *by;
    size_t by_count;
    bool lower_is_better;
} bpo__measure;

typedef struct bpo__level { /* one entry of /service_levels */
    const char *name;
    const char *kpi;            /* name of the measure or preset */
    const bpo__metric *metric;  /* for sla_attainment */
    const char *policy;         /* only cycles under this policy, or NULL */
    bpo__ratio expected;        /* 0..1 */
    const char *expected_text;  /* as written */
    const bpo__dimension *by;
    size_t by_count;
} bpo__level;

/* --- the plan ------------------------------------------------------------------------------------------------- */

typedef struct bpo__plan {
    bpo__references references; /* books share the plans of spans that an amendment leaves alone */
    bpo__arena arena;
    bpo_terms *terms; /* effective tree, never changed */
    bpo__declarations declarations; /* /attributes, in order of name */
    const char *id;   /* /contract/id, or "" */
    const char *time_zone;
    bpo_zone *zone;   /* /contract/time_zone; UTC where the contract names none */
    const bpo__status_word *statuses;
    size_t status_count; /* 0: statuses must be the categories' own words */
    const bpo__named_calendar *calendars;
    size_t calendar_count;
    const bpo__metric *metrics;
    size_t metric_count;
    const bpo__policy *policies; /* in order of /sla/order, else of name */
    size_t policy_count;
    bpo__pricing pricing;
    const bpo__measure *measures;
    size_t measure_count;
    const bpo__level *levels;
    size_t level_count;
} bpo__plan;

/* BPO__CATEGORY_NONE for a word that is not mapped. */
bpo__category bpo__plan_category(const bpo__plan *plan, bpo__text status);
const char *bpo__category_text(bpo__category category);
bpo__category bpo__category_of(bpo__text word); /* of the category's own word; BPO__CATEGORY_NONE for another */

/* Compiles terms, which are kept and never changed again. `known` is a plan whose calendars are shared where they are
 * the same, or NULL. */
bpo_status bpo__plan_new(bpo_context *context, bpo__names *names, bpo_terms *terms, const bpo__plan *known,
                         bpo__plan **ret_plan, bpo_error *err);
bpo__plan *bpo__plan_ref(bpo__plan *plan);
void bpo__plan_unref(bpo__plan *plan);

/* --- the book ------------------------------------------------------------------------------------------------- */

typedef enum bpo__late_facts { BPO__LATE_ADJUST = 1, BPO__LATE_RESTATE, BPO__LATE_REFUSE } bpo__late_facts;

const bpo__plan *bpo__contract_plan(const bpo_contract *contract, size_t version);
const bpo__plan *bpo__contract_plan_at(const bpo_contract *contract, bpo_time at);
/* First instant of the next version after `at`, or BPO_TIME_NEVER. */
bpo_time bpo__contract_next_version(const bpo_contract *contract, bpo_time at);
bpo_context *bpo__contract_context(const bpo_contract *contract);
bpo__names *bpo__contract_names(const bpo_contract *contract);
/* The period (base terms) that holds an instant. */
bpo_status bpo__contract_period_at(const bpo_contract *contract, bpo_time at, bpo_time *ret_start, bpo_time *ret_end,
                                   bpo_error *err);
bpo_time bpo__contract_start(const bpo_contract *contract); /* INT64_MIN where the contract names none */
bpo__late_facts bpo__contract_late_facts(const bpo_contract *contract);
/* Where /contract/late_window ends when the first open period begins at `open`: periods before it are settled for good,
 * no fact changes them and nothing of them is kept. INT64_MIN where there is no such limit. */
bpo_time bpo__contract_settled_until(const bpo_contract *contract, bpo_time open);
bpo_duration bpo__contract_clock_tolerance(const bpo_contract *contract);
/* Base terms and amendments, for a store and for the digest. */
const bpo_terms *bpo__contract_base(const bpo_contract *contract);
size_t bpo__contract_amendment_count(const bpo_contract *contract);
const bpo_amendment *bpo__contract_amendment(const bpo_contract *contract, size_t index);

#endif
