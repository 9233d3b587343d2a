/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file ical.h
 * Adapter bpo-ical: holidays from an iCalendar document (RFC 5545, on libical). Link with `bpo-ical`.
 */
#ifndef BPO_ICAL_H
#define BPO_ICAL_H

#include <bpo/terms.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Reads the holidays of some years from an iCalendar document: path/holidays/YYYY-MM-DD = SUMMARY.
 *
 * A holiday is an event whose DTSTART is a date. It lasts one day, or to DTEND (the first day after it), or for
 * DURATION in whole days, at most 366 of them. DTSTART, the days of a yearly RRULE and those of RDATE are its
 * occurrences; EXDATE, and another event of its UID with a RECURRENCE-ID, take occurrences away. What is CANCELLED does
 * not happen. Where two holidays fall on one day, the later one in the document names it; one without a SUMMARY is
 * called "holiday". The values add to those that the tree has.
 *
 * Left out, and counted, are events at a time of day and events that repeat otherwise (another FREQ, a calendar other
 * than the Gregorian one, EXRULE).
 *
 * libical's own setting of whether its errors are fatal is the program's: leave it off, as it is from the start.
 *
 * @param terms the tree that is filled; as before on failure
 * @param path the calendar's place in the tree, "/calendars/office", or "" where the tree is one calendar
 * @param text UTF-8 iCalendar; lines end with CR LF or LF
 * @param size bytes of @p text
 * @param first_year first year that is filled in, from 1900 on
 * @param last_year last year that is filled in, up to 2200
 * @param ret_left_out how many events were left out, or NULL; untouched on failure
 * @param err details of a failure with the line or the path, or NULL
 * @return #BPO_OK; #BPO_E_SYNTAX for a malformed or truncated document; #BPO_E_VALUE for a date, duration or rule that
 *         does not exist; #BPO_E_LIMIT for a line of more than 65,536 bytes, components nested deeper than 8, or rules
 *         with more than 100,000 occurrences; #BPO_E_INVALID for such years; #BPO_E_PATH; #BPO_E_NOMEM
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API bpo_status bpo_ical_read_holidays(bpo_terms *terms, const char *path, const char *text, size_t size,
                                          int32_t first_year, int32_t last_year, size_t *ret_left_out,
                                          bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
