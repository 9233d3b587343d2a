/* SPDX-License-Identifier: Apache-2.0 */
/* Values of terms, read. */
#include "terms/values.h"

#include "core/fail.h"

bpo_status bpo__value_refuse(const char *path, bpo__text text, int32_t message, const char *argument, bpo_error *err)
{
    const bpo__text none = {NULL, 0};

    return bpo__fail_text(err, BPO_E_VALUE, message, bpo__text_of(path), text, bpo__text_of(argument), none);
}

bpo_status bpo__value_decimal(const char *path, bpo__text text, bpo_decimal *ret_value, bpo_error *err)
{
    if (bpo_decimal_parse(text.data, text.size, ret_value, NULL) == BPO_OK)
        return BPO_OK;
    return bpo__value_refuse(path, text, BPO__MSG_decimal_term, NULL, err);
}

bpo_status bpo__value_integer(const char *path, bpo__text text, int64_t least, int64_t most, int64_t *ret_value,
                              bpo_error *err)
{
    char low[BPO__INTEGER_TEXT_SIZE], high[BPO__INTEGER_TEXT_SIZE];
    int64_t value;

    if (bpo__integer_parse(text.data, text.size, &value) && value >= least && value <= most) {
        *ret_value = value;
        return BPO_OK;
    }
    bpo__integer_format(least, low);
    bpo__integer_format(most, high);
    return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_integer_malformed, bpo__text_of(path), text, bpo__text_of(low),
                          bpo__text_of(high));
}

static bool is_share(bpo__ratio value)
{
    return bpo__ratio_compare(value, bpo__ratio_of(0)) >= 0 && bpo__ratio_compare(value, bpo__ratio_of(1)) <= 0;
}

bpo_status bpo__value_share(const char *path, bpo__text text, bpo__ratio *ret_value, bpo_error *err)
{
    bool percent = text.size > 0 && text.data[text.size - 1] == '%';
    bpo_decimal decimal;
    bpo__ratio value;
    bpo_status status = bpo_decimal_parse(text.data, text.size - percent, &decimal, NULL);

    if (status == BPO_OK)
        status = bpo__ratio_of_decimal(&decimal, &value);
    if (status == BPO_OK && percent)
        status = bpo__ratio_divide(value, bpo__ratio_of(100), &value);
    if (status != BPO_OK || !is_share(value))
        return bpo__value_refuse(path, text, BPO__MSG_share_malformed, NULL, err);
    *ret_value = value;
    return BPO_OK;
}

static bool is_currency(bpo__text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < 'A' || text.data[i] > 'Z')
            return false;
    return text.size == 3;
}

bpo_status bpo__value_money(const char *path, bpo__text text, const char *currency, bpo_decimal *ret_value,
                            bpo_error *err)
{
    const bpo_decimal zero = {0, 0, 0, 0};
    bpo__text number = text;
    bpo__text code = {NULL, 0};
    bpo_decimal value;

    if (text.size > 4 && text.data[text.size - 4] == ' ') {
        number.size = text.size - 4;
        code = (bpo__text){text.data + text.size - 3, 3};
    }
    if (bpo_decimal_parse(number.data, number.size, &value, NULL) != BPO_OK || (code.data && !is_currency(code)))
        return bpo__value_refuse(path, text, BPO__MSG_money_malformed, NULL, err);
    if (code.data && currency && !bpo__text_is(code, currency))
        return bpo__value_refuse(path, text, BPO__MSG_money_currency, currency, err);
    if (bpo_decimal_compare(&value, &zero) < 0)
        return bpo__value_refuse(path, text, BPO__MSG_money_negative, NULL, err);
    *ret_value = value;
    return BPO_OK;
}

/* Names the choices as people write lists: with a blank behind each comma. Beyond the buffer the list is cut, as a
 * message would cut it. */
static bpo_status refuse_choice(const char *path, bpo__text text, const char *choices, bpo_error *err)
{
    char list[BPO_ERROR_MESSAGE_SIZE];
    size_t size = 0;

    for (; *choices != '\0' && size + 2 < sizeof list; choices++) {
        list[size++] = *choices;
        if (*choices == ',')
            list[size++] = ' ';
    }
    list[size] = '\0';
    return bpo__value_refuse(path, text, BPO__MSG_choice_unknown, list, err);
}

bpo_status bpo__value_choice(const char *path, bpo__text text, const char *choices, int32_t *ret_index, bpo_error *err)
{
    bpo__text rest = bpo__text_of(choices);

    for (int32_t index = 0; rest.size > 0; index++) {
        bpo__text word = rest;
        word.size = 0;
        while (word.size < rest.size && rest.data[word.size] != ',')
            word.size++;
        if (bpo__text_equal(word, text)) {
            *ret_index = index;
            return BPO_OK;
        }
        rest.data += word.size + (word.size < rest.size);
        rest.size -= word.size + (word.size < rest.size);
    }
    return refuse_choice(path, text, choices, err);
}

bpo_status bpo__value_flag(const char *path, bpo__text text, bool *ret_value, bpo_error *err)
{
    int32_t index = 0;
    bpo_status status = bpo__value_choice(path, text, "false,true", &index, err);

    if (status == BPO_OK)
        *ret_value = index == 1;
    return status;
}

bpo_status bpo__value_currency(const char *path, bpo__text text, bpo_error *err)
{
    char code[4] = {0};
    int32_t digits;

    if (is_currency(text)) {
        memcpy(code, text.data, 3);
        if (bpo_currency_digits(code, &digits) == BPO_OK)
            return BPO_OK;
    }
    return bpo__value_refuse(path, text, BPO__MSG_currency_unknown, NULL, err);
}
