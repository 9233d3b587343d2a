/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over files, for compilers without a fuzzing engine. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        uint8_t *data = malloc(1 << 21);
        FILE *file = fopen(argv[i], "rb");
        if (data == NULL || file == NULL) {
            fprintf(stderr, "%s cannot be read\n", argv[i]);
            return 2;
        }
        size_t size = fread(data, 1, 1 << 21, file);
        fclose(file);
        LLVMFuzzerTestOneInput(data, size);
        free(data);
    }
    printf("%d inputs replayed\n", argc - 1);
    return 0;
}
