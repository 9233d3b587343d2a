/* SPDX-License-Identifier: Apache-2.0 */
/* Currencies and their digits after the point: ISO 4217, list one, in force. Codes that have no minor unit of their
 * own (metals, bond units, special drawing rights, testing) are not money and not in the table. */
#include "core/text.h"
#include <bpo/decimal.h>

#define CODE_SIZE 3
#define CODE_STEP (CODE_SIZE + 1)

typedef struct digits_row {
    int32_t digits;
    const char *codes; /* in alphabetical order, each followed by a space */
} digits_row;

static const digits_row rows[] = {
    {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "},
    {2, "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
        "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL "
        "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR "
        "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP "
        "TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG "},
    {3, "BHD IQD JOD KWD LYD OMR TND "},
    {4, "CLF UYW "},
};

static bool holds(const digits_row *row, const char *code)
{
    for (const char *at = row->codes; *at; at += CODE_STEP) {
        if (memcmp(at, code, CODE_SIZE) == 0)
            return true;
    }
    return false;
}

bpo_status bpo_currency_digits(const char *currency, int32_t *ret_digits)
{
    if (!currency || !ret_digits)
        return BPO_E_INVALID;
    if (strlen(currency) != CODE_SIZE)
        return BPO_E_NOT_FOUND;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (holds(&rows[i], currency)) {
            *ret_digits = rows[i].digits;
            return BPO_OK;
        }
    }
    return BPO_E_NOT_FOUND;
}
