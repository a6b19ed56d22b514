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

on_default_branch() {
    local branch
    branch=$(jq -r '.repository.default_branch // empty' "${GITHUB_EVENT_PATH:-/dev/null}" 2>/dev/null) || return 1
    # Schedules run on the default branch alone, and their event does not say which one that is.
    [ -n "$branch" ] || [ "$GITHUB_EVENT_NAME" != schedule ] || return 0
    [ -n "$branch" ] && [ "${GITHUB_REF:-}" = "refs/heads/$branch" ]
}

# What suits the event: writing on the default branch, and never for an event that nobody thought of here.
automatic() {
    case ${GITHUB_EVENT_NAME:-} in
        pull_request | pull_request_* | merge_group) echo plan ;;
        push | schedule | workflow_dispatch) on_default_branch && echo sync ;;
        *) return 1 ;;
    esac
}

command -v jq >/dev/null || refuse "jq is needed, and is on GitHub's own runners"
case ${INPUT_MODE:-auto} in
    plan | sync | apply) mode=$INPUT_MODE ;;
    auto)
        mode=$(automatic) || refuse "mode auto plans on pull requests and in merge queues, and syncs after push, schedule and \
workflow_dispatch on the default branch. This is ${GITHUB_EVENT_NAME:-no event} on ${GITHUB_REF:-no branch}: say \
mode: plan or mode: sync"
        ;;
    *) refuse "mode is plan, sync, apply or auto" ;;
esac
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
