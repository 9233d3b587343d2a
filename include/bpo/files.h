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
 * A #bpo_host zone callback that reads the machine's zone files, /usr/share/zoneinfo.
 *
 * @param user not used, so that it goes with any other callbacks
 * @param name zone name; anything that could leave the folder is refused with #BPO_E_ZONE
 * @param tzif takes the bytes
 * @param version takes the database's version where the folder tells it (+VERSION or tzdata.zi)
 * @return #BPO_OK, #BPO_E_ZONE, #BPO_E_IO, #BPO_E_LIMIT, or the sink's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_files_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version);

/**
 * The same from another folder; call it from the host's own zone callback.
 *
 * @param folder the folder, NUL-terminated
 * @param name zone name; anything that could leave the folder is refused with #BPO_E_ZONE
 * @param tzif takes the bytes
 * @param version takes the database's version where the folder tells it (+VERSION or tzdata.zi)
 * @return #BPO_OK, #BPO_E_ZONE, #BPO_E_IO, #BPO_E_LIMIT, or the sink's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_files_zone_below(const char *folder, const char *name, const bpo_sink *tzif,
                                        const bpo_sink *version);

#ifdef __cplusplus
}
#endif
#endif
