// What Maven calls: installs, checks, tests and builds, each only where something changed since it was done. Needs no network
// once the packages of the lock file are there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(here, '../target');
const output = join(target, 'classes/META-INF/resources/replicator');
const built = join(target, 'dashboard.sha256');
const installed = join(here, 'node_modules/.replicator.sha256');
const skipTests = process.argv.slice(2).includes('true');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.log(`skipped: the dashboard needs Node.js 20.19 or newer, ${process.execPath} is ${process.versions.node}`);
  process.exit(0);
}

const files = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)));
};

const digest = (...paths) => {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of paths.flatMap((path) => files(join(here, path)))) hash.update(file.slice(here.length)).update(readFileSync(file));
  return hash.digest('hex');
};

const isDone = (stamp, state) => existsSync(stamp) && readFileSync(stamp, 'utf8') === state;

const npm = (...words) => run('inherit', words);

// Says something only where it fails: people who start the command for the first time wait for it.
const quietly = (...words) => run('pipe', words);

const run = (stdio, words) => {
  const path = dirname(process.execPath) + delimiter + process.env.PATH;
  const { status, error, stdout, stderr } = spawnSync('npm', words, { cwd: here, stdio, shell: process.platform === 'win32', env: { ...process.env, PATH: path } });
  if (status === 0) return;
  if (stdout) process.stdout.write(stdout);
  if (stderr) process.stderr.write(stderr);
  if (error) console.error(String(error));
  console.error(`The dashboard was not built: npm ${words.join(' ')} failed. -DskipDashboard builds without it.`);
  process.exit(1);
};

const lock = digest('package.json', 'package-lock.json');
if (!isDone(installed, lock)) {
  quietly('ci', '--no-fund', '--no-audit', '--prefer-offline');
  writeFileSync(installed, lock);
}

const api = '../src/main/resources/dev/replicator/server/api/openapi.yaml';
const ours = files(join(here, 'src'))
  .map((file) => file.slice(here.length + 1))
  .filter((file) => file !== join('src', 'api', 'schema.ts'));
const sources = digest('package.json', 'package-lock.json', 'index.html', 'vite.config.ts', 'tsconfig.json', 'public', 'scripts', api, ...ours);
// What was built without its tests is built, but not tested.
const tested = `${sources} tested`;
if ((isDone(built, tested) || (skipTests && isDone(built, sources))) && existsSync(join(output, 'index.html'))) {
  console.log('dashboard: nothing changed since it was built');
  process.exit(0);
}

quietly('run', '--silent', 'types');
quietly('run', '--silent', 'check');
if (!skipTests) npm('test', '--silent');
quietly('run', '--silent', 'build');
npm('run', '--silent', 'size');
mkdirSync(target, { recursive: true });
writeFileSync(built, skipTests ? sources : tested);
