import type { Binding } from '#nodes/core/graph.ts';

/** Where an input's value came from: titles of nodes, "run input", "item of …", or that it was fixed. */
export type Origin = { kind: 'node'; id: string } | { kind: 'run-input' } | { kind: 'item' } | { kind: 'fixed' };

const member = /\bnodes\s*\.\s*\??\s*([A-Za-z_]\w*)/g;
const indexed = /\bnodes\s*\[\s*\??\s*["']([A-Za-z_]\w*)["']\s*\]/g;

/** Reads the origins of an input from its binding: what the expression refers to, each once, in order. */
export function originsOf(binding: Binding): Origin[] {
  if (binding.kind === 'value') return [{ kind: 'fixed' }];
  const text = expressionsOf(binding);
  const ids = [...text.matchAll(member), ...text.matchAll(indexed)].map((match) => match[1] ?? '');
  const origins: Origin[] = [...new Set(ids)].map((id) => ({ kind: 'node', id }));
  if (/\brun\s*\.\s*\??\s*input\b/.test(text)) origins.push({ kind: 'run-input' });
  if (/(^|[^.\w])(item|index)\b/.test(text)) origins.push({ kind: 'item' });
  return origins.length > 0 ? origins : [{ kind: 'fixed' }];
}

/** "from Quote gone quiet, run input": the origins in words. `titleOf` names a node by its id. */
export function originText(binding: Binding | undefined, titleOf: (id: string) => string): string {
  if (!binding) return 'default';
  return originsOf(binding)
    .map((origin) => {
      switch (origin.kind) {
        case 'node':
          return titleOf(origin.id);
        case 'run-input':
          return 'run input';
        case 'item':
          return 'the item';
        case 'fixed':
          return 'fixed value';
        default:
          return origin satisfies never;
      }
    })
    .join(', ');
}

function expressionsOf(binding: Exclude<Binding, { kind: 'value' }>): string {
  switch (binding.kind) {
    case 'expr':
      return binding.expr;
    case 'template':
      return expressionsIn(binding.template);
    case 'prompt':
      return Object.values(binding.values).join(' ; ');
  }
}

function expressionsIn(template: string): string {
  return [...template.matchAll(/\{\{(.*?)\}\}/gs)].map((match) => match[1]).join(' ; ');
}
