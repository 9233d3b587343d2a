/* SPDX-License-Identifier: Apache-2.0 */
/* Prints docs/terms.md from the library's own tables.
 *
 *     print_terms > docs/terms.md      writes it anew
 *     print_terms --check FILE         says as TAP whether FILE is what would be printed */
#include <bpo/contract.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char document[1 << 18];
static size_t size;

static void put(const char *format, ...)
{
    va_list arguments;
    int written;

    va_start(arguments, format);
    written = vsnprintf(document + size, sizeof document - size, format, arguments);
    va_end(arguments);
    if (written < 0 || (size_t)written >= sizeof document - size)
        abort(); /* the document has outgrown its room */
    size += (size_t)written;
}

/* A comma-separated list with a blank behind each comma, so that a table can break it. */
static void put_list(const char *list)
{
    for (; *list; list++)
        put(*list == ',' ? ", " : "%c", *list);
}

/* The first token of a pattern. */
static size_t section_size(const char *pattern)
{
    return 1 + strcspn(pattern + 1, "/");
}

static void put_term(const bpo_term *term)
{
    put("| `%s` | %s | %s%s", term->pattern, term->type, term->description, term->flags & 1 ? " Required." : "");
    if (term->flags & 2)
        put(" Fixed.");
    if (term->choices[0]) {
        put(" One of: ");
        put_list(term->choices);
        put(".");
    }
    if (term->initial[0])
        put(" Default: `%s`.", term->initial);
    put(" |\n");
}

static void put_terms(void)
{
    bpo_term term = BPO_TERM_INIT;
    char section[64] = "";

    for (size_t i = 0; i < bpo_term_count(); i++) {
        size_t length;
        bpo_term_at(i, &term);
        length = section_size(term.pattern);
        if (strlen(section) != length || memcmp(section, term.pattern, length) != 0) {
            memcpy(section, term.pattern, length);
            section[length] = '\0';
            put("\n### `%s`\n\n| path | type | meaning |\n| --- | --- | --- |\n", section);
        }
        put_term(&term);
    }
}

static void put_kinds(void)
{
    bpo_fact_kind_info info = BPO_FACT_KIND_INFO_INIT;

    put("\n| kind | number | subject | must have | may have | meaning |\n| --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < bpo_fact_kind_count(); i++) {
        bpo_fact_kind_at(i, &info);
        put("| `%s` | %d | %s | ", info.name, (int)info.kind, info.subject);
        put_list(info.required);
        put(" | ");
        put_list(info.optional);
        put(" | %s |\n", info.description);
    }
}

static void compose(void)
{
    put("<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
        "<!-- Printed by docs/print_terms.c from the library's tables; a test holds the two together. -->\n"
        "# Terms and facts\n\n"
        "Everything a host tells the library is a term (what was agreed) or a fact (what happened).\n\n"
        "## Terms\n\n"
        "A term is a value under a path (JSON Pointer, `~0` for `~` and `~1` for a slash), set with "
        "`bpo_terms_set()`.\n"
        "In a path, `{name}` and `{attribute}` stand for a name (a letter, then `a-z 0-9 _ -`, at most 64), `{value}` "
        "for\n"
        "any text of 1 to 64 bytes, `{index}` for a number from 0 without a gap, `{day}` for `mon` to `sun`, `{date}` "
        "for\n"
        "a date like `2026-12-25`, `{day_of_year}` for such a date or one of every year like `--12-25`. What is "
        "required\n"
        "is so where its section is used. What is fixed holds for the whole contract: no amendment changes it.\n\n"
        "| type | written | examples |\n| --- | --- | --- |\n"
        "| text | UTF-8 | `Acme Retail` |\n"
        "| name, attribute | a letter, then a-z 0-9 _ - | `office` |\n"
        "| integer, year, decimal | digits, one point; no exponent, no grouping | `12`, `24.50` |\n"
        "| share | from 0 to 1, or a percentage | `95%%`, `0.95` |\n"
        "| money | a decimal in the contract's currency, or with its code | `24.50`, `24.50 EUR` |\n"
        "| duration | ISO 8601 without years and months | `PT15M`, `PT8H` |\n"
        "| date | ISO 8601, in the contract's zone | `2026-07-01` |\n"
        "| hours | ranges; an end at or before its start is on the next day; where they overlap, time counts once | "
        "`09:00-12:30, 13:15-17:00`, `22:00-06:00`, `00:00-24:00` |\n"
        "| holiday rule | a date of every year, days from Easter, a weekday of a month (the third; the last), on or "
        "after a date (`from`) or before it; with days added | `--12-25`, `easter-2`, `orthodox_easter+1`, "
        "`mon#3 of jan`, `mon#-1 of may`, `sat from --06-20`, `mon before --05-25`, `thu#4 of nov +1` |\n"
        "| observed shift | days by weekday, or a word for usual ones: `none`, `nearest_weekday` (sat-1, sun+1), "
        "`next_weekday` (sat+2, sun+1), `previous_weekday` (sat-1, sun-2), `next_monday` (from any other day) | "
        "`nearest_weekday`, `sat+2, sun+2` |\n"
        "| choice, flag | one word of a closed list | `half_even`, `true` |\n"
        "| list | words with commas between them | `vip, standard` |\n"
        "| condition | `= != < <= > >= in (...) has and or not ( )` on attributes | `priority in (urgent, high)` |\n"
        "| time zone, currency | IANA name; ISO 4217 code | `America/New_York`, `USD` |\n"
        "| fact kind | a kind of the table below | `ticket.solved` |\n\n"
        "In lists and conditions a word with anything but `A-Za-z0-9_.-/` stands in double quotes. Comparing an "
        "attribute\n"
        "that is absent is false, also with `!=`.\n\n"
        "A calendar's version, `/calendars/{name}/versions/{date}`, holds from the local date on until the next one. "
        "It has\n"
        "only what changes: the rest stays as it was before, holidays and single weekdays included. A shift belongs "
        "to the\n"
        "version of the date on which it starts. What lasts for a time is two versions: one where it begins and one "
        "that\n"
        "sets things back.\n");
    put_terms();
    put("\n## Facts\n");
    put_kinds();
}

static int check(const char *path)
{
    static char found[sizeof document];
    FILE *file = fopen(path, "rb");
    size_t found_size = file ? fread(found, 1, sizeof found, file) : 0;
    int same = found_size == size && memcmp(found, document, size) == 0;

    if (file)
        fclose(file);
    printf("1..1\n%sok 1 - docs/terms.md is what the tables print\n", same ? "" : "not ");
    if (!same)
        printf("# run print_terms > docs/terms.md\n");
    return !same;
}

int main(int count, char **arguments)
{
    compose();
    if (count == 3 && strcmp(arguments[1], "--check") == 0)
        return check(arguments[2]);
    return fwrite(document, 1, size, stdout) == size ? 0 : 1;
}
