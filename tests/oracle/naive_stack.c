/* SPDX-License-Identifier: Apache-2.0 */
/* Looking through the layers, from the bottom to the top. */
#include "naive_stack.h"
#include <string.h>

static void take_hours(const naive_hours *list, int count, int date, naive_hours *into, int *into_count)
{
    for (int i = 0; i < count; i++)
        if (list[i].date == date) {
            into[0] = list[i];
            *into_count = 1;
        }
}

/* All that a layer says of the date, in place of what lower ones said. */
static void take_layer(const naive_layer *layer, int date, int weekday, naive_calendar *day)
{
    if (layer->sets_day[weekday])
        day->week[weekday] = layer->week[weekday];
    take_hours(layer->overrides, layer->override_count, date, day->overrides, &day->override_count);
    take_hours(layer->closures, layer->closure_count, date, day->closures, &day->closure_count);
    if (layer->by_shift_start != NAIVE_UNSET)
        day->holidays_by_shift_start = layer->by_shift_start == NAIVE_YES;
    if (layer->override_beats_holiday != NAIVE_UNSET)
        day->override_beats_holiday = layer->override_beats_holiday == NAIVE_YES;
}

static int counts(const naive_layer *layer, int date)
{
    return layer->from <= date;
}

/* The number in the name of the topmost holiday of a date or of its mmdd; 0 without one. */
static int listed_tag(const naive_stack *stack, int date, int entry)
{
    int tag = 0;
    for (int i = 0; i < stack->count; i++)
        for (int j = 0; counts(&stack->layers[i], date) && j < stack->layers[i].holiday_count; j++)
            if (stack->layers[i].holidays[j] == entry)
                tag = stack->layers[i].holiday_tags[j];
    return tag;
}

/* The same of the rules: each is decided by the topmost layer that has it; of several the first by name. */
static int rule_tag(const naive_stack *stack, int date)
{
    int tag = 0;
    for (int name = 0; name < NAIVE_RULES_MOST; name++) {
        const naive_layer *decides = 0;
        for (int i = 0; i < stack->count; i++)
            if (counts(&stack->layers[i], date) && stack->layers[i].sets_rule[name] != NAIVE_UNSET)
                decides = &stack->layers[i];
        if (decides && decides->sets_rule[name] == NAIVE_YES && naive_rule_holds(&decides->rules[name], date) &&
            (tag == 0 || decides->rule_tags[name] < tag))
            tag = decides->rule_tags[name];
    }
    return tag;
}

static naive_calendar look_up(const naive_stack *stack, int date, int weekday)
{
    naive_calendar day;
    memset(&day, 0, sizeof day);
    day.override_beats_holiday = 1;
    for (int i = 0; i < stack->count; i++)
        if (counts(&stack->layers[i], date))
            take_layer(&stack->layers[i], date, weekday, &day);
    day.holiday_tag = listed_tag(stack, date, date);
    if (day.holiday_tag == 0)
        day.holiday_tag = listed_tag(stack, date, date % 10000);
    if (day.holiday_tag == 0)
        day.holiday_tag = rule_tag(stack, date);
    day.holiday_count = day.holiday_tag != 0;
    day.holidays[0] = date;
    return day;
}

const naive_calendar *naive_stack_on(naive_stack *stack, int date, int weekday)
{
    int place = date % NAIVE_STACK_KEPT;
    if (stack->dates[place] != date) {
        stack->days[place] = look_up(stack, date, weekday);
        stack->dates[place] = date;
    }
    return &stack->days[place];
}
