/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file files.h
 * Adapter bpo-files: zone data from the machine's zone files. Link with `bpo-files`.
 */
#ifndef BPO_FILES_H
#define BPO_FILES_H

#include <bpo/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A #bpo_host zone callback that reads TZif files below a folder.
 *
 * @param user folder as NUL-terminated text, or NULL for /usr/share/zoneinfo
 * @param name zone name; anything that could leave the folder is refused with #BPO_E_ZONE
 * @param tzif takes the bytes
 * @param version takes the database's version where the folder tells it (+VERSION or tzdata.zi)
 * @return #BPO_OK, #BPO_E_ZONE, #BPO_E_IO, #BPO_E_LIMIT, or the sink's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_files_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version);

#ifdef __cplusplus
}
#endif
#endif
