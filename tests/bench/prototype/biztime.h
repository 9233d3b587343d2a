/* SPDX-License-Identifier: Apache-2.0 */
/* A calendar of fixed years compiled to segments of seconds with running sums, and nothing that a library needs
 * besides: no errors, no lazy years, no far past. What it takes for a question is the floor. */
#ifndef BPO_BENCH_BIZTIME_H
#define BPO_BENCH_BIZTIME_H

#include <stddef.h>
#include <stdint.h>

typedef struct bt_seg {
    uint32_t start, end; /* seconds from base */
    uint32_t pre;        /* open seconds before start */
    uint32_t pad;
} bt_seg;

/* One load an instant (form C): a bucket's position at its start and the one open range inside it. */
typedef struct bt_fb {
    uint32_t pre;
    uint16_t s, e;
} bt_fb;

/* The same for open time: the instant, and one jump behind `bound` open seconds. */
typedef struct bt_ib {
    uint32_t t, gap, bound, pad;
} bt_ib;

typedef struct bt_cal {
    int64_t base;
    uint32_t span, nseg, nidx, ninv, kfwd, kinv, total;
    bt_seg *seg;
    uint16_t *idx, *inv;
    bt_fb *fb;
    bt_ib *ib;
    size_t bytes;
} bt_cal;

#define BT_SH  15 /* forward buckets of 2^15 s = 9.1 h */
#define BT_ISH 14 /* inverse buckets of 2^14 open seconds = 4.6 h */

typedef struct bt_tz {
    int64_t *at;
    int32_t *off;
    int n;
    int32_t first;
} bt_tz;

typedef struct bt_iv {
    int32_t from, to; /* local seconds of the day */
} bt_iv;

int bt_tz_load(bt_tz *z, const char *tzif_path);
/* Days since 1970; week[0] is Sunday. */
int bt_cal_build(bt_cal *c, const bt_tz *z, int32_t day_from, int32_t day_to, const bt_iv *week[7],
                 const int nweek[7], const int32_t *hol, int nhol);
void bt_cal_free(bt_cal *c);

/* Open seconds from base to t. */
static inline uint32_t bt_pos(const bt_cal *c, int64_t t)
{
    uint32_t u = (uint32_t)(t - c->base);
    const bt_seg *s = c->seg + c->idx[u >> BT_SH];
    while (u >= s->end)
        s++;
    uint32_t d = u > s->start ? u - s->start : 0;
    return s->pre + d;
}

/* Earliest instant with position p > 0. */
static inline int64_t bt_at(const bt_cal *c, uint32_t p)
{
    const bt_seg *s = c->seg + c->inv[p >> BT_ISH];
    while (s[1].pre < p)
        s++;
    return c->base + s->start + (p - s->pre);
}

static inline int64_t bt_between(const bt_cal *c, int64_t a, int64_t b)
{
    return (int64_t)bt_pos(c, b) - bt_pos(c, a);
}

static inline int64_t bt_add(const bt_cal *c, int64_t t, int32_t n)
{
    return bt_at(c, bt_pos(c, t) + (uint32_t)n);
}

/* Without a branch: valid where no bucket holds more than one segment's end (kfwd <= 1, kinv <= 1). */
static inline uint32_t bt_pos1(const bt_cal *c, int64_t t)
{
    uint32_t u = (uint32_t)(t - c->base);
    const bt_seg *s = c->seg + c->idx[u >> BT_SH];
    s += u >= s->end;
    uint32_t m = u > s->start ? u : s->start;
    return s->pre + (m - s->start);
}

static inline int64_t bt_at1(const bt_cal *c, uint32_t p)
{
    const bt_seg *s = c->seg + c->inv[p >> BT_ISH];
    s += s[1].pre < p;
    return c->base + s->start + (p - s->pre);
}

/* Form C: valid where no bucket holds more than one open range. */
static inline uint32_t bt_pos2(const bt_cal *c, int64_t t)
{
    uint32_t u = (uint32_t)(t - c->base), lo = u & ((1u << BT_SH) - 1);
    bt_fb r = c->fb[u >> BT_SH];
    uint32_t m = lo > r.s ? lo : r.s;
    m = m < r.e ? m : r.e;
    return r.pre + (m - r.s);
}

static inline int64_t bt_at2(const bt_cal *c, uint32_t p)
{
    const bt_ib *r = c->ib + ((p - 1) >> BT_ISH);
    uint32_t lo = (p - 1) & ((1u << BT_ISH) - 1);
    return c->base + r->t + lo + 1 + (lo >= r->bound ? r->gap : 0);
}

#endif
