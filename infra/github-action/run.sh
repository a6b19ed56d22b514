#!/usr/bin/env bash
# Runs one command of Replicator and tells how it went: to the log, the step's summary and its outputs. Ends with the
# command's exit code, except that a plan that has changes (3) is no failure.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=text.sh
. "$here/text.sh"

refuse() {
    echo "::error title=Replicator::$1"
    exit 2
}

# The mode in force: what is asked for, or what suits the event.
mode() {
    case ${INPUT_MODE:-auto} in
        plan | sync | apply) echo "$INPUT_MODE" ;;
        auto) case ${GITHUB_EVENT_NAME:-} in
            pull_request*) echo plan ;;
            *) echo sync ;;
        esac ;;
        *) return 1 ;;
    esac
}

mode=$(mode) || refuse "mode is plan, sync, apply or auto"
command -v jq >/dev/null || refuse "jq is needed, and is on GitHub's own runners"
command=${INPUT_COMMAND:-$here/../../replicator}
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/replicator.XXXXXX")

words=("$mode" -o json --color never)
[ -z "${INPUT_CONFIG:-}" ] || words+=("--config=$INPUT_CONFIG")
[ "${INPUT_YES:-false}" != true ] || [ "$mode" = plan ] || words+=(--yes)
case $mode in
    plan)
        plan=$work/replicator.plan
        words+=(--detailed-exitcode --out "$plan")
        ;;
    apply) [ -n "${INPUT_PLAN:-}" ] || refuse "mode apply needs the plan" ;;
esac
if [ "$mode" = apply ]; then
    words+=(-- "$INPUT_PLAN")
elif [ -n "${INPUT_JOB:-}" ]; then
    words+=(-- "$INPUT_JOB")
fi

# A key in a message must not be taken for a command to the runner.
fence=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$fence"
set +e
"$command" "${words[@]}" 2>&1 >"$work/report.json" | tee "$work/said.txt"
code=${PIPESTATUS[0]}
set -e
echo
echo "::$fence::"

text "$mode" "$code" "$work" >"$work/text.md"
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$work/text.md" >>"$GITHUB_STEP_SUMMARY"
{
    echo "exit-code=$code"
    echo "outcome=$(of_report "$work" '.outcome // ""')"
    echo "changes=$(of_report "$work" '.copied + .overwritten + .deleted + .metadataUpdated > 0')"
    if [ "$mode" = plan ]; then
        [ ! -s "$plan" ] || echo "plan=$plan"
        echo "comment=$work/text.md"
    fi
} >>"${GITHUB_OUTPUT:-/dev/null}"

[ "$mode" != plan ] || [ "$code" != 3 ] || exit 0
[ "$code" = 0 ] || echo "::error title=Replicator::$mode ended with $code: $(meaning "$code")"
exit "$code"
