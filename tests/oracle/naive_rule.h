/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for holidays as their definition says, asked date by date: is this one the holiday? */
#ifndef BPO_TESTS_NAIVE_RULE_H
#define BPO_TESTS_NAIVE_RULE_H

typedef enum naive_rule_kind {
    NAIVE_RULE_DATE = 0, /* --12-25 */
    NAIVE_RULE_EASTER,
    NAIVE_RULE_ORTHODOX_EASTER,
    NAIVE_RULE_NTH,   /* mon#3 of jan */
    NAIVE_RULE_FROM,  /* sat from --06-20 */
    NAIVE_RULE_BEFORE /* mon before --05-25 */
} naive_rule_kind;

typedef struct naive_rule {
    naive_rule_kind kind;
    int month, day;
    int weekday;            /* 0 Sunday */
    int nth;                /* negative: from the end of the month */
    int offset;             /* days behind all that */
    int moves[7];           /* by how many days it moves from Sunday, Monday... */
    int from_year, to_year; /* 0: without limit */
} naive_rule;

/* A date some days after yyyymmdd. */
typedef struct naive_date {
    int year, month, day, weekday;
} naive_date;
naive_date naive_date_after(int date, int days);
int naive_date_number(naive_date date);
int naive_month_length(int year, int month);

/* Easter Sunday, Western and Eastern, as yyyymmdd of the Gregorian calendar. */
int naive_easter(int year);
int naive_orthodox_easter(int year);

int naive_rule_holds(const naive_rule *rule, int date);

#endif
