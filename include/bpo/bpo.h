/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file bpo.h
 * Everything in one include: the commercial logic of an outsourced service desk.
 */
#ifndef BPO_BPO_H
#define BPO_BPO_H

#include <bpo/calendar.h>
#include <bpo/context.h>
#include <bpo/contract.h>
#include <bpo/decimal.h>
#include <bpo/desk.h>
#include <bpo/error.h>
#include <bpo/fact.h>
#include <bpo/intervals.h>
#include <bpo/ledger.h>
#include <bpo/report.h>
#include <bpo/statement.h>
#include <bpo/store.h>
#include <bpo/terms.h>
#include <bpo/ticket.h>
#include <bpo/types.h>
#include <bpo/version.h>
#include <bpo/working_days.h>
#include <bpo/zone.h>

#endif
