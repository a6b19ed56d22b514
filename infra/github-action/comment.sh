#!/usr/bin/env bash
# Puts the file that COMMENT names on the pull request of this event: in the place of the comment that an earlier run left,
# which begins with the same mark. Without the permission to comment (a pull request from a fork) it warns: the summary has it.
set -euo pipefail

number=$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")
[[ $number =~ ^[0-9]+$ ]] || exit 0
mark=$(head -n 1 "$COMMENT")
[[ $mark == '<!-- replicator:'* ]] || exit 1
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/comment.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The token goes by a file of this process's own: arguments are seen by others of the machine.
(umask 077 && printf 'header = "Authorization: Bearer %s"\n' "$GITHUB_TOKEN" >"$work/curlrc")

api() {
    local method=$1 path=$2
    shift 2
    curl --silent --show-error --fail --max-time 30 --config "$work/curlrc" --request "$method" \
        --header "Accept: application/vnd.github+json" --header "X-GitHub-Api-Version: 2022-11-28" \
        "$@" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/$path"
}

# Prints the id of the comment to replace, if there is one.
earlier() {
    local page
    for page in 1 2 3 4 5 6 7 8 9 10; do
        api GET "issues/$number/comments?per_page=100&page=$page" >"$work/page.json" || return 1
        jq -r --arg mark "$mark" \
            'map(select(.user.type == "Bot" and (.body | startswith($mark)))) | .[0].id // empty' "$work/page.json" \
            >"$work/id"
        if [ -s "$work/id" ] || [ "$(jq length "$work/page.json")" -lt 100 ]; then
            cat "$work/id"
            return
        fi
    done
}

jq -Rs '{body: .[0:60000]}' "$COMMENT" >"$work/body.json"
send() {
    local id
    id=$(earlier) || return 1
    if [ -n "$id" ]; then
        api PATCH "issues/comments/$id" --data-binary "@$work/body.json" >/dev/null
    else
        api POST "issues/$number/comments" --data-binary "@$work/body.json" >/dev/null
    fi
}
send || echo "::warning title=Replicator::the plan could not be put on the pull request; the summary of this run has it"
