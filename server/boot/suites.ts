import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { envNames } from '#server/env.ts';
import { checkBoundaries } from './boundaries.ts';
import { type Counts, countsOf, type ReportKind, readReport } from './suite-reports.ts';

export type SuiteResult = Counts & {
  /** All that the suite printed, to be shown when it failed. */
  output: string;
};

export type Suite = {
  name: string;
  /** A look at the files: nothing is started for it. */
  isStatic: boolean;
  run(root: string, signal: AbortSignal): Promise<SuiteResult>;
};

type Report = { kind: ReportKind; file: string };
type Run = { root: string; signal: AbortSignal; args: string[]; env?: NodeJS.ProcessEnv; report?: Report };

const bin = {
  biome: '@biomejs/biome/bin/biome',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
  playwright: '@playwright/test/cli.js',
} as const;
const program = (name: keyof typeof bin) => path.join('node_modules', bin[name]);

/** Everything that `npm test` looks at, in this order. */
export const suites: readonly Suite[] = [
  staticSuite('lint', [program('biome'), 'check', '.', '--max-diagnostics=200']),
  staticSuite('types', [program('tsc'), '-p', '.', '--noEmit']),
  staticSuite('generated', ['nodes/generate.ts', '--check']),
  { name: 'boundaries', isStatic: true, run: boundaries },
  reportingSuite('unit', 'vitest', (file) => [
    ...[program('vitest'), 'run', '--project', 'unit', '--coverage', '--maxWorkers=2'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ]),
  reportingSuite('integration', 'vitest', (file) => [
    // They wait for workers and databases more than they compute: two files side by side.
    ...[program('vitest'), 'run', '--project', 'integration', '--maxWorkers=2'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ]),
  reportingSuite('end-to-end', 'playwright', () => [
    ...[program('playwright'), 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
  ]),
];

function staticSuite(name: string, args: string[]): Suite {
  return { name, isStatic: true, run: (root, signal) => execute({ root, signal, args }) };
}

function reportingSuite(name: string, kind: ReportKind, args: (reportFile: string) => string[]): Suite {
  const run = async (root: string, signal: AbortSignal) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-report-'));
    const file = path.join(folder, 'report.json');
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    try {
      return await execute({ root, signal, args: args(file), env, report: { kind, file } });
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  };
  return { name, isStatic: false, run };
}

async function boundaries(root: string): Promise<SuiteResult> {
  const problems = await checkBoundaries(root);
  const output = problems.map(({ rule, file, problem }) => `${file}: ${problem} (${rule})`).join('\n');
  return { passed: problems.length === 0 ? 1 : 0, failed: problems.length === 0 ? 0 : 1, skipped: 0, output };
}

const cleanUpMs = 6_000;

// The tests must not find the operator's own database, models and mail server.
const unset = Object.fromEntries([...envNames, 'SOLOGRAPH_BOOTSTRAP', 'FORCE_COLOR'].map((name) => [name, undefined]));

function execute({ root, signal, args, env = process.env, report }: Run): Promise<SuiteResult> {
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: root,
    env: { ...env, ...unset, SOLOGRAPH_ROOT: root, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A runner that is called off stops its servers and removes their data before it ends.
  const callOff = () => {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), cleanUpMs).unref();
  };
  signal.addEventListener('abort', callOff, { once: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', callOff);
      const once = { passed: 1, failed: 0, skipped: 0 };
      const counted = report ? readReport(report.kind, report.file) : code === 0 ? once : null;
      resolve({ ...countsOf(code, counted), output: output.trim() });
    });
  });
}
