/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file version.h
 * Which library this is.
 */
#ifndef BPO_VERSION_H
#define BPO_VERSION_H

#include <bpo/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Version of these headers: major * 1000000 + minor * 1000 + patch. */
#define BPO_VERSION_NUMBER 1000

/** Version of these headers as text. */
#define BPO_VERSION_TEXT "0.1.0"

/**
 * Version of the library that is running, comparable with #BPO_VERSION_NUMBER.
 *
 * @return major * 1000000 + minor * 1000 + patch
 * @par Threads any
 * @since 0.1
 */
BPO_API uint32_t bpo_version_number(void);

/**
 * Version of the library that is running, as text.
 *
 * @return a static text such as "0.1.0"
 * @par Threads any
 * @since 0.1
 */
BPO_API const char *bpo_version_text(void);

/**
 * Version of the semantics: it changes whenever any result could change.
 *
 * Statements and ledgers carry it; ledgers of different semantics do not merge.
 *
 * @return a small positive number
 * @par Threads any
 * @since 0.1
 */
BPO_API uint32_t bpo_semantics_version(void);

#ifdef __cplusplus
}
#endif
#endif
