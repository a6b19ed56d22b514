// Writes aws.json and google.json beside this file: the arguments of those resources and data sources that the modules
// and examples use, as their providers know them. The providers' schemas are taken from CDK for Terraform's packages,
// which carry them in full; they are large, so this is run by hand where a resource is added, and the check
// (infra/checks, TerraformArgumentsTest) reads what it wrote.
//
//   node infra/terraform/schema/extract.mjs
//   node infra/terraform/schema/extract.mjs --used    prints what it would look up, and downloads nothing
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROVIDERS = [
  { file: 'aws.json', prefix: 'aws_', npm: '@cdktf/provider-aws@21.22.1' },
  { file: 'google.json', prefix: 'google_', npm: '@cdktf/provider-google@16.12.1' },
];
// docs/resources/s3_bucket#force_destroy and docs/data-sources/caller_identity#id: the schema's own name of an argument
const LINK = /registry\.terraform\.io\/providers\/(hashicorp\/[a-z]+)\/([0-9.]+)\/docs\/(resources|data-sources)\/\w+#(\w+)/;

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return files(path);
    }
    return entry.name.endsWith('.tf') ? [path] : [];
  });
}

function used() {
  const text = files(dirname(HERE)).map((path) => readFileSync(path, 'utf8')).join('\n');
  const found = [...text.matchAll(/^\s*(resource|data) "(\w+)"/gm)].map(([, kind, type]) => `${kind} ${type}`);
  return [...new Set(found)].sort();
}

function assembly(npm) {
  const folder = mkdtempSync(join(tmpdir(), 'schema-'));
  try {
    const packed = execFileSync('npm', ['pack', '--silent', npm], { cwd: folder, encoding: 'utf8' }).trim().split('\n').pop();
    execFileSync('tar', ['-xzf', packed, 'package/.jsii'], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, 'package', '.jsii'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function structs(type) {
  if (type.fqn) {
    return type.fqn.startsWith('cdktf.') ? [] : [type.fqn];
  }
  if (type.collection) {
    return structs(type.collection.elementtype);
  }
  return type.union ? type.union.types.flatMap(structs) : [];
}

function members(types, fqn) {
  const result = {};
  for (const property of types[fqn].properties ?? []) {
    const docs = `${property.docs?.summary ?? ''} ${property.docs?.remarks ?? ''}`;
    const name = LINK.exec(docs)?.[4];
    if (name) {
      const block = property.docs.summary.endsWith(' block.');
      const nested = structs(property.type);
      result[name] = {
        ...(property.optional ? {} : { required: true }),
        ...(block ? { block: true } : {}),
        ...(nested.length > 0 ? { of: members(types, nested[0]) } : {}),
      };
    }
  }
  return Object.fromEntries(Object.entries(result).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What others may refer to: the arguments again, and what only the provider knows. */
function attributes(types, fqn) {
  const properties = types[fqn.replace(/Config$/, '')].properties ?? [];
  const computed = properties.filter((property) => property.immutable && !property.static && !property.name.endsWith('Input'));
  const names = computed.map((property) => property.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return [...new Set(names)].sort();
}

function configs(types) {
  const byResource = new Map();
  for (const [fqn, type] of Object.entries(types)) {
    const said = /docs\/(resources|data-sources)\/\w+ (\w+)\}/.exec(type.docs?.summary ?? '');
    if (type.kind === 'class' && said && types[`${fqn}Config`]) {
      byResource.set(`${said[1] === 'resources' ? 'resource' : 'data'} ${said[2]}`, `${fqn}Config`);
    }
  }
  return byResource;
}

if (process.argv.includes('--used')) {
  console.log(used().join('\n'));
  process.exit(0);
}

for (const { file, prefix, npm } of PROVIDERS) {
  const wanted = used().filter((entry) => entry.split(' ')[1].startsWith(prefix));
  const { types } = assembly(npm);
  const known = configs(types);
  const entries = wanted.map((entry) => {
    if (!known.has(entry)) {
      throw new Error(`${npm} knows no ${entry}`);
    }
    const config = known.get(entry);
    return [entry, { arguments: members(types, config), attributes: attributes(types, config) }];
  });
  const [, provider, version] = LINK.exec(JSON.stringify(types[known.get(wanted[0])]));
  const extract = { provider, version, from: npm, schemas: Object.fromEntries(entries) };
  writeFileSync(join(HERE, file), JSON.stringify(extract, null, 1) + '\n');
  console.log(`${file}: ${entries.length} of ${provider} ${version}`);
}
