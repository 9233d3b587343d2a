# SPDX-License-Identifier: Apache-2.0
"""Test Anything Protocol: what Meson reads from every check."""
import sys


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def that(self, holds, name, details=()):
        """One law. Details say which places break it, one a line."""
        self.count += 1
        self.failed += not holds
        print(f"{'ok' if holds else 'not ok'} {self.count} - {name}")
        if not holds:
            for detail in details:
                print(f"# {detail}", file=sys.stderr)

    def none(self, offenders, name):
        """The law that nothing offends."""
        offenders = sorted(offenders)
        self.that(not offenders, name, offenders)

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}")

    def done(self):
        print(f"1..{self.count}")
        sys.stdout.flush()
        sys.exit(1 if self.failed else 0)
