import { takes } from '#nodes/core/cel/calls.ts';
import { type Expr, variants } from '#nodes/core/cel/kinds.ts';
import { expressionFunctions, type Param } from '#nodes/core/cel/signatures.ts';

/** One way to call a function, as it is shown. */
export type Way = {
  name: string;
  /** What it is a method of, as the table writes it; null: it stands alone. */
  on: string | null;
  params: string[];
  /** `text.split(text, number): texts` */
  text: string;
  help: string;
};

/** Every way to call every function and form of the language. */
export const ways: readonly Way[] = expressionFunctions.map(({ text, help }) => {
  const [, on, name, params] = /^(?:(.+)\.)?(\w+)\((.*)\): \w+$/.exec(text) as unknown as string[];
  return {
    name: name as string,
    on: on ?? null,
    params: (params as string).split(', ').filter((param) => param !== ''),
    text,
    help,
  };
});

/** Forms with a variable for each item, by name. */
export const loops: ReadonlySet<string> = new Set(['map', 'filter', 'all', 'exists', 'exists_one']);

const paramNames: ReadonlySet<string> = new Set(['text', 'number', 'list', 'texts', 'object', 'time', 'duration']);

/** Whether a method may be called on what an expression gives. `optional` stands in the table as `x.?y`. */
export function isMethodOf({ name, on }: Way, receiver: Expr): boolean {
  if (on === null || on === 'optional') return false;
  if (on === 'x.?y') return receiver.type === 'optional';
  if (receiver.type === 'optional') return false;
  // The members of an object can be gone through as well; hardly anybody means it.
  if (loops.has(name)) return variants(receiver).every(({ type }) => type === 'any' || type === 'array');
  return paramNames.has(on) && takes(on as Param, receiver);
}

/** What the variable of a loop over a value is. */
export function itemOf(over: Expr): Expr {
  const [first] = variants(over);
  if (first?.type === 'array') return first.items;
  return first?.type === 'object' || first?.type === 'scope' ? { type: 'string' } : { type: 'any' };
}

/** A name for each item of what is written: `row` of `nodes.csv.rows`. */
export function itemName(receiver: string): string {
  const last = /([A-Za-z_]\w*)\W*$/.exec(receiver)?.[1] ?? '';
  const single = last.endsWith('ies') ? `${last.slice(0, -3)}y` : last.endsWith('s') ? last.slice(0, -1) : '';
  return single.length > 1 ? single : 'x';
}
