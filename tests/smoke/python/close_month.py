# SPDX-License-Identifier: Apache-2.0
"""The ABI's reader in Python (cffi, no compiler): compiles a calendar, is a store by callbacks, closes a month.

close_month.py INCLUDE_FOLDER LIBBPO_SHARED_LIBRARY"""
import hashlib
import pathlib
import re
import sys
import cffi

ORDER = ("types error context report decimal zone terms calendar fact contract ticket statement ledger store desk "
         "version")


def declarations(include):
    text = "\n".join((pathlib.Path(include) / "bpo" / f"{name}.h").read_text() for name in ORDER.split())
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S).replace("\\\n", "").replace("BPO_API", "")
    text = re.sub(r"#ifdef __cplusplus.*?#endif", "", text, flags=re.S)
    sizes = re.findall(r"^#define \w+ \d+\s*$", text, re.M)
    return "\n".join(sizes) + "\n" + re.sub(r"(?m)^#.*$", "", text)


ffi = cffi.FFI()
ffi.cdef(declarations(sys.argv[1]))
bpo = ffi.dlopen(sys.argv[2])
err = ffi.new("bpo_error *")
bpo.bpo_error_init(err)
kept = []  # what C borrows must live as long as C has it


def ok(status):
    if status < 0:
        name, path, message = (ffi.string(t).decode() for t in (bpo.bpo_status_name(status), err.path, err.message))
        raise SystemExit(f"{name} {path}: {message}")
    return status


def new(function, kind, *arguments):
    out = ffi.new(kind + " **")
    ok(function(*arguments, out, err))
    return out[0]


def time(text):
    out = ffi.new("bpo_time *")
    ok(bpo.bpo_time_parse(text.encode(), out, err))
    return out[0]


# --- the host: zones from files, a digest, a store in a list

@ffi.callback("bpo_status(void *, const char *, const bpo_sink *, const bpo_sink *)")
def zone(_, name, tzif, version):
    data = (pathlib.Path("/usr/share/zoneinfo") / ffi.string(name).decode()).read_bytes()
    return bpo.bpo_sink_write(tzif, data, len(data))


@ffi.callback("bpo_status(void *, const void *, size_t, uint8_t *)")
def digest(_, data, size, ret_digest):
    ffi.memmove(ret_digest, hashlib.sha256(ffi.buffer(data, size)).digest(), 32)
    return bpo.BPO_OK


records = []  # (key, revision, kind, at, recorded_at, subject, bytes); the place is the sequence


def text(data, size):
    return bytes(ffi.buffer(data, size)) if size else b""


@ffi.callback("bpo_status(void *, const char *, uint64_t, const bpo_record *const *, size_t, uint64_t *)")
def append(_, stream, expected, batch, count, ret_sequences):
    if expected != 2**64 - 1 and expected != len(records):
        return bpo.BPO_E_CONFLICT
    known = {(r[0], r[1]): (i + 1, r[6]) for i, r in enumerate(records)}
    fresh = []
    for i in range(count):
        r = batch[i]
        row = (text(r.key, r.key_size), r.revision, r.kind, r.at, r.recorded_at, text(r.subject, r.subject_size),
               text(r.bytes, r.size))
        sequence, content = known.get(row[:2], (0, row[6]))
        if content != row[6]:
            ret_sequences[0] = i
            return bpo.BPO_E_KEY_REUSED
        if not sequence:
            fresh.append(row)
        ret_sequences[i] = sequence or len(records) + len(fresh)
    records.extend(fresh)
    return bpo.BPO_OK


def give(first, visit, visit_user, chosen):
    for sequence, (key, revision, kind, at, recorded_at, subject, content) in enumerate(records, 1):
        if sequence < first or not chosen(subject):
            continue
        key_c, subject_c, content_c = (ffi.new("char[]", t) for t in (key, subject, content))
        record = ffi.new("bpo_record *", (ffi.sizeof("bpo_record"), kind, sequence, revision, 0, at, recorded_at, key_c,
                                          len(key), subject_c, len(subject), content_c, len(content)))
        status = visit(visit_user, record)
        if status != bpo.BPO_OK:
            return status
    return bpo.BPO_OK


@ffi.callback("bpo_status(void *, const char *, uint64_t, bpo_visit, void *)")
def read(_, stream, first, visit, visit_user):
    return give(first, visit, visit_user, lambda subject: True)


@ffi.callback("bpo_status(void *, const char *, const char *, size_t, bpo_visit, void *)")
def read_subject(_, stream, subject, size, visit, visit_user):
    wanted = text(subject, size)
    return give(1, visit, visit_user, lambda subject: subject == wanted)


# --- the month

TERMS = {
    "/contract/id": "acme", "/contract/currency": "EUR", "/contract/time_zone": "Europe/Berlin",
    "/contract/start": "2026-07-01", "/parties/client/name": "Acme", "/parties/provider/name": "Northwind",
    "/calendars/office/hours/mon-fri": "09:00-17:00", "/sla/policies/all/calendar": "office",
    "/sla/policies/all/targets/resolution": "PT8H", "/pricing/charges/tickets/model": "per_task",
    "/pricing/charges/tickets/meter": "tickets_resolved", "/pricing/charges/tickets/rate": "24.50",
}


def terms_of(values):
    terms = new(bpo.bpo_terms_new, "bpo_terms", context)
    for path, value in values.items():
        ok(bpo.bpo_terms_set(terms, path.encode(), value.encode(), err))
    return terms


def fact(kind, at, key):
    subject_c, key_c = ffi.new("char[]", b"INC-1"), ffi.new("char[]", key.encode())
    kept.extend((subject_c, key_c))
    return {"struct_size": ffi.sizeof("bpo_fact"), "kind": kind, "at": time(at), "subject": subject_c,
            "subject_size": 5, "key": key_c, "key_size": len(key)}


host = ffi.new("bpo_host *")
bpo.bpo_host_init(host)
host.zone, host.digest = zone, digest
context = new(bpo.bpo_context_new, "bpo_context", host)

office = new(bpo.bpo_calendar_new, "bpo_calendar", context,
             terms_of({"/time_zone": "Europe/Berlin", "/hours/mon-fri": "09:00-17:00"}))
due = ffi.new("bpo_time *")
ok(bpo.bpo_calendar_add(office, time("2026-07-03T14:00:00Z"), 2 * 3600 * 10**6, bpo.BPO_LANDING_EARLIEST, due, err))
assert due[0] == time("2026-07-06T08:00:00Z"), "two hours from Friday 16:00 end on Monday at 10:00"

store = ffi.new("bpo_store *")
bpo.bpo_store_init(store)
store.append, store.read, store.read_subject = append, read, read_subject
contract = new(bpo.bpo_contract_new, "bpo_contract", context, terms_of(TERMS))
desk = new(bpo.bpo_desk_create, "bpo_desk", contract, store, b"acme")
facts = ffi.new("bpo_fact[]", [fact(bpo.BPO_TICKET_OPENED, "2026-07-03T14:00:00Z", "1"),
                               fact(bpo.BPO_TICKET_SOLVED, "2026-07-06T08:00:00Z", "2")])
ok(bpo.bpo_desk_record(desk, time("2026-07-31T00:00:00Z"), facts, len(facts), ffi.NULL, err))
statement = new(bpo.bpo_desk_close, "bpo_statement", desk, b"2026-07", time("2026-08-01T00:00:00Z"))

total = ffi.new("bpo_decimal *")
ok(bpo.bpo_statement_invoice_total(statement, total))
written = ffi.new("char[48]")
bpo.bpo_decimal_format(total, written, 48)
assert ffi.string(written) == b"24.50", ffi.string(written)
for handle, unref in ((statement, bpo.bpo_statement_unref), (desk, bpo.bpo_desk_unref),
                      (contract, bpo.bpo_contract_unref), (office, bpo.bpo_calendar_unref),
                      (context, bpo.bpo_context_unref)):
    unref(handle)
print(f"closed 2026-07 from Python: {len(records)} records, total {ffi.string(written).decode()} EUR")
