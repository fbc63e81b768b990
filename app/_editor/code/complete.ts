import { describeType, isNullable, type Type } from '#nodes/core/types.ts';

export type Variables = Record<string, Type>;
/** One thing that may stand at the cursor. `apply` is what is written, where it is not the label. */
export type Suggestion = { label: string; detail: string; apply?: string; kind: 'member' | 'variable' };
export type Suggestions = { from: number; options: Suggestion[] };

const path = /(?:[A-Za-z_]\w*|\?)(?:\.\??[A-Za-z_]\w*|\[\s*"[^"]*"\s*\]|\[\s*\d+\s*\])*\.?\??[A-Za-z_\w]*$/;

/** What may be written at the end of `before` (an expression up to the cursor). Null: nothing, e.g. inside a string. */
export function suggestionsFor(before: string, variables: Variables): Suggestions | null {
  if (insideString(before)) return null;
  const written = path.exec(before)?.[0] ?? '';
  const cut = Math.max(written.lastIndexOf('.'), written.lastIndexOf('?'));
  const typed = written.slice(cut + 1);
  const from = before.length - typed.length;
  if (cut < 0) {
    if (!/^[A-Za-z_]?\w*$/.test(typed)) return null;
    return { from, options: Object.entries(variables).map(([name, type]) => suggestion(name, type, 'variable')) };
  }
  const optional = written[cut] === '?';
  const owner = typeAt(written.slice(0, optional ? cut - 1 : cut), variables);
  if (!owner) return null;
  return { from, options: membersOf(owner, optional) };
}

/** The part of a template that is an expression and holds the cursor, up to it; null: the cursor is in the text. */
export function expressionBefore(template: string, cursor: number): { text: string; start: number } | null {
  const before = template.slice(0, cursor);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before.indexOf('}}', open) >= 0) return null;
  return { text: before.slice(open + 2), start: open + 2 };
}

function membersOf(owner: Type, optional: boolean): Suggestion[] {
  if (owner.type !== 'object') return [];
  return Object.entries(owner.properties).map(([name, type]) => {
    const absent = !owner.required.includes(name);
    const option = suggestion(name, type, 'member');
    if (!absent) return option;
    return { ...option, detail: `${option.detail}, may be absent`, ...(optional ? {} : { apply: `?${name}` }) };
  });
}

function suggestion(name: string, type: Type, kind: Suggestion['kind']): Suggestion {
  return { label: name, detail: describeType(type), kind };
}

/** The type that a path such as `nodes.?draft.items[0]` reads; null where it leads nowhere. */
export function typeAt(text: string, variables: Variables): Type | null {
  const steps = [...text.matchAll(/[A-Za-z_]\w*|\[\s*"([^"]*)"\s*\]|\[\s*\d+\s*\]/g)];
  let type: Type | null = null;
  for (const [index, step] of steps.entries()) {
    const name = step[1] ?? step[0];
    if (index === 0) type = Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
    else type = memberType(type, name);
    if (!type) return null;
  }
  return type;
}

function memberType(owner: Type | null, name: string): Type | null {
  const type = owner ? withoutNull(owner) : null;
  if (type?.type === 'array' && name.startsWith('[')) return type.items;
  if (type?.type !== 'object') return null;
  const member = Object.hasOwn(type.properties, name) ? type.properties[name] : type.additional;
  return member ? withoutNull(member) : null;
}

function withoutNull(type: Type): Type {
  if (type.type !== 'union' || !isNullable(type)) return type;
  const rest = type.of.filter((member) => member.type !== 'null');
  return rest.length === 1 && rest[0] ? rest[0] : { type: 'union', of: rest };
}

function insideString(before: string): boolean {
  let quote = '';
  for (let at = 0; at < before.length; at++) {
    const letter = before[at] as string;
    if (quote === '') quote = letter === '"' || letter === "'" ? letter : '';
    else if (letter === '\\') at++;
    else if (letter === quote) quote = '';
  }
  return quote !== '';
}
