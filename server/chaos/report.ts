import fs from 'node:fs';
import path from 'node:path';
import { type Campaign, recoveryTargetMs } from './campaign.ts';
import { faults } from './faults/all.ts';
import { otherInvariants } from './invariants/check.ts';
import { p95 } from './invariants/recovery.ts';
import { rowInvariants } from './invariants/rows.ts';
import type { Outcome } from './scenario.ts';

const page = path.resolve(import.meta.dirname, '../../docs/reliability.md');
const marks = { begin: '<!-- measured: npm run chaos -- --write -->', end: '<!-- /measured -->' };

/** Writes what was measured into docs/reliability.md, between its marks. */
export function writeReport(campaigns: readonly Campaign[], ms: number): void {
  const text = fs.readFileSync(page, 'utf8');
  const [before, rest] = text.split(marks.begin);
  const after = rest?.split(marks.end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${page} has no marks ${marks.begin} … ${marks.end}.`);
  fs.writeFileSync(page, `${before}${marks.begin}\n\n${measured(campaigns, ms)}\n\n${marks.end}${after}`);
}

function measured(campaigns: readonly Campaign[], ms: number): string {
  const outcomes = campaigns.flatMap((campaign) => campaign.outcomes);
  const found = sumOf(outcomes, ({ violations }) => violations.length);
  const recovered = outcomes.flatMap(({ recoveries }) => recoveries);
  return [
    `Seeds ${campaigns.map(({ seed }) => seed).join(' and ')}: **${found} violations in ${sumOf(outcomes, ({ runs }) => runs)} runs**,`,
    `${sumOf(outcomes, ({ deaths }) => deaths)} workers died on the way, ${Math.round(ms / 1_000)} s in all. Of ${recovered.length} steps that a dead worker held,`,
    `95 of 100 went on within ${(p95(recovered) / 1_000).toFixed(1)} s (at most ${recoveryTargetMs / 1_000} s is promised).`,
    '',
    '| fault | what happens | runs | harm done | workers died | asked | recovery p95 | violations |',
    '|---|---|--:|--:|--:|--:|--:|--:|',
    ...faults.map(({ name, title }) =>
      rowOf(
        name,
        title,
        outcomes.filter(({ fault }) => fault === name),
      ),
    ),
    '',
    '| invariant | what must hold | violations |',
    '|---|---|--:|',
    ...[...rowInvariants, ...otherInvariants].map(({ name, title }) => {
      const broken = outcomes.flatMap(({ violations }) => violations).filter(({ invariant }) => invariant === name);
      return `| ${name} | ${title} | ${broken.length} |`;
    }),
  ].join('\n');
}

function rowOf(name: string, title: string, outcomes: readonly Outcome[]): string {
  const recovered = outcomes.flatMap(({ recoveries }) => recoveries);
  const cells = [
    name,
    title,
    sumOf(outcomes, ({ runs }) => runs),
    sumOf(outcomes, ({ hits }) => hits),
    sumOf(outcomes, ({ deaths }) => deaths),
    sumOf(outcomes, ({ asked }) => asked),
    recovered.length > 0 ? `${(p95(recovered) / 1_000).toFixed(1)} s` : '',
    sumOf(outcomes, ({ violations }) => violations.length),
  ];
  return `| ${cells.join(' | ')} |`;
}

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
