/* SPDX-License-Identifier: Apache-2.0 */
/* Minimal best-effort prototype: business-time arithmetic over a precompiled calendar.
   Research only: shows what is achievable, is not the library's design. */
#ifndef BIZTIME_H
#define BIZTIME_H
#include <stdint.h>
#include <stddef.h>
typedef struct { uint32_t start, end, pre, pad; } bt_seg;     /* seconds from base; pre = business seconds before start */
typedef struct {
  int64_t base; uint32_t span; uint32_t nseg, nidx, ninv, kfwd, kinv, total;
  bt_seg *seg; uint16_t *idx, *inv; size_t bytes;
  /* one-load form: per bucket of 2^15 s the position at its start and the one open range inside it */
  struct bt_fb { uint32_t pre; uint16_t s, e; } *fb;           /* 8 B per 9.1 h */
  struct bt_ib { uint32_t t, gap; uint32_t bound; uint32_t pad; } *ib; /* per 2^14 business seconds: instant, one jump */
  int one_ok; size_t bytes1;
} bt_cal;
#define BT_SH 15        /* forward buckets of 2^15 s = 9.1 h */
#define BT_ISH 14       /* inverse buckets of 2^14 business seconds = 4.6 h */
typedef struct { int64_t *at; int32_t *off; int n; int32_t first; } bt_tz;
int  bt_tz_load(bt_tz *z, const char *tzif_path);             /* TZif v2+ transitions */
typedef struct { int32_t from, to; } bt_iv;                   /* local seconds of the day */
int  bt_cal_build(bt_cal *c, const bt_tz *z, int32_t day_from, int32_t day_to,
                  const bt_iv *week[7], const int nweek[7], const int32_t *hol, int nhol); /* days since 1970; week[0]=Sunday */
void bt_cal_free(bt_cal *c);
/* business seconds from base to t */
static inline uint32_t bt_pos(const bt_cal *c, int64_t t) {
  uint32_t u = (uint32_t)(t - c->base);
  const bt_seg *s = c->seg + c->idx[u >> BT_SH];
  while (u >= s->end) s++;
  uint32_t d = u > s->start ? u - s->start : 0;
  return s->pre + d;
}
static inline int64_t bt_at(const bt_cal *c, uint32_t p) {     /* earliest instant with position p (p>0) */
  const bt_seg *s = c->seg + c->inv[p >> BT_ISH];
  while (s[1].pre < p) s++;
  return c->base + s->start + (p - s->pre);
}
static inline int64_t bt_between(const bt_cal *c, int64_t a, int64_t b) { return (int64_t)bt_pos(c, b) - bt_pos(c, a); }
static inline int64_t bt_add(const bt_cal *c, int64_t t, int32_t n) { return bt_at(c, bt_pos(c, t) + (uint32_t)n); }
/* branch-free forms: valid when no bucket holds more than one segment end (kfwd<=1, kinv<=1; checked at build) */
static inline uint32_t bt_pos1(const bt_cal *c, int64_t t) {
  uint32_t u = (uint32_t)(t - c->base);
  const bt_seg *s = c->seg + c->idx[u >> BT_SH];
  s += u >= s->end;
  uint32_t st = s->start, m = u > st ? u : st;
  return s->pre + (m - st);
}
static inline int64_t bt_at1(const bt_cal *c, uint32_t p) {
  const bt_seg *s = c->seg + c->inv[p >> BT_ISH];
  s += s[1].pre < p;
  return c->base + s->start + (p - s->pre);
}
/* one-load forms: valid when one_ok */
static inline uint32_t bt_pos2(const bt_cal *c, int64_t t) {
  uint32_t u = (uint32_t)(t - c->base), lo = u & ((1u << BT_SH) - 1);
  struct bt_fb r = c->fb[u >> BT_SH];
  uint32_t m = lo > r.s ? lo : r.s; m = m < r.e ? m : r.e;
  return r.pre + (m - r.s);
}
static inline int64_t bt_at2(const bt_cal *c, uint32_t p) {
  const struct bt_ib *r = c->ib + ((p - 1) >> BT_ISH);
  uint32_t lo = (p - 1) & ((1u << BT_ISH) - 1);
  return c->base + r->t + lo + 1 + (lo >= r->bound ? r->gap : 0);
}
#endif
