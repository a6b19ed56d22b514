// Prints Terraform files as JSON: an object of their paths (the words after the script) to their content.
import { parse } from '@cdktf/hcl2json';
import { readFileSync } from 'node:fs';

const result = {};
for (const path of process.argv.slice(2)) {
  result[path] = await parse(path, readFileSync(path, 'utf8'));
}
console.log(JSON.stringify(result));
