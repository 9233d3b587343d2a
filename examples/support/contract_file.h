/* SPDX-License-Identifier: Apache-2.0 */
/* A contract document: terms as JSON, and beside them two sections that are the examples' own:
 *   "amendments": a list of {effective_from, effective_to?, recorded_at, client_approval, provider_approval, changes}
 *   "models":     other /pricing sections to compare the same month under
 *   "mapping":    the log's mapping file, beside the document */
#ifndef EXAMPLE_CONTRACT_FILE_H
#define EXAMPLE_CONTRACT_FILE_H

#include <bpo/bpo.h>
#include <stdbool.h>

/* Reads the document into `terms`, mapping, amendments and models still in it. */
bpo_status contract_file_read(bpo_context *context, const char *path, bpo_terms **ret_terms, bpo_error *err);

/* Takes the examples' sections out and compiles what remains, amendments applied. time_zone (or NULL) replaces
 * /contract/time_zone. */
bpo_status contract_file_compile(bpo_context *context, const bpo_terms *document, const char *time_zone,
                                 bpo_contract **ret_contract, bpo_error *err);

/* The contract with its /pricing replaced by the document's /models/NAME, as of a version. */
bpo_status contract_file_model(bpo_context *context, const bpo_terms *document, const bpo_contract *contract,
                               size_t version, const char *model, bpo_contract **ret_contract, bpo_error *err);

/* Names of the models, in order: fills at most `most`, borrowed until the document changes (first token only). */
size_t contract_file_models(const bpo_terms *document, char (*names)[65], size_t most);

#endif
