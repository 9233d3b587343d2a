/* SPDX-License-Identifier: Apache-2.0 */
/* Dice: how a calendar is made, and from which others. */
#include "made_layers.h"
#include <stdio.h>
#include <string.h>

static void set_zone(made_family *f, const char *path, made_calendar *c)
{
    c->zone = f->zones[c == f->calendars ? 0 : made_any(f, f->zone_count)];
    made_term(f, path, c->zone, "time_zone");
}

/* All that another has, and something of its own on top, unless the other is made of members. */
static void extend(made_family *f, const char *path, made_calendar *c, const made_calendar *other)
{
    made_calendar kept = *c;
    *c = *other;
    memcpy(c->name, kept.name, sizeof c->name);
    memset(c->stack.dates, 0, sizeof c->stack.dates);
    made_term(f, path, other->name, "extends");
    if (made_any(f, 2))
        set_zone(f, path, c);
    if (c->member_count > 0 || c->stack.count + 3 > NAIVE_LAYERS_MOST)
        return;
    made_layer(f, path, c, 0, 0);
    made_versions(f, path, c);
}

/* Different places of the family below `end`, written as a list. */
static int any_members(made_family *f, int end, int *members, char *text, size_t size)
{
    int count = 1 + made_any(f, end < MADE_MEMBERS_MOST ? end : MADE_MEMBERS_MOST);
    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        members[i] = (i == 0 ? made_any(f, end) : members[i - 1] + 1) % end;
        snprintf(text + strlen(text), size - strlen(text), "%s%s", i ? ", " : "", f->calendars[members[i]].name);
    }
    return count;
}

static void combine(made_family *f, const char *path, made_calendar *c, int place)
{
    char text[128];
    c->is_union = made_any(f, 2);
    c->member_count = any_members(f, place, c->members, text, sizeof text);
    made_term(f, path, text, c->is_union ? "union" : "intersection");
}

static void take_away(made_family *f, const char *path, made_calendar *c, int place)
{
    char text[128];
    c->minus_count = any_members(f, place, c->minus, text, sizeof text);
    made_term(f, path, text, "minus");
}

/* The first two have hours of their own; later ones may be made from earlier ones, and those from earlier ones. */
static void make_calendar(made_family *f, int place)
{
    made_calendar *c = &f->calendars[place];
    char path[64];
    int way = place < 2 ? 0 : made_any(f, 6);
    memset(c, 0, sizeof *c);
    snprintf(c->name, sizeof c->name, "calendar%d", place);
    snprintf(path, sizeof path, "/calendars/%s", c->name);
    if (way < 2 && made_any(f, 5) == 0) {
        made_plain_layer(f, path, c);
    } else if (way < 2) {
        made_layer(f, path, c, 0, 1);
        if (f->has_silence && made_any(f, 4))
            made_silence(f, path, c);
        else
            made_versions(f, path, c);
    } else if (way < 4) {
        extend(f, path, c, &f->calendars[made_any(f, place)]);
    } else {
        combine(f, path, c, place);
    }
    if (c->zone == NULL)
        set_zone(f, path, c);
    if (place > 1 && made_any(f, c->member_count > 0 ? 2 : 4) == 0)
        take_away(f, path, c, place);
    c->own.stack = &c->stack;
    made_term(f, path, "true", "may_be_empty");
}

void made_family_fill(made_family *family)
{
    for (int i = 0; i < MADE_CALENDARS; i++)
        make_calendar(family, i);
}
