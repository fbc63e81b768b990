import { type Range, refuse } from './problem.ts';
import { hintFor } from './suggest.ts';

/** What an argument may be. `time` takes a time or the text of one. */
export type Param = 'text' | 'number' | 'boolean' | 'list' | 'texts' | 'object' | 'time' | 'duration' | 'any';
export type Result = 'text' | 'number' | 'integer' | 'boolean' | 'texts' | 'time' | 'duration' | 'any';

/** One way to call a function: what the checker, the editor's completion and the documents know of it. */
export type Signature = { name: string; on: Param | null; params: Param[]; result: Result; text: string; help: string };

const written: [string, string][] = [
  ['size(text): integer', 'Number of characters.'],
  ['size(list): integer', 'Number of items.'],
  ['size(object): integer', 'Number of members.'],
  ['text.size(): integer', 'Number of characters.'],
  ['list.size(): integer', 'Number of items.'],
  ['object.size(): integer', 'Number of members.'],
  ['text.contains(text): boolean', 'Whether the text has the other in it.'],
  ['text.startsWith(text): boolean', 'Whether the text begins with the other.'],
  ['text.endsWith(text): boolean', 'Whether the text ends with the other.'],
  ['text.like(text): boolean', 'Whether the text fits a pattern in which * stands for any characters.'],
  ['like(text, text): boolean', 'Whether the text fits a pattern in which * stands for any characters.'],
  ['text.indexOf(text): integer', 'Where the other begins, from 0; -1 where it is not in the text.'],
  ['text.indexOf(text, number): integer', 'Where the other begins at or after a position; -1 where it does not.'],
  ['text.lastIndexOf(text): integer', 'Where the other begins for the last time; -1 where it is not in the text.'],
  ['text.substring(number): text', 'The text from a position on.'],
  ['text.substring(number, number): text', 'The text from one position to before another.'],
  ['text.trim(): text', 'Without spaces at both ends.'],
  ['text.lower(): text', 'In small letters.'],
  ['text.upper(): text', 'In capital letters.'],
  ['text.lowerAscii(): text', 'In small letters.'],
  ['text.upperAscii(): text', 'In capital letters.'],
  ['lower(text): text', 'In small letters.'],
  ['upper(text): text', 'In capital letters.'],
  ['trim(text): text', 'Without spaces at both ends.'],
  ['text.replace(text, text): text', 'With every place of the first replaced by the second.'],
  ['text.split(text): texts', 'The parts between a separator.'],
  ['text.split(text, number): texts', 'The parts between a separator, so many at most.'],
  ['texts.join(): text', 'All in one text.'],
  ['texts.join(text): text', 'All in one text, with a separator.'],
  ['join(list, text): text', 'All in one text, with a separator; items are written as in a template.'],
  ['string(text): text', 'As text.'],
  ['string(number): text', 'As text.'],
  ['string(boolean): text', 'As text.'],
  ['string(time): text', 'As text.'],
  ['text(any): text', 'As it stands in a template: null is nothing, lists and objects are JSON.'],
  ['json(any): text', 'As JSON.'],
  ['int(number): integer', 'Without its decimal places.'],
  ['int(text): integer', 'The whole number that a text says.'],
  ['double(number): number', 'As a number.'],
  ['double(text): number', 'The number that a text says.'],
  ['bool(boolean): boolean', 'As true or false.'],
  ['bool(text): boolean', 'true for "true" and "1", false for "false" and "0".'],
  ['round(number): integer', 'The nearest whole number.'],
  ['round(number, number): number', 'Rounded to so many decimal places.'],
  ['floor(number): integer', 'The next whole number below.'],
  ['ceil(number): integer', 'The next whole number above.'],
  ['abs(number): number', 'Without its sign.'],
  ['min(number, number): number', 'The smaller one.'],
  ['max(number, number): number', 'The larger one.'],
  ['sum(list): number', 'All numbers of a list together.'],
  ['date(time): time', 'Reads 2026-01-31 or 2026-01-31T09:30:00Z; without a zone it is UTC.'],
  ['timestamp(text): time', 'Reads 2026-01-31T09:30:00Z.'],
  ['timestamp(number): time', 'The time so many seconds after the start of 1970.'],
  ['duration(text): duration', 'Reads 90s, 15m or 2h30m.'],
  [
    'daysBetween(time, time): integer',
    'Whole days from the first to the second; negative where the second is earlier.',
  ],
  ['dyn(any): any', 'Takes the value for one of any type.'],
  ...['FullYear', 'Month', 'Date', 'DayOfMonth', 'DayOfWeek', 'DayOfYear', 'Hours', 'Minutes', 'Seconds'].flatMap(
    (part): [string, string][] => [
      [
        `time.get${part}(): integer`,
        'That part of the time, in UTC. Months, days of the week and of the year count from 0.',
      ],
      [`time.get${part}(text): integer`, 'That part of the time in a zone such as "Europe/Paris".'],
    ],
  ),
  ['time.getMilliseconds(): integer', 'That part of the time.'],
  ...['Hours', 'Minutes', 'Seconds', 'Milliseconds'].map((part): [string, string] => [
    `duration.get${part}(): integer`,
    'The whole duration in that unit.',
  ]),
];

/** Forms that are no functions of values: they are checked one by one. Number of arguments by name. */
const macros: Record<string, { method: boolean; counts: number[]; text: string; help: string }> = {
  has: { method: false, counts: [1], text: 'has(x.y): boolean', help: 'Whether the member is there.' },
  map: { method: true, counts: [2, 3], text: 'list.map(x, …): list', help: 'Each item changed.' },
  filter: { method: true, counts: [2], text: 'list.filter(x, …): list', help: 'The items for which it is true.' },
  all: { method: true, counts: [2], text: 'list.all(x, …): boolean', help: 'Whether it is true for all items.' },
  exists: { method: true, counts: [2], text: 'list.exists(x, …): boolean', help: 'Whether it is true for an item.' },
  exists_one: {
    method: true,
    counts: [2],
    text: 'list.exists_one(x, …): boolean',
    help: 'Whether it is true for one.',
  },
  orValue: {
    method: true,
    counts: [1],
    text: 'x.?y.orValue(…): any',
    help: 'The value, or another where it is absent.',
  },
  or: { method: true, counts: [1], text: 'x.?y.or(x.?z): optional', help: 'The first of two that is there.' },
  hasValue: { method: true, counts: [0], text: 'x.?y.hasValue(): boolean', help: 'Whether the value is there.' },
  value: { method: true, counts: [0], text: 'x.?y.value(): any', help: 'The value; fails where it is absent.' },
  none: { method: true, counts: [0], text: 'optional.none(): optional', help: 'An absent value.' },
  of: {
    method: true,
    counts: [1],
    text: 'optional.of(…): optional',
    help: 'A value that may be used as an optional one.',
  },
};

function parse(text: string, help: string): Signature {
  const [, on = null, name, params, result] = /^(?:(\w+)\.)?(\w+)\((.*)\): (\w+)$/.exec(text) as unknown as string[];
  return {
    name: name as string,
    on: on as Param | null,
    params: (params as string).split(', ').filter((param) => param !== '') as Param[],
    result: result as Result,
    text,
    help,
  };
}

/** All functions with their signatures, in the order of the documents. */
export const signatures: Signature[] = written.map(([text, help]) => parse(text, help));

/** Every function and form of the language with what it does, for the editor and the documents. */
export const expressionFunctions: { text: string; help: string }[] = [
  ...signatures.map(({ text, help }) => ({ text, help })),
  ...Object.values(macros).map(({ text, help }) => ({ text, help })),
];

const byKey = new Map<string, Signature[]>();
for (const signature of signatures) {
  const key = `${signature.on === null ? '' : '.'}${signature.name}/${signature.params.length}`;
  byKey.set(key, [...(byKey.get(key) ?? []), signature]);
}

type Called = { name: string; method: boolean; count: number };

/** The ways in which a function may be called with so many arguments. */
export function signaturesOf({ name, method, count }: Called): Signature[] {
  return byKey.get(`${method ? '.' : ''}${name}/${count}`) ?? [];
}

/** Refuses a call of what does not exist, or with a wrong number of arguments. */
export function knownFunction(at: Range, called: Called): void {
  const { name, method, count } = called;
  const macro = Object.hasOwn(macros, name) ? macros[name] : undefined;
  if ((macro?.method === method && macro.counts.includes(count)) || signaturesOf(called).length > 0) return;
  if (name === 'matches')
    refuse(
      'EXPRESSION_TYPE',
      at,
      'matches is not available: a pattern may run for ever. Use text.like("*@example.com").',
    );
  const known = expressionFunctions.map(({ text }) => text).filter((text) => nameOf(text) === name);
  if (known.length > 0) refuse('EXPRESSION_TYPE', at, `${name} is not called like this. Use ${known.join(' or ')}.`);
  const names = [...new Set(expressionFunctions.map(({ text }) => nameOf(text)))].sort();
  refuse('UNKNOWN_VARIABLE', at, `There is no function ${name}. ${hintFor(name, names)}`);
}

function nameOf(text: string): string {
  return text.slice(0, text.indexOf('(')).split('.').at(-1) as string;
}
