// What a browser fetches to show the dashboard, compressed as a server would: more than the budget fails the build.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 60_000;
const root = process.argv[2] ?? '../target/classes/META-INF/resources/replicator';

const files = readdirSync(root, { recursive: true })
  .map((name) => join(root, name))
  .filter((file) => statSync(file).isFile());
const total = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);

console.log(`dashboard: ${files.length} files, ${total} bytes compressed, of at most ${BUDGET}`);
if (total > BUDGET) {
  console.error('The dashboard is larger than its budget. Take something out, or say why the budget is wrong.');
  process.exit(1);
}
