// SPDX-License-Identifier: Apache-2.0

package main

// #include <bpo/bpo.h>
// #include <stdlib.h>
import "C"

import (
	"crypto/sha256"
	"os"
	"unsafe"
)

// The store: records in order; a record's place is its sequence.
type record struct {
	head                  C.bpo_record
	key, subject, content string
}

var records []record

//export goZone
func goZone(user unsafe.Pointer, name *C.char, tzif, version *C.bpo_sink) C.bpo_status {
	data, err := os.ReadFile("/usr/share/zoneinfo/" + C.GoString(name))
	if err != nil {
		return C.BPO_E_ZONE
	}
	return C.bpo_sink_write(tzif, unsafe.Pointer(&data[0]), C.size_t(len(data)))
}

//export goDigest
func goDigest(user, data unsafe.Pointer, size C.size_t, digest *C.uint8_t) C.bpo_status {
	sum := sha256.Sum256(C.GoBytes(data, C.int(size)))
	copy(unsafe.Slice((*byte)(digest), len(sum)), sum[:])
	return C.BPO_OK
}

// The record that is there with the same key and revision: its sequence, or 0.
func find(row record) int {
	for i := range records {
		if records[i].key == row.key && records[i].head.revision == row.head.revision {
			return i + 1
		}
	}
	return 0
}

//export goAppend
func goAppend(user unsafe.Pointer, stream *C.char, expected C.uint64_t, batch **C.bpo_record, count C.size_t, ret *C.uint64_t) C.bpo_status {
	sequences := unsafe.Slice(ret, count)
	head := len(records)
	if uint64(expected) != 1<<64-1 && int(expected) != head {
		return C.BPO_E_CONFLICT
	}
	for i, r := range unsafe.Slice(batch, count) {
		row := record{*r, bytesOf(unsafe.Pointer(r.key), r.key_size), bytesOf(unsafe.Pointer(r.subject), r.subject_size),
			bytesOf(r.bytes, r.size)}
		at := find(row)
		if at > 0 && records[at-1].content != row.content {
			records, sequences[0] = records[:head], C.uint64_t(i) // all or none
			return C.BPO_E_KEY_REUSED
		}
		if at == 0 {
			records = append(records, row)
			at = len(records)
		}
		sequences[i] = C.uint64_t(at)
	}
	return C.BPO_OK
}

// Gives one record to the library; its texts live in C for the call.
func give(row record, sequence int, visit C.bpo_visit, user unsafe.Pointer) C.bpo_status {
	key, subject, content := C.CString(row.key), C.CString(row.subject), C.CBytes([]byte(row.content))
	defer C.free(unsafe.Pointer(key))
	defer C.free(unsafe.Pointer(subject))
	defer C.free(content)
	r := row.head
	r.sequence, r.key, r.subject, r.bytes = C.uint64_t(sequence), key, subject, content
	return C.bpo_record_visit(visit, user, &r)
}

func giveAll(first int, visit C.bpo_visit, user unsafe.Pointer, chosen func(record) bool) C.bpo_status {
	for i, row := range records {
		if i+1 < first || !chosen(row) {
			continue
		}
		if status := give(row, i+1, visit, user); status != C.BPO_OK {
			return status
		}
	}
	return C.BPO_OK
}

//export goRead
func goRead(user unsafe.Pointer, stream *C.char, first C.uint64_t, visit C.bpo_visit, visitUser unsafe.Pointer) C.bpo_status {
	return giveAll(int(first), visit, visitUser, func(record) bool { return true })
}

//export goReadSubject
func goReadSubject(user unsafe.Pointer, stream, subject *C.char, size C.size_t, visit C.bpo_visit, visitUser unsafe.Pointer) C.bpo_status {
	wanted := bytesOf(unsafe.Pointer(subject), size)
	return giveAll(1, visit, visitUser, func(row record) bool { return row.subject == wanted })
}
