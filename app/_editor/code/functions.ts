import type { Completion } from '@codemirror/autocomplete';
import { expressionFunctions } from '#nodes/core/cel/signatures.ts';

const all = expressionFunctions.map(({ text, help }) => {
  const [, owner, name, signature] = /^(?:(.+)\.)?(\w+)(\(.*)$/.exec(text) as unknown as [
    string,
    string?,
    string?,
    string?,
  ];
  return { method: owner !== undefined, name: name ?? text, signature: signature ?? '', help };
});

/** The functions of the language: those that follow a dot, or those that stand alone. One entry per name. */
export function functionSuggestions(method: boolean): Completion[] {
  const byName = new Map<string, Completion>();
  for (const one of all)
    if (one.method === method && !byName.has(one.name))
      byName.set(one.name, { label: one.name, detail: one.signature, info: one.help, apply: `${one.name}(` });
  return [...byName.values()];
}
