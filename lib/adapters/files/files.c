/* SPDX-License-Identifier: Apache-2.0 */
/* Zone files of the machine. A name is a path below the folder and nothing else: each of its parts is made of letters,
 * digits, '+', '-', '_' and '.', and none begins with a dot. */
#include <bpo/files.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define FOLDER_DEFAULT "/usr/share/zoneinfo"
#define PATH_SIZE 4096
#define NAME_SIZE_MOST 255
#define FILE_SIZE_MOST (1u << 20)
#define VERSION_MARK "# version "

static bool is_name_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' ||
           c == '_' || c == '.';
}

static bool is_safe_name(const char *name)
{
    bool part_begins = true;
    size_t size = 0;
    for (; name[size] != '\0'; size++) {
        if (part_begins && (name[size] == '.' || name[size] == '/'))
            return false;
        if (name[size] != '/' && !is_name_character(name[size]))
            return false;
        part_begins = name[size] == '/';
    }
    return size > 0 && size <= NAME_SIZE_MOST && !part_begins;
}

/* FOLDER/NAME, or NULL with *ret_status set. */
static FILE *open_below(const char *folder, const char *name, bpo_status *ret_status)
{
    char path[PATH_SIZE];
    size_t folder_size = strlen(folder);
    size_t name_size = strlen(name);
    *ret_status = BPO_E_LIMIT;
    if (folder_size + 1 + name_size >= sizeof(path))
        return NULL;
    memcpy(path, folder, folder_size);
    path[folder_size] = '/';
    memcpy(path + folder_size + 1, name, name_size + 1);
    FILE *file = fopen(path, "rb");
    bool is_absent = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
    *ret_status = file != NULL ? BPO_OK : is_absent ? BPO_E_ZONE : BPO_E_IO;
    return file;
}

/* Why a file gave no more bytes: a folder is no zone, anything else is an error of reading. */
static bpo_status end_of(FILE *file, int error)
{
    if (!ferror(file))
        return BPO_OK;
    return error == EISDIR ? BPO_E_ZONE : BPO_E_IO;
}

/* Hands the file over, if it begins as zone files do. */
static bpo_status copy_zone(FILE *file, const bpo_sink *tzif)
{
    char block[8192];
    size_t total = 0;
    bpo_status status = BPO_OK;
    for (size_t size; status == BPO_OK && (size = fread(block, 1, sizeof(block), file)) > 0;) {
        if (total == 0 && (size < 4 || memcmp(block, "TZif", 4) != 0))
            return BPO_E_ZONE;
        total += size;
        status = total > FILE_SIZE_MOST ? BPO_E_LIMIT : bpo_sink_write(tzif, block, size);
    }
    if (status != BPO_OK)
        return status;
    status = end_of(file, errno);
    return status == BPO_OK && total == 0 ? BPO_E_ZONE : status;
}

/* The first line of a file below the folder, without its end; "" where there is none. */
static void read_line(const char *folder, const char *name, char *line, size_t size)
{
    bpo_status status;
    FILE *file = open_below(folder, name, &status);
    line[0] = '\0';
    if (file == NULL)
        return;
    if (fgets(line, (int)size, file) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    fclose(file);
}

/* The database's version from +VERSION, or from the first line of tzdata.zi ("# version 2026a"). */
static bpo_status tell_version(const char *folder, const bpo_sink *version)
{
    char line[64];
    read_line(folder, "+VERSION", line, sizeof(line));
    if (line[0] != '\0')
        return bpo_sink_write(version, line, strlen(line));
    read_line(folder, "tzdata.zi", line, sizeof(line));
    if (strncmp(line, VERSION_MARK, sizeof(VERSION_MARK) - 1) != 0)
        return BPO_OK;
    const char *text = line + sizeof(VERSION_MARK) - 1;
    return bpo_sink_write(version, text, strlen(text));
}

bpo_status bpo_files_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    (void)user;
    return bpo_files_zone_below(FOLDER_DEFAULT, name, tzif, version);
}

bpo_status bpo_files_zone_below(const char *folder, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    bpo_status status;
    if (folder == NULL || name == NULL || tzif == NULL || version == NULL)
        return BPO_E_INVALID;
    if (!is_safe_name(name))
        return BPO_E_ZONE;
    FILE *file = open_below(folder, name, &status);
    if (file == NULL)
        return status;
    status = copy_zone(file, tzif);
    fclose(file);
    return status == BPO_OK ? tell_version(folder, version) : status;
}
