#!/usr/bin/env bash
# must-have-run.sh REPORT...: fails where a report of Surefire is missing, or none of its tests has run.
set -euo pipefail

# count NAME SUITE: the number that an attribute holds.
count() {
    sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2"
}

for report in "$@"; do
    suite=$(grep -m 1 -o '<testsuite [^>]*>' "$report") || {
        echo "$report is no report" >&2
        exit 1
    }
    [ "$(count tests "$suite")" -gt "$(count skipped "$suite")" ] || {
        echo "$report: nothing ran: $suite" >&2
        exit 1
    }
done
