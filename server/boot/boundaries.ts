import fs from 'node:fs';
import path from 'node:path';
import { type BoundaryRule, boundaryRules, longestFileLines, measured, notMeasured } from './boundary-rules.ts';
import { type Import, importsOf, sourceFiles } from './imports-of.ts';

/** One place where a file goes over a boundary, and why that boundary is there. */
export type BoundaryFinding = { rule: string; file: string; problem: string };

/** Checks every source file of a checkout against the module boundaries and the size limit. */
export async function checkBoundaries(root: string): Promise<BoundaryFinding[]> {
  return sourceFiles(root).flatMap((file) => checkFile(file, fs.readFileSync(path.join(root, file), 'utf8')));
}

/** Checks one file. `file` is its path from the root, with forward slashes. */
export function checkFile(file: string, source: string): BoundaryFinding[] {
  const lines = source.trimEnd().split('\n').length;
  const findings: BoundaryFinding[] = [];
  if (lines > longestFileLines && measured.test(file) && !notMeasured.test(file)) {
    findings.push({ rule: 'file-size', file, problem: `has ${lines} lines, the limit is ${longestFileLines}` });
  }
  if (!/\.(?:ts|tsx|mts)$/.test(file)) return findings;
  const imports = importsOf(file, source);
  for (const rule of boundaryRules) {
    const captured = bindingOf(rule, file);
    if (captured === null) continue;
    const broken = imports.filter((found) => breaks(rule, found, captured));
    findings.push(...broken.map((found) => finding(rule, file, found)));
  }
  return findings;
}

/** What the rule captured from the file's path, or null where it does not bind the file. */
function bindingOf({ from, except = [] }: BoundaryRule, file: string): string | null {
  const match = from.exec(file);
  if (!match || except.some((free) => free.test(file))) return null;
  return match[1] ?? '';
}

function breaks(rule: BoundaryRule, { target, kind }: Import, captured: string): boolean {
  if (rule.kind === 'value' && kind === 'type') return false;
  const escaped = captured.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const matches = (pattern: string) => new RegExp(pattern.replaceAll('$1', () => escaped)).test(target);
  if ('only' in rule) return !rule.only.some(matches);
  return rule.never.some(matches) && !(rule.unless ?? []).some(matches);
}

function finding({ name, why }: BoundaryRule, file: string, { target, line }: Import): BoundaryFinding {
  return { rule: name, file, problem: `line ${line} imports ${target.replace(/^npm:/, '')}: ${why}` };
}
