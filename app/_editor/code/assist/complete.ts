import { type LoopVariable, partType } from '#nodes/core/cel/check.ts';
import { type Expr, inWords, mayBeNull, memberNames, memberOf, scopeOf, withoutNull } from '#nodes/core/cel/kinds.ts';
import type { Type } from '#nodes/core/types.ts';
import { calleeAt, operandStart, type Scanned, scan } from './brackets.ts';
import { isMethodOf, itemName, itemOf, loops, type Way, ways } from './functions.ts';

export type Variables = Record<string, Type>;

/** One thing that may stand at the cursor. */
export type Suggestion = {
  kind: 'member' | 'local' | 'variable' | 'method' | 'function' | 'word';
  label: string;
  detail: string;
  /** What is written, where it is not the label. */
  apply?: string;
  /** How many characters before the end of what is written the cursor comes to stand. */
  back?: number;
  help?: string;
};
/** `of`: what the members belong to, as it is written; null: these stand alone. */
export type Suggestions = { from: number; of: string | null; options: Suggestion[] };

/** What may be written at the end of `before` (an expression up to the cursor). Null: nothing, e.g. inside a text. */
export function suggestionsFor(before: string, variables: Variables): Suggestions | null {
  const scanned = scan(before);
  if (scanned.quoted) return null;
  const typed = /[A-Za-z_]\w*$/.exec(before)?.[0] ?? '';
  const from = before.length - typed.length;
  const rest = before.slice(0, from);
  if (/\d$/.test(rest)) return null;
  const locals = localsOf(before, scanned, variables);
  const dot = /\.\??$/.exec(rest);
  if (dot) return membersBehind(rest, { dot: dot[0], from, scanned, variables, locals });
  const naming = namedItem(rest, scanned);
  if (naming !== null)
    return {
      from,
      of: null,
      options: [{ kind: 'local', label: naming, apply: `${naming}, `, detail: 'a name for each item' }],
    };
  if (/[\w)\]}"']\s*$/.test(rest))
    return /\s$/.test(rest) ? { from, of: null, options: [word('in', 'is among')] } : null;
  return { from, of: null, options: [...locals.map(local), ...alone(variables)] };
}

type Behind = { dot: string; from: number; scanned: Scanned; variables: Variables; locals: LoopVariable[] };

function membersBehind(rest: string, { dot, from, scanned, variables, locals }: Behind): Suggestions | null {
  const end = rest.length - dot.length;
  const receiver = rest.slice(operandStart(rest, end, scanned), end);
  if (receiver === '') return null;
  const type = receiver === 'optional' ? null : partType(receiver, scopeOf(variables), locals);
  if (!type) return null;
  const options = [...members(type, dot === '.?'), ...(dot === '.?' ? [] : methods(type))];
  return options.length === 0 ? null : { from, of: receiver, options };
}

function members(owner: Expr, optionally: boolean): Suggestion[] {
  const maybe = owner.type === 'optional';
  const there = withoutNull(maybe ? owner.of : owner);
  return memberNames(there)
    .filter((name) => /^[A-Za-z_]\w*$/.test(name))
    .flatMap((name): Suggestion[] => {
      const member = memberOf(there, name);
      if (!member) return [];
      const absent = member.absent || (!maybe && mayBeNull(owner));
      const detail = `${inWords(member.type)}${member.absent ? ', may be absent' : ''}`;
      return [
        { kind: 'member', label: name, detail, ...(absent && !optionally && !maybe ? { apply: `?${name}` } : {}) },
      ];
    });
}

function methods(owner: Expr): Suggestion[] {
  return once(ways.filter((way) => isMethodOf(way, owner))).map((way) => called(way, 'method'));
}

const keywords = ['true', 'false', 'null'];
const functions = once(ways.filter(({ on }) => on === null)).map((way) => called(way, 'function'));

function alone(variables: Variables): Suggestion[] {
  const own = Object.entries(variables).map(
    ([label, type]): Suggestion => ({ kind: 'variable', label, detail: inWords(type) }),
  );
  return [...own, ...functions, ...keywords.map((name) => word(name, 'value'))];
}

const word = (label: string, detail: string): Suggestion => ({ kind: 'word', label, detail });
const local = ({ name, type }: LoopVariable): Suggestion => ({ kind: 'local', label: name, detail: inWords(type) });

/** The first way of each name. */
function once(list: readonly Way[]): Way[] {
  return list.filter(({ name }, at) => list.findIndex((other) => other.name === name) === at);
}

function called({ name, params, text, help }: Way, kind: 'method' | 'function'): Suggestion {
  const detail = text.slice(text.indexOf(`${name}(`) + name.length);
  return { kind, label: name, detail, help, apply: `${name}()`, ...(params.length > 0 ? { back: 1 } : {}) };
}

/** The variables of the loops that the cursor is in, the outermost first. */
export function localsOf(before: string, scanned: Scanned, variables: Variables): LoopVariable[] {
  const locals: LoopVariable[] = [];
  for (const { bracket, at, commas } of scanned.open) {
    const [comma] = commas;
    const callee = bracket === '(' && comma !== undefined ? calleeAt(before, at, scanned) : null;
    if (!callee || callee.receiver === null || !loops.has(callee.name)) continue;
    const name = before.slice(at + 1, comma).trim();
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    const over = partType(callee.receiver, scopeOf(variables), locals);
    locals.push({ name, type: over ? itemOf(over) : { type: 'any' } });
  }
  return locals;
}

/** What to call an item, where the cursor stands in the first place of a loop; null: it stands elsewhere. */
function namedItem(rest: string, scanned: Scanned): string | null {
  const last = scanned.open.at(-1);
  if (last?.bracket !== '(' || last.commas.length > 0 || rest.slice(last.at + 1).trim() !== '') return null;
  const callee = calleeAt(rest, last.at, scanned);
  return callee && callee.receiver !== null && loops.has(callee.name) ? itemName(callee.receiver) : null;
}
