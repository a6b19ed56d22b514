# What others wrote, as one line that says what it shows: nothing in it ends code or a line, is invisible or turns the
# direction of what follows. What is longer ends with an ellipsis.
def plain($most): tostring | gsub("[`\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"; "·")
  | if length > $most then .[0:$most - 1] + "…" else . end;
