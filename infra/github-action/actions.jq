# The first actions of a plan file: lines of JSON between a header and a trailer.
include "plain";
{"copy": "+", "overwrite": "~", "update-metadata": "m", "delete": "-"} as $marks |
[limit(51; inputs | select(has("op")))] as $actions |
if $actions == [] then empty else
  "",
  "<details><summary>What would be done</summary>",
  "",
  "```text",
  ($actions[0:50][] | "\($marks[.op] // (.op | plain(20))) \(.key | plain(200))"),
  (if ($actions | length) > 50 then "… and more: see the plan file" else empty end),
  "```",
  "",
  "`+` copied, `~` overwritten, `m` metadata, `-` deleted",
  "</details>"
end
