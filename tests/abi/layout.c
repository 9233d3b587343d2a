/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of every visible struct, asserted and not remembered: it may grow at its end and never else.
 *
 * Columns: 64-bit machines; 32-bit machines that align 64-bit integers to 8; those that align them to 4 (i386).
 * After a deliberate change: tests/abi/make_layout.py . > tests/abi/layout.c */
#include <bpo/bpo.h>
#include <stddef.h>

#if UINTPTR_MAX > UINT32_MAX
#define COLUMN(lp64, ilp32, ilp32_word) (lp64)
#elif defined(__i386__)
#define COLUMN(lp64, ilp32, ilp32_word) (ilp32_word)
#else
#define COLUMN(lp64, ilp32, ilp32_word) (ilp32)
#endif

#define SIZE(type, lp64, ilp32, ilp32_word) \
    _Static_assert(sizeof(type) == COLUMN(lp64, ilp32, ilp32_word), "size of " #type)
#define FIELD(type, field, lp64, ilp32, ilp32_word) \
    _Static_assert(offsetof(type, field) == COLUMN(lp64, ilp32, ilp32_word), "place of " #type "." #field)

SIZE(bpo_host, 72, 40, 40);
FIELD(bpo_host, struct_size, 0, 0, 0);
FIELD(bpo_host, flags, 4, 4, 4);
FIELD(bpo_host, user, 8, 8, 8);
FIELD(bpo_host, release, 16, 12, 12);
FIELD(bpo_host, alloc, 24, 16, 16);
FIELD(bpo_host, resize, 32, 20, 20);
FIELD(bpo_host, free, 40, 24, 24);
FIELD(bpo_host, log, 48, 28, 28);
FIELD(bpo_host, zone, 56, 32, 32);
FIELD(bpo_host, digest, 64, 36, 36);

SIZE(bpo_amendment, 72, 56, 52);
FIELD(bpo_amendment, struct_size, 0, 0, 0);
FIELD(bpo_amendment, number, 4, 4, 4);
FIELD(bpo_amendment, effective_from, 8, 8, 8);
FIELD(bpo_amendment, effective_to, 16, 16, 16);
FIELD(bpo_amendment, recorded_at, 24, 24, 24);
FIELD(bpo_amendment, client_approval, 32, 32, 32);
FIELD(bpo_amendment, provider_approval, 40, 36, 36);
FIELD(bpo_amendment, changes, 48, 40, 40);
FIELD(bpo_amendment, removals, 56, 44, 44);
FIELD(bpo_amendment, removal_count, 64, 48, 48);

SIZE(bpo_notice, 40, 32, 32);
FIELD(bpo_notice, struct_size, 0, 0, 0);
FIELD(bpo_notice, kind, 4, 4, 4);
FIELD(bpo_notice, subject, 8, 8, 8);
FIELD(bpo_notice, metric, 16, 12, 12);
FIELD(bpo_notice, cycle, 24, 16, 16);
FIELD(bpo_notice, reserved, 28, 20, 20);
FIELD(bpo_notice, at, 32, 24, 24);

SIZE(bpo_error, 1176, 1176, 1176);
FIELD(bpo_error, struct_size, 0, 0, 0);
FIELD(bpo_error, code, 4, 4, 4);
FIELD(bpo_error, host_status, 8, 8, 8);
FIELD(bpo_error, message_id, 12, 12, 12);
FIELD(bpo_error, argument_count, 16, 16, 16);
FIELD(bpo_error, reserved, 20, 20, 20);
FIELD(bpo_error, path, 24, 24, 24);
FIELD(bpo_error, message, 280, 280, 280);
FIELD(bpo_error, arguments, 792, 792, 792);

SIZE(bpo_message, 24, 16, 16);
FIELD(bpo_message, struct_size, 0, 0, 0);
FIELD(bpo_message, id, 4, 4, 4);
FIELD(bpo_message, name, 8, 8, 8);
FIELD(bpo_message, english, 16, 12, 12);

SIZE(bpo_value, 56, 48, 48);
FIELD(bpo_value, name, 0, 0, 0);
FIELD(bpo_value, type, 4, 4, 4);
FIELD(bpo_value, integer, 8, 8, 8);
FIELD(bpo_value, decimal, 16, 16, 16);
FIELD(bpo_value, text, 40, 40, 40);
FIELD(bpo_value, size, 48, 44, 44);

SIZE(bpo_fact, 120, 80, 80);
FIELD(bpo_fact, struct_size, 0, 0, 0);
FIELD(bpo_fact, kind, 4, 4, 4);
FIELD(bpo_fact, flags, 8, 8, 8);
FIELD(bpo_fact, revision, 12, 12, 12);
FIELD(bpo_fact, at, 16, 16, 16);
FIELD(bpo_fact, order, 24, 24, 24);
FIELD(bpo_fact, recorded_at, 32, 32, 32);
FIELD(bpo_fact, subject, 40, 40, 40);
FIELD(bpo_fact, subject_size, 48, 44, 44);
FIELD(bpo_fact, key, 56, 48, 48);
FIELD(bpo_fact, key_size, 64, 52, 52);
FIELD(bpo_fact, party, 72, 56, 56);
FIELD(bpo_fact, party_size, 80, 60, 60);
FIELD(bpo_fact, actor, 88, 64, 64);
FIELD(bpo_fact, actor_size, 96, 68, 68);
FIELD(bpo_fact, values, 104, 72, 72);
FIELD(bpo_fact, value_count, 112, 76, 76);

SIZE(bpo_fact_kind_info, 48, 28, 28);
FIELD(bpo_fact_kind_info, struct_size, 0, 0, 0);
FIELD(bpo_fact_kind_info, kind, 4, 4, 4);
FIELD(bpo_fact_kind_info, name, 8, 8, 8);
FIELD(bpo_fact_kind_info, subject, 16, 12, 12);
FIELD(bpo_fact_kind_info, required, 24, 16, 16);
FIELD(bpo_fact_kind_info, optional, 32, 20, 20);
FIELD(bpo_fact_kind_info, description, 40, 24, 24);

SIZE(bpo_interval, 48, 48, 44);
FIELD(bpo_interval, struct_size, 0, 0, 0);
FIELD(bpo_interval, kind, 4, 4, 4);
FIELD(bpo_interval, from, 8, 8, 8);
FIELD(bpo_interval, until, 16, 16, 16);
FIELD(bpo_interval, open, 24, 24, 24);
FIELD(bpo_interval, name, 32, 32, 32);
FIELD(bpo_interval, clock_change_seconds, 40, 36, 36);
FIELD(bpo_interval, reserved, 44, 40, 40);

SIZE(bpo_coverage, 56, 56, 56);
FIELD(bpo_coverage, struct_size, 0, 0, 0);
FIELD(bpo_coverage, reserved, 4, 4, 4);
FIELD(bpo_coverage, open, 8, 8, 8);
FIELD(bpo_coverage, closed, 16, 16, 16);
FIELD(bpo_coverage, period_count, 24, 24, 24);
FIELD(bpo_coverage, gap_count, 32, 32, 32);
FIELD(bpo_coverage, longest_gap_from, 40, 40, 40);
FIELD(bpo_coverage, longest_gap_until, 48, 48, 48);

SIZE(bpo_ledger_size, 40, 40, 40);
FIELD(bpo_ledger_size, struct_size, 0, 0, 0);
FIELD(bpo_ledger_size, reserved, 4, 4, 4);
FIELD(bpo_ledger_size, cell_count, 8, 8, 8);
FIELD(bpo_ledger_size, key_count, 16, 16, 16);
FIELD(bpo_ledger_size, row_count, 24, 24, 24);
FIELD(bpo_ledger_size, byte_count, 32, 32, 32);

SIZE(bpo_report_row, 40, 28, 28);
FIELD(bpo_report_row, struct_size, 0, 0, 0);
FIELD(bpo_report_row, code, 4, 4, 4);
FIELD(bpo_report_row, index, 8, 8, 8);
FIELD(bpo_report_row, status, 16, 12, 12);
FIELD(bpo_report_row, message_id, 20, 16, 16);
FIELD(bpo_report_row, path, 24, 20, 20);
FIELD(bpo_report_row, message, 32, 24, 24);

SIZE(bpo_statement_header, 184, 176, 172);
FIELD(bpo_statement_header, struct_size, 0, 0, 0);
FIELD(bpo_statement_header, provisional, 4, 4, 4);
FIELD(bpo_statement_header, revision, 8, 8, 8);
FIELD(bpo_statement_header, semantics, 12, 12, 12);
FIELD(bpo_statement_header, start, 16, 16, 16);
FIELD(bpo_statement_header, end, 24, 24, 24);
FIELD(bpo_statement_header, as_of, 32, 32, 32);
FIELD(bpo_statement_header, contract, 40, 40, 40);
FIELD(bpo_statement_header, time_zone, 48, 44, 44);
FIELD(bpo_statement_header, currency, 56, 48, 48);
FIELD(bpo_statement_header, fact_count, 64, 56, 52);
FIELD(bpo_statement_header, unopened_count, 72, 64, 60);
FIELD(bpo_statement_header, has_digests, 80, 72, 68);
FIELD(bpo_statement_header, reserved, 84, 76, 72);
FIELD(bpo_statement_header, contract_digest, 88, 80, 76);
FIELD(bpo_statement_header, facts_digest, 120, 112, 108);
FIELD(bpo_statement_header, opening_digest, 152, 144, 140);

SIZE(bpo_kpi, 104, 88, 84);
FIELD(bpo_kpi, struct_size, 0, 0, 0);
FIELD(bpo_kpi, form, 4, 4, 4);
FIELD(bpo_kpi, id, 8, 8, 8);
FIELD(bpo_kpi, unit, 16, 12, 12);
FIELD(bpo_kpi, dimension, 24, 16, 16);
FIELD(bpo_kpi, dimension_value, 32, 20, 20);
FIELD(bpo_kpi, n, 40, 24, 24);
FIELD(bpo_kpi, sum, 48, 32, 32);
FIELD(bpo_kpi, min, 56, 40, 36);
FIELD(bpo_kpi, max, 64, 48, 44);
FIELD(bpo_kpi, p50, 72, 56, 52);
FIELD(bpo_kpi, p90, 80, 64, 60);
FIELD(bpo_kpi, p95, 88, 72, 68);
FIELD(bpo_kpi, p99, 96, 80, 76);

SIZE(bpo_service_level, 88, 64, 64);
FIELD(bpo_service_level, struct_size, 0, 0, 0);
FIELD(bpo_service_level, result, 4, 4, 4);
FIELD(bpo_service_level, id, 8, 8, 8);
FIELD(bpo_service_level, metric, 16, 12, 12);
FIELD(bpo_service_level, dimension, 24, 16, 16);
FIELD(bpo_service_level, dimension_value, 32, 20, 20);
FIELD(bpo_service_level, met, 40, 24, 24);
FIELD(bpo_service_level, breached, 48, 32, 32);
FIELD(bpo_service_level, indeterminate, 56, 40, 40);
FIELD(bpo_service_level, expected, 64, 48, 48);
FIELD(bpo_service_level, value, 72, 52, 52);
FIELD(bpo_service_level, failures_in_row, 80, 56, 56);
FIELD(bpo_service_level, reserved, 84, 60, 60);

SIZE(bpo_invoice_line, 96, 80, 76);
FIELD(bpo_invoice_line, struct_size, 0, 0, 0);
FIELD(bpo_invoice_line, contract_version, 4, 4, 4);
FIELD(bpo_invoice_line, charge, 8, 8, 8);
FIELD(bpo_invoice_line, model, 16, 12, 12);
FIELD(bpo_invoice_line, service_start, 24, 16, 16);
FIELD(bpo_invoice_line, service_end, 32, 24, 24);
FIELD(bpo_invoice_line, quantity, 40, 32, 32);
FIELD(bpo_invoice_line, unit, 48, 36, 36);
FIELD(bpo_invoice_line, rate, 56, 40, 40);
FIELD(bpo_invoice_line, amount, 64, 48, 44);
FIELD(bpo_invoice_line, adjustment, 88, 72, 68);
FIELD(bpo_invoice_line, step_count, 92, 76, 72);

SIZE(bpo_adjustment, 72, 56, 52);
FIELD(bpo_adjustment, struct_size, 0, 0, 0);
FIELD(bpo_adjustment, subject, 4, 4, 4);
FIELD(bpo_adjustment, id, 8, 8, 8);
FIELD(bpo_adjustment, dimension, 16, 12, 12);
FIELD(bpo_adjustment, dimension_value, 24, 16, 16);
FIELD(bpo_adjustment, part, 32, 20, 20);
FIELD(bpo_adjustment, service_start, 40, 24, 24);
FIELD(bpo_adjustment, service_end, 48, 32, 32);
FIELD(bpo_adjustment, n, 56, 40, 40);
FIELD(bpo_adjustment, sum, 64, 48, 48);

SIZE(bpo_record, 88, 64, 64);
FIELD(bpo_record, struct_size, 0, 0, 0);
FIELD(bpo_record, kind, 4, 4, 4);
FIELD(bpo_record, sequence, 8, 8, 8);
FIELD(bpo_record, revision, 16, 16, 16);
FIELD(bpo_record, flags, 20, 20, 20);
FIELD(bpo_record, at, 24, 24, 24);
FIELD(bpo_record, recorded_at, 32, 32, 32);
FIELD(bpo_record, key, 40, 40, 40);
FIELD(bpo_record, key_size, 48, 44, 44);
FIELD(bpo_record, subject, 56, 48, 48);
FIELD(bpo_record, subject_size, 64, 52, 52);
FIELD(bpo_record, bytes, 72, 56, 56);
FIELD(bpo_record, size, 80, 60, 60);

SIZE(bpo_store, 48, 28, 28);
FIELD(bpo_store, struct_size, 0, 0, 0);
FIELD(bpo_store, flags, 4, 4, 4);
FIELD(bpo_store, user, 8, 8, 8);
FIELD(bpo_store, release, 16, 12, 12);
FIELD(bpo_store, append, 24, 16, 16);
FIELD(bpo_store, read, 32, 20, 20);
FIELD(bpo_store, read_subject, 40, 24, 24);

SIZE(bpo_term, 48, 28, 28);
FIELD(bpo_term, struct_size, 0, 0, 0);
FIELD(bpo_term, flags, 4, 4, 4);
FIELD(bpo_term, pattern, 8, 8, 8);
FIELD(bpo_term, type, 16, 12, 12);
FIELD(bpo_term, choices, 24, 16, 16);
FIELD(bpo_term, initial, 32, 20, 20);
FIELD(bpo_term, description, 40, 24, 24);

SIZE(bpo_clock, 104, 96, 96);
FIELD(bpo_clock, struct_size, 0, 0, 0);
FIELD(bpo_clock, state, 4, 4, 4);
FIELD(bpo_clock, cycle, 8, 8, 8);
FIELD(bpo_clock, flags, 12, 12, 12);
FIELD(bpo_clock, metric, 16, 16, 16);
FIELD(bpo_clock, policy, 24, 20, 20);
FIELD(bpo_clock, started_at, 32, 24, 24);
FIELD(bpo_clock, stopped_at, 40, 32, 32);
FIELD(bpo_clock, due_at, 48, 40, 40);
FIELD(bpo_clock, in_time_until, 56, 48, 48);
FIELD(bpo_clock, breach_at, 64, 56, 56);
FIELD(bpo_clock, elapsed, 72, 64, 64);
FIELD(bpo_clock, elapsed_worst, 80, 72, 72);
FIELD(bpo_clock, target, 88, 80, 80);
FIELD(bpo_clock, remaining, 96, 88, 88);

SIZE(bpo_ticket_summary, 48, 48, 44);
FIELD(bpo_ticket_summary, struct_size, 0, 0, 0);
FIELD(bpo_ticket_summary, contract_version, 4, 4, 4);
FIELD(bpo_ticket_summary, state, 8, 8, 8);
FIELD(bpo_ticket_summary, fact_count, 12, 12, 12);
FIELD(bpo_ticket_summary, due_at, 16, 16, 16);
FIELD(bpo_ticket_summary, breach_at, 24, 24, 24);
FIELD(bpo_ticket_summary, wake_at, 32, 32, 32);
FIELD(bpo_ticket_summary, due_metric, 40, 40, 40);

SIZE(bpo_change, 40, 40, 36);
FIELD(bpo_change, struct_size, 0, 0, 0);
FIELD(bpo_change, kind, 4, 4, 4);
FIELD(bpo_change, metric, 8, 8, 8);
FIELD(bpo_change, cycle, 16, 12, 12);
FIELD(bpo_change, reserved, 20, 16, 16);
FIELD(bpo_change, at, 24, 24, 20);
FIELD(bpo_change, before, 32, 32, 28);

SIZE(bpo_decimal, 24, 24, 24);
FIELD(bpo_decimal, hi, 0, 0, 0);
FIELD(bpo_decimal, lo, 8, 8, 8);
FIELD(bpo_decimal, scale, 16, 16, 16);
FIELD(bpo_decimal, reserved, 20, 20, 20);

SIZE(bpo_sink, 24, 16, 16);
FIELD(bpo_sink, struct_size, 0, 0, 0);
FIELD(bpo_sink, flags, 4, 4, 4);
FIELD(bpo_sink, user, 8, 8, 8);
FIELD(bpo_sink, write, 16, 12, 12);

SIZE(bpo_civil, 40, 40, 40);
FIELD(bpo_civil, year, 0, 0, 0);
FIELD(bpo_civil, month, 4, 4, 4);
FIELD(bpo_civil, day, 8, 8, 8);
FIELD(bpo_civil, hour, 12, 12, 12);
FIELD(bpo_civil, minute, 16, 16, 16);
FIELD(bpo_civil, second, 20, 20, 20);
FIELD(bpo_civil, microsecond, 24, 24, 24);
FIELD(bpo_civil, weekday, 28, 28, 28);
FIELD(bpo_civil, utc_offset_seconds, 32, 32, 32);
FIELD(bpo_civil, reserved, 36, 36, 36);
