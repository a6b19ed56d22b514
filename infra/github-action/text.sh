# What people read of a run, as Markdown. Keys, addresses and messages are untrusted: they stand in code, without what could
# end it. Sourced by run.sh.
# shellcheck shell=bash
: "${here:?is set by run.sh}"

# CONTRACT: one meaning each; a number that is not known counts as failure.
meaning() {
    case $1 in
        0) echo "done, or nothing to do" ;;
        2) echo "usage or configuration error; nothing was contacted" ;;
        3) echo "there are changes" ;;
        4) echo "partial: some objects failed, changed meanwhile or were skipped; the rest is done" ;;
        5) echo "refused by a guard; no delete was sent" ;;
        6) echo "credentials, permission on the bucket, or no such bucket" ;;
        7) echo "locked by another run of the job" ;;
        8) echo "stopped by a time or size limit" ;;
        130 | 143) echo "stopped by a signal" ;;
        *) echo "failed" ;;
    esac
}

# of_report WORK FILTER: from the document on stdout; nothing where there is none.
of_report() {
    jq -r "$2" "$1/report.json" 2>/dev/null || true
}

# text MODE CODE WORK
text() {
    local mode=$1 code=$2 work=$3
    echo "<!-- replicator:$(of_report "$work" '.job // "" | gsub("[^A-Za-z0-9._-]"; "")') -->"
    if jq -e '.outcome' "$work/report.json" >/dev/null 2>&1; then
        jq -r -L "$here" --arg mode "$mode" -f "$here/report.jq" "$work/report.json"
        [ "$mode" != plan ] || [ ! -s "$work/replicator.plan" ] || jq -nr -L "$here" -f "$here/actions.jq" "$work/replicator.plan"
    else
        echo "### Replicator: $mode"
    fi
    [ "$code" = 0 ] || printf '\nExit code **%s**: %s.\n' "$code" "$(meaning "$code")"
    if [ "$code" != 0 ] && [ "$code" != 3 ] && [ -s "$work/said.txt" ]; then
        printf '\n```text\n'
        tail -n 20 "$work/said.txt" | tr '\t`' " '" | jq -Rr -L "$here" 'include "plain"; plain(400)'
        printf '```\n'
    fi
}
