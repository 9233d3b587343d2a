// SPDX-License-Identifier: Apache-2.0

// The ABI's reader in Go (cgo): compiles a calendar, is a store by callbacks, closes a month.
package main

/*
#include <bpo/bpo.h>
#include <stdlib.h>

// What Go exports, as the function tables want it.
bpo_status goZone(void *, char *, bpo_sink *, bpo_sink *);
bpo_status goDigest(void *, void *, size_t, uint8_t *);
bpo_status goAppend(void *, char *, uint64_t, bpo_record **, size_t, uint64_t *);
bpo_status goRead(void *, char *, uint64_t, bpo_visit, void *);
bpo_status goReadSubject(void *, char *, char *, size_t, bpo_visit, void *);
*/
import "C"

import (
	"fmt"
	"log"
	"unsafe"
)

var failure C.bpo_error

func ok(status C.bpo_status) {
	if status < 0 {
		name := C.GoString(C.bpo_status_name(status))
		log.Fatalf("%s %s: %s", name, C.GoString(&failure.path[0]), C.GoString(&failure.message[0]))
	}
}

func instant(text string) (at C.bpo_time) {
	ok(C.bpo_time_parse(C.CString(text), &at, &failure))
	return at
}

func termsOf(context *C.bpo_context, values map[string]string) (terms *C.bpo_terms) {
	ok(C.bpo_terms_new(context, &terms, &failure))
	for path, value := range values {
		ok(C.bpo_terms_set(terms, C.CString(path), C.CString(value), &failure))
	}
	return terms
}

func fact(kind C.bpo_fact_kind, at, key string) (fact C.bpo_fact) {
	C.bpo_fact_init(&fact)
	fact.kind, fact.at = kind, instant(at)
	fact.subject, fact.subject_size = C.CString("INC-1"), 5
	fact.key, fact.key_size = C.CString(key), C.size_t(len(key))
	return fact
}

// Two hours of work from Friday 16:00 on end on Monday at 10:00.
func checkCalendar(context *C.bpo_context) {
	var office *C.bpo_calendar
	var due C.bpo_time
	terms := termsOf(context, map[string]string{"/time_zone": "Europe/Berlin", "/hours/mon-fri": "09:00-17:00"})
	ok(C.bpo_calendar_new(context, terms, &office, &failure))
	ok(C.bpo_calendar_add(office, instant("2026-07-03T14:00:00Z"), 2*3600*1000000, C.BPO_LANDING_EARLIEST, &due, &failure))
	if due != instant("2026-07-06T08:00:00Z") {
		log.Fatal("the due time is ", due)
	}
	C.bpo_terms_unref(terms)
	C.bpo_calendar_unref(office)
}

func main() {
	var host C.bpo_host
	var context *C.bpo_context
	C.bpo_error_init(&failure)
	C.bpo_host_init(&host)
	host.zone, host.digest = (*[0]byte)(C.goZone), (*[0]byte)(C.goDigest)
	ok(C.bpo_context_new(&host, &context, &failure))
	checkCalendar(context)

	var store C.bpo_store
	var contract *C.bpo_contract
	var desk *C.bpo_desk
	var statement *C.bpo_statement
	C.bpo_store_init(&store)
	store.append = (*[0]byte)(C.goAppend)
	store.read = (*[0]byte)(C.goRead)
	store.read_subject = (*[0]byte)(C.goReadSubject)
	terms := termsOf(context, contractTerms)
	ok(C.bpo_contract_new(context, terms, &contract, &failure))
	ok(C.bpo_desk_create(contract, &store, C.CString("acme"), &desk, &failure))
	facts := []C.bpo_fact{fact(C.BPO_TICKET_OPENED, "2026-07-03T14:00:00Z", "1"),
		fact(C.BPO_TICKET_SOLVED, "2026-07-06T08:00:00Z", "2")}
	ok(C.bpo_desk_record(desk, instant("2026-07-31T00:00:00Z"), &facts[0], C.size_t(len(facts)), nil, &failure))
	ok(C.bpo_desk_close(desk, C.CString("2026-07"), instant("2026-08-01T00:00:00Z"), &statement, &failure))

	var total C.bpo_decimal
	var text [48]C.char
	ok(C.bpo_statement_invoice_total(statement, &total))
	C.bpo_decimal_format(&total, &text[0], 48)
	if C.GoString(&text[0]) != "24.50" {
		log.Fatal("the total is ", C.GoString(&text[0]))
	}
	C.bpo_statement_unref(statement)
	C.bpo_desk_unref(desk)
	C.bpo_contract_unref(contract)
	C.bpo_terms_unref(terms)
	C.bpo_context_unref(context)
	fmt.Printf("closed 2026-07 from Go: %d records, total 24.50 EUR\n", len(records))
}

var contractTerms = map[string]string{
	"/contract/id": "acme", "/contract/currency": "EUR", "/contract/time_zone": "Europe/Berlin",
	"/contract/start": "2026-07-01", "/parties/client/name": "Acme", "/parties/provider/name": "Northwind",
	"/calendars/office/hours/mon-fri": "09:00-17:00", "/sla/policies/all/calendar": "office",
	"/sla/policies/all/targets/resolution": "PT8H", "/pricing/charges/tickets/model": "per_task",
	"/pricing/charges/tickets/meter": "tickets_resolved", "/pricing/charges/tickets/rate": "24.50",
}

func bytesOf(data unsafe.Pointer, size C.size_t) string {
	return string(C.GoBytes(data, C.int(size)))
}
