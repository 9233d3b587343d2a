/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the table of all terms, in order of section. docs/terms.md is printed from them. */
#include "terms/schema.h"

#define REQUIRED BPO__TERM_REQUIRED
#define FIXED    BPO__TERM_FIXED
#define DAYS     "mon,tue,wed,thu,fri,sat,sun"

/* The hours of a calendar, and of each of its versions, which hold from a local date on over what was before. */
#define CALENDAR_ROWS(root)                                                                                            \
    {root "/hours/{day}", BPO__TERM_HOURS, 0, "", "",                                                                  \
     "Open hours of a weekday; empty is closed, as is a day that nothing sets. mon-fri sets each day of a range."},    \
    {root "/holidays/{day_of_year}", BPO__TERM_TEXT, 0, "", "",                                                        \
     "A closed date, or --MM-DD for one of every year; the value is its name."},                                       \
    {root "/holiday_rules/{name}", BPO__TERM_HOLIDAY_RULE, 0, "", "",                                                  \
     "A holiday of every year by a rule, called by this name; none takes it back, in a version or where one extends. " \
     "With any field below it, the rule stands below it too."},                                                        \
    {root "/holiday_rules/{name}/rule", BPO__TERM_HOLIDAY_RULE, REQUIRED, "", "", "Its date before it moves."},        \
    {root "/holiday_rules/{name}/observed", BPO__TERM_OBSERVED, 0, "", "none",                                         \
     "How it moves by the weekday on which it falls; its own date is then no holiday."},                               \
    {root "/holiday_rules/{name}/from_year", BPO__TERM_YEAR, 0, "", "",                                                \
     "First year of the rule; no limit unless set."},                                                                  \
    {root "/holiday_rules/{name}/to_year", BPO__TERM_YEAR, 0, "", "",                                                  \
     "Last year of the rule, not before its first; no limit unless set."},                                             \
    {root "/holiday_rules/{name}/title", BPO__TERM_TEXT, 0, "", "", "What people call it; its name unless set."},      \
    {root "/overrides/{date}", BPO__TERM_HOURS, 0, "", "",                                                             \
     "Hours of one date instead of the week's; empty is closed."},                                                     \
    {root "/closures/{date}", BPO__TERM_HOURS, 0, "", "", "Hours of one date that are taken away."},                   \
    {root "/scope", BPO__TERM_CHOICE, 0, "civil,shift_start", "civil",                                                 \
     "A holiday closes 00:00 to 24:00 of its date, or the shifts that start on it."},                                  \
    {root "/override_beats_holiday", BPO__TERM_FLAG, 0, "", "true",                                                    \
     "Whether the hours of an override are open on a holiday."}

const bpo__schema_row bpo__schema[] = {
    {"/contract/id", BPO__TERM_TEXT, FIXED, "", "", "The contract's own number or name."},
    {"/contract/title", BPO__TERM_TEXT, 0, "", "", "What people call it."},
    {"/contract/kind", BPO__TERM_CHOICE, 0, "ongoing,project", "ongoing", "A running service, or one with an end."},
    {"/contract/start", BPO__TERM_DATE, FIXED, "", "", "First day of the service, in the contract's zone."},
    {"/contract/last_day", BPO__TERM_DATE, 0, "", "", "Last day of the service, in the contract's zone."},
    {"/contract/time_zone", BPO__TERM_ZONE, FIXED, "", "UTC", "The zone of its dates and periods."},
    {"/contract/currency", BPO__TERM_CURRENCY, FIXED, "", "", "The currency of its prices; required with charges."},
    {"/contract/period", BPO__TERM_CHOICE, FIXED, "month,week,quarter,year", "month", "How long a period is."},
    {"/contract/anchor_day", BPO__TERM_INTEGER, FIXED, "", "1",
     "Day of month on which periods start, 1 to 31; in a shorter month its last day. Quarters and years start in the "
     "month of /contract/start."},
    {"/contract/week_start", BPO__TERM_CHOICE, FIXED, DAYS, "mon", "Day on which periods of a week start."},
    {"/contract/late_facts", BPO__TERM_CHOICE, FIXED, "adjust,restate,refuse", "adjust",
     "A fact of a sealed period is booked in the first open one, restates its own, or is refused."},
    {"/contract/late_window", BPO__TERM_DURATION, FIXED, "", "",
     "How long after its end a sealed period is still corrected; a fact of an older one, or one that corrects such a "
     "fact, is refused. No limit unless set."},
    {"/contract/clock_tolerance", BPO__TERM_DURATION, FIXED, "", "PT5S",
     "How far the host's clock may lie behind what was already said."},

    {"/parties/client/name", BPO__TERM_TEXT, 0, "", "", "Who buys the service."},
    {"/parties/client/time_zone", BPO__TERM_ZONE, 0, "", "", "Where the client is; a remark."},
    {"/parties/provider/name", BPO__TERM_TEXT, 0, "", "", "Who delivers the service."},
    {"/parties/provider/time_zone", BPO__TERM_ZONE, 0, "", "", "Where the provider is; a remark."},

    {"/sites/{name}/country", BPO__TERM_TEXT, 0, "", "", "Where the site is; a remark."},
    {"/sites/{name}/time_zone", BPO__TERM_ZONE, 0, "", "", "The site's zone; a remark."},
    {"/sites/{name}/delivery_model", BPO__TERM_CHOICE, 0, "onshore,nearshore,offshore", "", "How far away it is."},
    {"/sites/{name}/languages", BPO__TERM_LIST, 0, "", "", "Languages that are spoken there."},
    {"/sites/{name}/share", BPO__TERM_SHARE, 0, "", "", "Its share of the work; a remark."},
    {"/service/category", BPO__TERM_TEXT, 0, "", "", "What sort of service; a remark."},

    {"/attributes/{attribute}/type", BPO__TERM_CHOICE, REQUIRED | FIXED, "text,number,decimal,instant", "",
     "Type of an attribute that is not text; < and its kin need it. A number is whole."},

    {"/tickets/statuses/{value}", BPO__TERM_CHOICE, 0, "new,open,pending,on_hold,solved,closed,unknown", "",
     "What the host's status word means. Without any of these the host uses the seven words themselves."},

    {"/calendars/{name}/time_zone", BPO__TERM_ZONE, 0, "", "",
     "Its zone; /contract/time_zone unless set. Of one made from others: the clock that says which date it is."},
    CALENDAR_ROWS("/calendars/{name}"),
    {"/calendars/{name}/extends", BPO__TERM_NAME, 0, "", "",
     "A calendar of which all terms are taken that are not set here, versions included."},
    {"/calendars/{name}/union", BPO__TERM_LIST, 0, "", "",
     "Open where one of these calendars is, instead of hours of its own: follow-the-sun coverage. "
     "Its working dates are those of any of them."},
    {"/calendars/{name}/intersection", BPO__TERM_LIST, 0, "", "",
     "Open where all of these calendars are, instead of hours of its own: hours that two sides share. "
     "Its working dates are those of all of them."},
    {"/calendars/{name}/minus", BPO__TERM_LIST, 0, "", "",
     "Closed where one of these calendars is open; takes hours away, and no working dates."},
    {"/calendars/{name}/may_be_empty", BPO__TERM_FLAG, 0, "", "false",
     "Whether it is meant that the calendar is never open; refused otherwise."},
    CALENDAR_ROWS("/calendars/{name}/versions/{date}"),

    {"/sla/order", BPO__TERM_LIST, 0, "", "",
     "Names of all policies; the first whose condition holds is taken. Required when there are two."},
    {"/sla/metrics/{name}/preset", BPO__TERM_CHOICE, 0,
     "first_response,next_response,first_resolution,resolution,requester_wait,agent_work", "",
     "Takes the other fields from a known metric; not needed where the name is that of one."},
    {"/sla/metrics/{name}/start", BPO__TERM_CONDITION, REQUIRED, "", "", "Facts that start the clock."},
    {"/sla/metrics/{name}/stop", BPO__TERM_CONDITION, REQUIRED, "", "", "Facts that stop it."},
    {"/sla/metrics/{name}/cancel", BPO__TERM_CONDITION, 0, "", "", "Facts that cancel it."},
    {"/sla/metrics/{name}/restart", BPO__TERM_CONDITION, 0, "", "", "Facts that start it anew."},
    {"/sla/metrics/{name}/pause", BPO__TERM_CONDITION, 0, "", "", "While it holds of the ticket, the clock is held."},
    {"/sla/metrics/{name}/again", BPO__TERM_CHOICE, 0, "never,new_cycle,resume", "never",
     "What another start does after a stop."},
    {"/sla/metrics/{name}/clock", BPO__TERM_CHOICE, 0, "business,elapsed", "business",
     "Open time of the policy's calendar, or all time."},
    {"/sla/policies/{name}/when", BPO__TERM_CONDITION, 0, "", "", "Tickets that it is for; all unless set."},
    {"/sla/policies/{name}/calendar", BPO__TERM_NAME, 0, "", "", "Its calendar; around the clock unless set."},
    {"/sla/policies/{name}/calendar/by/{attribute}/{value}", BPO__TERM_NAME, 0, "", "",
     "Its calendar by the value of one attribute."},
    {"/sla/policies/{name}/calendar/otherwise", BPO__TERM_NAME, 0, "", "", "Its calendar for other values."},
    {"/sla/policies/{name}/targets/{name}", BPO__TERM_TARGET, 0, "", "",
     "Time that a metric may take; none measures without target."},
    {"/sla/policies/{name}/targets/{name}/by/{attribute}/{value}", BPO__TERM_DURATION, 0, "", "",
     "The target by the value of one attribute."},
    {"/sla/policies/{name}/targets/{name}/{index}/when", BPO__TERM_CONDITION, 0, "", "",
     "Tickets of a case; the first case that holds is taken."},
    {"/sla/policies/{name}/targets/{name}/{index}/value", BPO__TERM_DURATION, REQUIRED, "", "", "Target of the case."},
    {"/sla/policies/{name}/targets/{name}/otherwise", BPO__TERM_DURATION, 0, "", "",
     "The target where nothing else holds; without it the metric does not run."},
    {"/sla/policies/{name}/metrics/{name}/pause", BPO__TERM_CONDITION, 0, "", "",
     "While it holds, the metric is held under this policy, instead of the metric's own."},
    {"/sla/policies/{name}/due_display", BPO__TERM_CHOICE, 0, "earliest,latest", "earliest",
     "A due time that falls on closing time is shown there, or at the next opening."},

    {"/pricing/order", BPO__TERM_LIST, 0, "", "", "Names of all charges in the order of the invoice."},
    {"/pricing/rounding", BPO__TERM_CHOICE, 0, "half_away,half_even,half_down,up,down,floor,ceiling", "half_away",
     "How a line's amount is rounded, once."},
    {"/pricing/meters/{name}/preset", BPO__TERM_CHOICE, 0,
     "tickets_resolved,tickets_closed,tasks_accepted,hours_worked,seats", "",
     "Takes the other fields from a known meter; not needed where the name is that of one."},
    {"/pricing/meters/{name}/fact", BPO__TERM_FACT_KIND, 0, "", "", "Kind of the facts that it counts."},
    {"/pricing/meters/{name}/when", BPO__TERM_CONDITION, 0, "", "", "Which of them; all unless set."},
    {"/pricing/meters/{name}/quantity", BPO__TERM_ATTRIBUTE, 0, "", "",
     "Value of the fact that is added up; each fact counts 1 unless set."},
    {"/pricing/meters/{name}/once_per", BPO__TERM_ATTRIBUTE, 0, "", "",
     "Each value of this attribute counts once in a period (merge class B: a row of each is kept); ticket, for facts "
     "of tickets, is the fact's subject (class A: only the quantity is kept)."},
    {"/pricing/meters/{name}/metric", BPO__TERM_NAME, 0, "", "",
     "Counts the time that a metric runs, instead of facts."},
    {"/pricing/charges/{name}/model", BPO__TERM_CHOICE, REQUIRED, "fixed,per_seat,per_task,hourly", "",
     "What is charged: a fee a period, seats, pieces or hours."},
    {"/pricing/charges/{name}/meter", BPO__TERM_NAME, 0, "", "",
     "What is counted; seats for per_seat, hours_worked for hourly, required for per_task."},
    {"/pricing/charges/{name}/rate", BPO__TERM_MONEY, 0, "", "", "Price of one; either this or tiers."},
    {"/pricing/charges/{name}/tiers/{index}/up_to", BPO__TERM_DECIMAL, 0, "", "",
     "Last quantity of the tier; the last tier has none."},
    {"/pricing/charges/{name}/tiers/{index}/rate", BPO__TERM_MONEY, REQUIRED, "", "", "Price of one in the tier."},
    {"/pricing/charges/{name}/tiers/{index}/flat", BPO__TERM_MONEY, 0, "", "0", "Fee when the tier is entered."},
    {"/pricing/charges/{name}/filter", BPO__TERM_CONDITION, 0, "", "", "What of the meter is charged; all unless set."},
    {"/pricing/charges/{name}/billable", BPO__TERM_CONDITION, 0, "", "state = productive",
     "Seats that are charged, by their values."},

    {"/kpis/{name}/preset", BPO__TERM_CHOICE, 0,
     "tickets_opened,tickets_resolved,tickets_closed,resolution_time,reopened,sla_attainment,csat", "",
     "Takes the other fields from a known KPI; not needed where the name is that of one."},
    {"/kpis/{name}/form", BPO__TERM_CHOICE, 0, "count,sum,distribution,ratio", "count", "What is made of the facts."},
    {"/kpis/{name}/fact", BPO__TERM_FACT_KIND, 0, "", "", "Kind of the facts that it counts."},
    {"/kpis/{name}/where", BPO__TERM_CONDITION, 0, "", "", "Which of them; all unless set."},
    {"/kpis/{name}/numerator", BPO__TERM_CONDITION, 0, "", "", "For a ratio: which of these count above the line."},
    {"/kpis/{name}/value", BPO__TERM_ATTRIBUTE, 0, "", "",
     "For a sum or distribution: the whole number that is taken."},
    {"/kpis/{name}/since", BPO__TERM_ATTRIBUTE, 0, "", "",
     "For a sum or distribution: the instant from which time is taken, up to the fact."},
    {"/kpis/{name}/metric", BPO__TERM_NAME, 0, "", "", "For a ratio: attainment of this metric, instead of facts."},
    {"/kpis/{name}/unit", BPO__TERM_TEXT, 0, "", "", "Unit of the values; us for time and count else."},
    {"/kpis/{name}/direction", BPO__TERM_CHOICE, 0, "higher,lower", "higher", "Which is better."},
    {"/kpis/{name}/by/{name}", BPO__TERM_ATTRIBUTE, 0, "", "",
     "A dimension as it is reported; the value is the attribute that it is taken from."},

    {"/service_levels/{name}/kpi", BPO__TERM_CHOICE, REQUIRED, "sla_attainment", "", "What is measured."},
    {"/service_levels/{name}/metric", BPO__TERM_NAME, REQUIRED, "", "", "Metric whose cycles count."},
    {"/service_levels/{name}/policy", BPO__TERM_NAME, 0, "", "", "Only cycles under this policy."},
    {"/service_levels/{name}/expected", BPO__TERM_SHARE, REQUIRED, "", "", "Share that was promised."},
    {"/service_levels/{name}/by/{name}", BPO__TERM_ATTRIBUTE, 0, "", "",
     "A dimension as it is reported; the value is the attribute that it is taken from."},
};

const size_t bpo__schema_count = sizeof bpo__schema / sizeof bpo__schema[0];
