import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countsOf, readReport } from './suite-reports.ts';

const some = { passed: 3, failed: 0, skipped: 1 };

describe('countsOf', () => {
  it('takes the numbers of a suite that went well', () => {
    expect(countsOf(0, some)).toEqual(some);
    expect(countsOf(1, { ...some, failed: 2 })).toEqual({ ...some, failed: 2 });
  });

  it.each([
    ['the runner failed although no test did, as when coverage is too low', 1, some],
    ['the runner was killed', null, some],
    ['the runner ended without a report', 1, null],
    ['no test ran at all', 0, { passed: 0, failed: 0, skipped: 9 }],
  ])('counts one failure when %s', (_, exitCode, report) => {
    expect(countsOf(exitCode, report).failed).toBe(1);
  });
});

describe('readReport', () => {
  const write = (report: unknown) => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'report-')), 'r.json');
    fs.writeFileSync(file, JSON.stringify(report));
    return file;
  };

  it('reads what vitest and Playwright say', () => {
    const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };
    expect(readReport('vitest', write(vitest))).toEqual({ passed: 5, failed: 1, skipped: 3 });
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2, duration: 3 };
    expect(readReport('playwright', write({ stats }))).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  it('answers nothing where there is no report', () => {
    expect(readReport('vitest', '/nowhere/r.json')).toBeNull();
  });
});
