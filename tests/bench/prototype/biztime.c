/* SPDX-License-Identifier: Apache-2.0 */
#include "biztime.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static uint32_t be32(const uint8_t *p){return (uint32_t)p[0]<<24|(uint32_t)p[1]<<16|(uint32_t)p[2]<<8|p[3];}
static int64_t be64(const uint8_t *p){return (int64_t)((uint64_t)be32(p)<<32|be32(p+4));}
int bt_tz_load(bt_tz *z, const char *path){
  FILE *f=fopen(path,"rb"); if(!f) return -1;
  static uint8_t buf[1<<16]; size_t n=fread(buf,1,sizeof buf,f); fclose(f);
  if(n<44||memcmp(buf,"TZif",4)||buf[4]<'2') return -1;
  const uint8_t *h=buf; uint32_t ic=be32(h+20),sc=be32(h+24),lc=be32(h+28),tc=be32(h+32),yc=be32(h+36),cc=be32(h+40);
  h=buf+44+tc*4+tc+yc*6+cc+lc*8+sc+ic;
  tc=be32(h+32); yc=be32(h+36); (void)yc;
  const uint8_t *tt=h+44,*ti=tt+8*(size_t)tc,*ty=ti+tc;
  z->n=(int)tc; z->at=malloc(8*(tc+1)); z->off=malloc(4*(tc+1)); z->first=(int32_t)be32(ty);
  for(uint32_t i=0;i<tc;i++){z->at[i]=be64(tt+8*i); z->off[i]=(int32_t)be32(ty+6*ti[i]);}
  return 0;
}
/* local wall second w (seconds since 1970 as if UTC) -> UTC, walking pointer *k (monotone use) */
static int64_t to_utc(const bt_tz *z,int64_t w,int *k){
  while(*k+1<z->n && z->at[*k+1]+z->off[*k+1]<=w) (*k)++;
  int32_t o=*k<0?z->first:z->off[*k];
  int64_t u=w-o;
  if(*k>=0 && u<z->at[*k]) u=w-(*k>0?z->off[*k-1]:z->first);   /* gap/overlap: earlier reading */
  return u;
}
int bt_cal_build(bt_cal *c,const bt_tz *z,int32_t d0,int32_t d1,const bt_iv *week[7],const int nweek[7],const int32_t *hol,int nhol){
  memset(c,0,sizeof *c);
  c->base=(int64_t)d0*86400; c->span=(uint32_t)(d1-d0)*86400u;
  size_t cap=0; for(int i=0;i<7;i++) cap+=nweek[i]; cap=cap*((d1-d0)/7+2)+2;
  c->seg=malloc(cap*sizeof(bt_seg)); uint32_t n=0,pre=0; int k=-1,hi=0;
  while(k+1<z->n && z->at[k+1]<=c->base) k++;
  if(k>=0) k--;
  for(int32_t d=d0+1;d<d1-1;d++){
    while(hi<nhol&&hol[hi]<d) hi++;
    if(hi<nhol&&hol[hi]==d) continue;
    int w=((d+4)%7+7)%7;
    for(int i=0;i<nweek[w];i++){
      int64_t a=to_utc(z,(int64_t)d*86400+week[w][i].from,&k), b=to_utc(z,(int64_t)d*86400+week[w][i].to,&k);
      if(b<=a) continue;
      uint32_t s=(uint32_t)(a-c->base),e=(uint32_t)(b-c->base);
      if(n&&c->seg[n-1].end==s){c->seg[n-1].end=e;pre+=e-s;continue;}
      c->seg[n++]=(bt_seg){s,e,pre,0}; pre+=e-s;
    }
  }
  c->seg[n]=(bt_seg){0xFFFFFFFFu,0xFFFFFFFFu,pre,0}; c->seg[n+1]=(bt_seg){0xFFFFFFFFu,0xFFFFFFFFu,0xFFFFFFFFu,0};
  c->nseg=n; c->total=pre;
  c->nidx=(c->span>>BT_SH)+2; c->ninv=(pre>>BT_ISH)+2;
  c->idx=malloc(2*c->nidx); c->inv=malloc(2*c->ninv);
  uint32_t j=0; for(uint32_t i=0;i<c->nidx;i++){uint64_t t=(uint64_t)i<<BT_SH; while(j<n&&c->seg[j].end<=t) j++; c->idx[i]=(uint16_t)j;}
  for(uint32_t i=0;i+1<c->nidx;i++) if((uint32_t)(c->idx[i+1]-c->idx[i])>c->kfwd) c->kfwd=c->idx[i+1]-c->idx[i];
  j=0; for(uint32_t i=0;i<c->ninv;i++){uint32_t p=i<<BT_ISH; while(j<n&&c->seg[j+1].pre<p) j++; c->inv[i]=(uint16_t)j;}
  for(uint32_t i=0;i+1<c->ninv;i++) if((uint32_t)(c->inv[i+1]-c->inv[i])>c->kinv) c->kinv=c->inv[i+1]-c->inv[i];
  c->bytes=sizeof *c+(n+2)*sizeof(bt_seg)+2*c->nidx+2*c->ninv;
  /* one-load tables */
  c->one_ok=1; c->fb=malloc(sizeof *c->fb*c->nidx); c->ib=malloc(sizeof *c->ib*c->ninv);
  j=0; for(uint32_t i=0;i<c->nidx;i++){uint64_t b=(uint64_t)i<<BT_SH,be=b+(1u<<BT_SH); while(j<n&&c->seg[j].end<=b) j++;
    struct bt_fb r={c->seg[j].pre,0,0};
    if(j<n&&c->seg[j].start<be){uint64_t x=c->seg[j].start>b?c->seg[j].start:b,y=c->seg[j].end<be?c->seg[j].end:be; r.pre+=(uint32_t)(x-c->seg[j].start); r.s=(uint16_t)(x-b); r.e=(uint16_t)(y-b);
      if(j+1<n&&c->seg[j+1].start<be) c->one_ok=0;}
    c->fb[i]=r;}
  j=0; for(uint32_t i=0;i<c->ninv;i++){uint32_t p=i<<BT_ISH; while(j<n&&c->seg[j+1].pre<=p) j++;   /* segment holding business second p */
    struct bt_ib r={0,0,1u<<BT_ISH,0}; if(j<n){r.t=c->seg[j].start+(p-c->seg[j].pre); uint32_t left=c->seg[j+1].pre-p;
      if(left<(1u<<BT_ISH)&&j+1<n){r.bound=left; r.gap=c->seg[j+1].start-c->seg[j].end; if(j+2<=n&&c->seg[j+2].pre<p+(1u<<BT_ISH)&&j+2<n) c->one_ok=0;}}
    c->ib[i]=r;}
  c->bytes1=sizeof *c+c->nidx*sizeof *c->fb+c->ninv*sizeof *c->ib;
  return 0;
}
void bt_cal_free(bt_cal *c){free(c->seg);free(c->idx);free(c->inv);free(c->fb);free(c->ib);}
