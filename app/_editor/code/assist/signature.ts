import { partType } from '#nodes/core/cel/check.ts';
import { scopeOf } from '#nodes/core/cel/kinds.ts';
import { calleeAt, scan } from './brackets.ts';
import { localsOf, type Variables } from './complete.ts';
import { isMethodOf, type Way, ways } from './functions.ts';

/** The call that the cursor is in. */
export type SignatureHelp = {
  /** Where its bracket opens. */
  at: number;
  /** The signature in pieces; the argument that the cursor is at is `current`. */
  pieces: { text: string; current: boolean }[];
  help: string;
  /** How many other ways there are to call it with what it is called on. */
  others: number;
};

/** What is called around the cursor at the end of `before`, and which argument is being written; null: nothing is. */
export function signatureAt(before: string, variables: Variables): SignatureHelp | null {
  const scanned = scan(before);
  for (const { bracket, at, commas } of scanned.open.toReversed()) {
    const callee = bracket === '(' ? calleeAt(before, at, scanned) : null;
    if (!callee) continue;
    const named = ways.filter(({ name, on }) => name === callee.name && (on === null) === (callee.receiver === null));
    const fitting = callee.receiver === null ? named : methodsOf(named, callee.receiver, { before, variables });
    const index = commas.length;
    const longest = Math.max(...fitting.map(({ params }) => params.length));
    const way = fitting.find(({ params }) => params.length > index || params.length === longest);
    if (!way) return null;
    return { at, pieces: piecesOf(way, index), help: way.help, others: fitting.length - 1 };
  }
  return null;
}

/** Those for what it is called on; where that is not known, all. */
function methodsOf(named: Way[], receiver: string, { before, variables }: { before: string; variables: Variables }) {
  const type = partType(receiver, scopeOf(variables), localsOf(before, scan(before), variables));
  const fitting = type ? named.filter((way) => isMethodOf(way, type)) : named;
  return fitting.length > 0 ? fitting : named;
}

function piecesOf({ name, params, text }: Way, index: number): SignatureHelp['pieces'] {
  const open = text.indexOf(`${name}(`) + name.length + 1;
  const close = text.lastIndexOf('): ');
  const inside = params.flatMap((param, at) => [
    ...(at === 0 ? [] : [{ text: ', ', current: false }]),
    { text: param, current: at === Math.min(index, params.length - 1) },
  ]);
  return [{ text: text.slice(0, open), current: false }, ...inside, { text: text.slice(close), current: false }];
}
