#!/usr/bin/env bash
# must-have-run.sh REPORT...: fails where a report of Surefire is missing, has no test, or has one that was skipped.
set -euo pipefail

for report in "$@"; do
    suite=$(grep -m 1 -o '<testsuite [^>]*>' "$report") || {
        echo "$report is no report" >&2
        exit 1
    }
    [[ $suite == *' skipped="0"'* && $suite != *' tests="0"'* ]] || {
        echo "$report: nothing ran, or not all: $suite" >&2
        exit 1
    }
done
