/* SPDX-License-Identifier: Apache-2.0 */
/* A restated period: what its former revision billed is taken back line by line, so that the invoice is the full new
 * one and its total the difference, and nobody has to subtract. */
#include "core/fail.h"
#include "ledger/closing.h"

static bpo_status negate(const bpo_decimal *value, bpo_decimal *ret_value)
{
    return bpo__i256_to_decimal(bpo__i256_negate(bpo__i256_of_decimal(value)), value->scale, ret_value);
}

/* The texts of a line live in its own statement. */
static bpo_status copy_texts(bpo__close *c, bpo_invoice_line *line)
{
    const char **texts[] = {&line->charge, &line->model, &line->quantity, &line->unit, &line->rate};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = bpo__close_text(c, bpo__text_of(*texts[i]));
        if (*texts[i] == NULL)
            return bpo__fail_memory(c->err);
    }
    return BPO_OK;
}

static bpo_status add_step(bpo__close *c, uint32_t revision)
{
    static const char words[] = "takes back revision ";
    char text[sizeof words + BPO__INTEGER_TEXT_SIZE];
    memcpy(text, words, sizeof words);
    bpo__unsigned_format(revision, text + sizeof words - 1);
    const char **step = bpo__statement_append(c->statement, &c->statement->steps);
    if (step == NULL || (*step = bpo__close_text(c, bpo__text_of(text))) == NULL)
        return bpo__fail_memory(c->err);
    return BPO_OK;
}

static bpo_status reverse(bpo__close *c, const bpo_invoice_line *former, uint32_t revision)
{
    bpo__invoice_row *row = bpo__statement_append(c->statement, &c->statement->lines);
    if (row == NULL)
        return bpo__fail_memory(c->err);
    row->line = *former;
    row->line.adjustment = BPO_LINE_REVERSAL;
    row->line.step_count = 1;
    bpo_status status = copy_texts(c, &row->line);
    if (status >= 0)
        status = add_step(c, revision);
    if (status >= 0 && (status = negate(&former->amount, &row->line.amount)) < 0)
        status = bpo__fail(c->err, status, BPO__MSG_sum_too_large, "", NULL, NULL, NULL);
    return status;
}

bpo_status bpo__close_reversals(bpo__close *c, const bpo__closing *closing)
{
    const bpo_statement *former = closing->former;
    bpo_status status = BPO_OK;
    for (size_t i = 0; former != NULL && i < former->lines.count && status >= 0; i++) {
        const bpo__invoice_row *row = bpo__rows_at(&former->lines, i);
        if (row->line.adjustment != BPO_LINE_REVERSAL) /* those are settled with their own revision */
            status = reverse(c, &row->line, former->header.revision);
    }
    return status;
}
