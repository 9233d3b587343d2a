/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling the prototype's calendar. */
#include "biztime.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be64(const uint8_t *p)
{
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

int bt_tz_load(bt_tz *z, const char *path)
{
    uint8_t buf[1 << 16];
    FILE *f = fopen(path, "rb");
    if (!f)
        return -1;
    size_t n = fread(buf, 1, sizeof buf, f);
    fclose(f);
    if (n < 44 || memcmp(buf, "TZif", 4) || buf[4] < '2')
        return -1;
    uint32_t ic = be32(buf + 20), sc = be32(buf + 24), lc = be32(buf + 28);
    uint32_t tc = be32(buf + 32), yc = be32(buf + 36), cc = be32(buf + 40);
    const uint8_t *h = buf + 44 + tc * 5 + yc * 6 + cc + lc * 8 + sc + ic;
    tc = be32(h + 32);
    const uint8_t *tt = h + 44, *ti = tt + 8 * (size_t)tc, *ty = ti + tc;
    z->n = (int)tc;
    z->at = malloc(8 * (tc + 1));
    z->off = malloc(4 * (tc + 1));
    z->first = (int32_t)be32(ty);
    for (uint32_t i = 0; i < tc; i++) {
        z->at[i] = be64(tt + 8 * i);
        z->off[i] = (int32_t)be32(ty + 6 * ti[i]);
    }
    return 0;
}

/* Local second w to UTC, walking *k forward. */
static int64_t to_utc(const bt_tz *z, int64_t w, int *k)
{
    while (*k + 1 < z->n && z->at[*k + 1] + z->off[*k + 1] <= w)
        (*k)++;
    int64_t u = w - (*k < 0 ? z->first : z->off[*k]);
    if (*k >= 0 && u < z->at[*k]) /* a gap or an overlap: the earlier reading */
        u = w - (*k > 0 ? z->off[*k - 1] : z->first);
    return u;
}

static void add_segment(bt_cal *c, int64_t from, int64_t to)
{
    uint32_t s = (uint32_t)(from - c->base), e = (uint32_t)(to - c->base);
    if (to <= from)
        return;
    if (c->nseg && c->seg[c->nseg - 1].end == s)
        c->seg[c->nseg - 1].end = e;
    else
        c->seg[c->nseg++] = (bt_seg){s, e, c->total, 0};
    c->total += e - s;
}

static void build_segments(bt_cal *c, const bt_tz *z, int32_t d0, int32_t d1, const bt_iv *week[7],
                           const int nweek[7], const int32_t *hol, int nhol)
{
    int k = -1, h = 0;
    while (k + 1 < z->n && z->at[k + 1] <= c->base)
        k++;
    if (k >= 0)
        k--;
    for (int32_t d = d0 + 1; d < d1 - 1; d++) {
        while (h < nhol && hol[h] < d)
            h++;
        if (h < nhol && hol[h] == d)
            continue;
        int w = ((d + 4) % 7 + 7) % 7;
        for (int i = 0; i < nweek[w]; i++) {
            int64_t from = to_utc(z, (int64_t)d * 86400 + week[w][i].from, &k);
            add_segment(c, from, to_utc(z, (int64_t)d * 86400 + week[w][i].to, &k));
        }
    }
    c->seg[c->nseg] = (bt_seg){UINT32_MAX, UINT32_MAX, c->total, 0};
    c->seg[c->nseg + 1] = (bt_seg){UINT32_MAX, UINT32_MAX, UINT32_MAX, 0};
}

static void build_indexes(bt_cal *c)
{
    c->nidx = (c->span >> BT_SH) + 2;
    c->ninv = (c->total >> BT_ISH) + 2;
    c->idx = malloc(2 * c->nidx);
    c->inv = malloc(2 * c->ninv);
    for (uint32_t i = 0, j = 0; i < c->nidx; i++) {
        while (j < c->nseg && c->seg[j].end <= (uint64_t)i << BT_SH)
            j++;
        c->idx[i] = (uint16_t)j;
        if (i && (uint32_t)(j - c->idx[i - 1]) > c->kfwd)
            c->kfwd = j - c->idx[i - 1];
    }
    for (uint32_t i = 0, j = 0; i < c->ninv; i++) {
        while (j < c->nseg && c->seg[j + 1].pre < i << BT_ISH)
            j++;
        c->inv[i] = (uint16_t)j;
        if (i && (uint32_t)(j - c->inv[i - 1]) > c->kinv)
            c->kinv = j - c->inv[i - 1];
    }
}

static void build_one_load(bt_cal *c)
{
    const bt_seg *seg = c->seg;
    uint32_t n = c->nseg;
    c->fb = malloc(c->nidx * sizeof *c->fb);
    c->ib = calloc(c->ninv, sizeof *c->ib);
    for (uint32_t i = 0, j = 0; i < c->nidx; i++) {
        uint64_t from = (uint64_t)i << BT_SH, to = from + (1u << BT_SH);
        while (j < n && seg[j].end <= from)
            j++;
        bt_fb r = {seg[j].pre, 0, 0};
        if (j < n && seg[j].start < to) {
            uint64_t x = seg[j].start > from ? seg[j].start : from, y = seg[j].end < to ? seg[j].end : to;
            r = (bt_fb){seg[j].pre + (uint32_t)(x - seg[j].start), (uint16_t)(x - from), (uint16_t)(y - from)};
        }
        c->fb[i] = r;
    }
    for (uint32_t i = 0, j = 0; i < c->ninv; i++) {
        uint32_t p = i << BT_ISH;
        while (j < n && seg[j + 1].pre <= p)
            j++;
        bt_ib r = {0, 0, 1u << BT_ISH, 0};
        if (j < n) {
            uint32_t left = seg[j + 1].pre - p;
            r.t = seg[j].start + (p - seg[j].pre);
            if (left < (1u << BT_ISH) && j + 1 < n) {
                r.bound = left;
                r.gap = seg[j + 1].start - seg[j].end;
            }
        }
        c->ib[i] = r;
    }
}

int bt_cal_build(bt_cal *c, const bt_tz *z, int32_t d0, int32_t d1, const bt_iv *week[7], const int nweek[7],
                 const int32_t *hol, int nhol)
{
    size_t cap = 0;
    memset(c, 0, sizeof *c);
    c->base = (int64_t)d0 * 86400;
    c->span = (uint32_t)(d1 - d0) * 86400u;
    for (int i = 0; i < 7; i++)
        cap += (size_t)nweek[i];
    cap = cap * (size_t)((d1 - d0) / 7 + 2) + 2;
    c->seg = malloc(cap * sizeof *c->seg);
    build_segments(c, z, d0, d1, week, nweek, hol, nhol);
    build_indexes(c);
    if (c->kfwd <= 1 && c->kinv <= 1)
        build_one_load(c);
    c->bytes = sizeof *c + (c->nseg + 2) * sizeof(bt_seg) + 2 * c->nidx + 2 * c->ninv;
    return 0;
}

void bt_cal_free(bt_cal *c)
{
    free(c->seg);
    free(c->idx);
    free(c->inv);
    free(c->fb);
    free(c->ib);
}
