/* SPDX-License-Identifier: Apache-2.0 */
/* The adapter for zone files, on folders made here. */
#define _POSIX_C_SOURCE 200809L
#include "support/host.h"
#include "support/test.h"
#include <bpo/files.h>
#include <bpo/zone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A zone at UTC-3 without changes: an empty block for version 1, one type, a footer. */
static const char zone_bytes[] = "TZif2" /* version 2, 15 bytes unused */
                                 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                 "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
                                 "\xff\xff\xd5\xd0\0\0-03\0"
                                 "\n<-03>3\n";

typedef struct folder {
    char path[64];
} folder;

static void put_file(const folder *f, const char *name, const char *data, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    fclose(file);
}

static void remove_file(const folder *f, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    remove(path);
}

static int set_up(void **state)
{
    folder *f = calloc(1, sizeof *f);
    strcpy(f->path, "bpo-files-XXXXXX");
    assert_non_null(mkdtemp(f->path));
    char below[128];
    snprintf(below, sizeof below, "%s/Area", f->path);
    assert_int_equal(mkdir(below, 0700), 0);
    put_file(f, "Area/Town", zone_bytes, sizeof zone_bytes - 1);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"Area/Town", "Area", "Text", "Empty", "Large", "+VERSION", "tzdata.zi", ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        remove_file(*state, names[i]);
    free(*state);
    return 0;
}

/* What the callback answers; the bytes and the version are kept where asked for. */
static bpo_status ask(const folder *f, const char *name, test_bytes *tzif, test_bytes *version)
{
    bpo_sink tzif_sink = test_bytes_sink(tzif);
    bpo_sink version_sink = test_bytes_sink(version);
    char path[64];
    strcpy(path, f->path);
    return bpo_files_zone_below(path, name, &tzif_sink, &version_sink);
}

static void expect(const folder *f, const char *name, bpo_status status)
{
    test_bytes tzif = {0};
    test_bytes version = {0};
    if (ask(f, name, &tzif, &version) != status)
        fail_msg("%s: not %d", name, status);
    if (status == BPO_E_ZONE)
        assert_int_equal(tzif.size, 0);
    test_bytes_clear(&tzif);
    test_bytes_clear(&version);
}

static void a_zone_file_comes_over_whole(void **state)
{
    test_bytes tzif = {0};
    test_bytes version = {0};
    assert_int_equal(ask(*state, "Area/Town", &tzif, &version), BPO_OK);
    assert_int_equal(tzif.size, sizeof zone_bytes - 1);
    assert_memory_equal(tzif.data, zone_bytes, tzif.size);
    assert_int_equal(version.size, 0);
    test_bytes_clear(&tzif);
}

static void names_that_leave_the_folder_are_refused(void **state)
{
    static const char *const names[] = {"",          ".",           "..",        "../Area/Town", "Area/../Area/Town",
                                        "/Area/Town", "Area//Town", "Area/Town/", "./Area/Town",  "Area/.hidden",
                                        "Area\\Town", "Area/To wn", "Area/T\xc3\xb6wn", "C:Town"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        expect(*state, names[i], BPO_E_ZONE);
}

static void a_name_of_more_than_255_bytes_is_refused(void **state)
{
    char name[300];
    memset(name, 'a', sizeof name);
    name[256] = '\0';
    expect(*state, name, BPO_E_ZONE);
}

static void what_is_no_zone_file_is_no_zone(void **state)
{
    put_file(*state, "Text", "not a zone", 10);
    put_file(*state, "Empty", "", 0);
    expect(*state, "Nowhere", BPO_E_ZONE);
    expect(*state, "Area", BPO_E_ZONE);
    expect(*state, "Area/Town/Below", BPO_E_ZONE);
    expect(*state, "Text", BPO_E_ZONE);
    expect(*state, "Empty", BPO_E_ZONE);
}

static void a_file_of_more_than_one_mebibyte_is_refused(void **state)
{
    size_t size = (1u << 20) + 1;
    char *data = calloc(1, size);
    memcpy(data, "TZif", 4);
    put_file(*state, "Large", data, size);
    free(data);
    expect(*state, "Large", BPO_E_LIMIT);
}

static void a_file_that_may_not_be_read_is_an_error_of_reading(void **state)
{
    char path[512];
    put_file(*state, "Text", zone_bytes, sizeof zone_bytes - 1);
    snprintf(path, sizeof path, "%s/Text", ((folder *)*state)->path);
    assert_int_equal(chmod(path, 0), 0);
    expect(*state, "Text", geteuid() == 0 ? BPO_OK : BPO_E_IO); /* root may read everything */
}

static void expect_version(const folder *f, const char *text)
{
    test_bytes tzif = {0};
    test_bytes version = {0};
    assert_int_equal(ask(f, "Area/Town", &tzif, &version), BPO_OK);
    assert_string_equal(version.size > 0 ? (const char *)version.data : "", text);
    test_bytes_clear(&tzif);
    test_bytes_clear(&version);
}

static void the_version_comes_from_the_folder(void **state)
{
    expect_version(*state, "");
    put_file(*state, "tzdata.zi", "# nothing\n", 10);
    expect_version(*state, "");
    put_file(*state, "tzdata.zi", "# version 2026a\n# more\n", 23);
    expect_version(*state, "2026a");
    put_file(*state, "+VERSION", "2026b\n", 6);
    expect_version(*state, "2026b");
}

static bpo_status refuse(void *user, const void *data, size_t size)
{
    (void)user;
    (void)data;
    (void)size;
    return -4321;
}

static void a_sink_that_refuses_is_heard(void **state)
{
    test_bytes bytes = {0};
    bpo_sink good = test_bytes_sink(&bytes);
    bpo_sink bad = BPO_SINK_INIT;
    bad.write = refuse;
    char path[64];
    strcpy(path, ((folder *)*state)->path);
    assert_int_equal(bpo_files_zone_below(path, "Area/Town", &bad, &good), -4321);
    put_file(*state, "+VERSION", "2026b\n", 6);
    assert_int_equal(bpo_files_zone_below(path, "Area/Town", &good, &bad), -4321);
    assert_int_equal(bpo_files_zone_below(path, NULL, &good, &good), BPO_E_INVALID);
    assert_int_equal(bpo_files_zone_below(path, "Area/Town", NULL, &good), BPO_E_INVALID);
    assert_int_equal(bpo_files_zone_below(path, "Area/Town", &good, NULL), BPO_E_INVALID);
    test_bytes_clear(&bytes);
}

/* As a host with a folder of its own would. */
static bpo_status zone_below_user(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    return bpo_files_zone_below(user, name, tzif, version);
}

static void the_library_loads_a_zone_through_it(void **state)
{
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    bpo_zone *zone = NULL;
    bpo_civil civil;
    char path[64];
    strcpy(path, ((folder *)*state)->path);
    host.user = path;
    host.zone = zone_below_user;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(bpo_zone_new(context, "Area/Town", &zone, NULL), BPO_OK);
    assert_int_equal(bpo_zone_to_civil(zone, 0, &civil, NULL), BPO_OK);
    assert_int_equal(civil.utc_offset_seconds, -10800);
    bpo_zone_unref(zone);
    bpo_context_unref(context);
}

static void a_folder_that_is_not_named_is_the_machine_s(void **state)
{
    char anything[] = "not a folder";
    (void)state;
    test_bytes tzif = {0};
    test_bytes version = {0};
    bpo_sink tzif_sink = test_bytes_sink(&tzif);
    bpo_sink version_sink = test_bytes_sink(&version);
    bpo_status status = bpo_files_zone(anything, "Europe/Berlin", &tzif_sink, &version_sink);
    assert_true(status == BPO_E_ZONE || (status == BPO_OK && memcmp(tzif.data, "TZif", 4) == 0));
    test_bytes_clear(&tzif);
    test_bytes_clear(&version);
}

#define IN_A_FOLDER(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_zone_file_comes_over_whole),
        IN_A_FOLDER(names_that_leave_the_folder_are_refused),
        IN_A_FOLDER(a_name_of_more_than_255_bytes_is_refused),
        IN_A_FOLDER(what_is_no_zone_file_is_no_zone),
        IN_A_FOLDER(a_file_of_more_than_one_mebibyte_is_refused),
        IN_A_FOLDER(a_file_that_may_not_be_read_is_an_error_of_reading),
        IN_A_FOLDER(the_version_comes_from_the_folder),
        IN_A_FOLDER(a_sink_that_refuses_is_heard),
        IN_A_FOLDER(the_library_loads_a_zone_through_it),
        cmocka_unit_test(a_folder_that_is_not_named_is_the_machine_s),
    };
    return cmocka_run_group_tests_name("adapters_files", tests, NULL, NULL);
}
