# A report's counts as a table.
include "plain";
def code: plain(200) | gsub("[|]"; "·") | "`" + . + "`";
def size: if . < 1000 then "\(.) B"
  elif . < 1e6 then "\(. / 1e3 * 10 | round / 10) kB"
  elif . < 1e9 then "\(. / 1e6 * 10 | round / 10) MB"
  else "\(. / 1e9 * 10 | round / 10) GB" end;
(if $mode == "plan" then "would be " else "" end) as $would |
"### Replicator: \($mode) of \(.job // "two locations" | code)",
"",
"\(.source | code) to \(.destination | code): **\(.outcome)**",
"",
"| \($would)copied | \($would)overwritten | \($would)deleted | metadata | unchanged | skipped | stale | failed | bytes |",
"|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
"| \(.copied) | \(.overwritten) | \(.deleted) | \(.metadataUpdated) | \(.unchanged) | \(.skipped) | \(.stale) | \(.failed) | \(.bytes | size) |",
(if .gate.planned > 0 then
  "",
  (if .gate.verdict == "CLOSED" then
    "**The delete gate is closed**: \(.gate.reason | code). \(.gate.planned) deletes would not be sent, and the run would end with 5."
  else "The delete gate is open for \(.gate.planned) deletes; at most \(.gate.limit) are allowed." end)
else empty end)
