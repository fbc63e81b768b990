import type { Binding, ResolvedBinding } from '#nodes/core/graph.ts';

const member = /\bitem(?:\.\??([A-Za-z_]\w*)(?!\w*\()|\[\??\s*["']([^"']+)["']\s*\])/g;

function textOf(binding: ResolvedBinding): string {
  if (binding.kind === 'expr') return binding.expr;
  return binding.kind === 'template' ? binding.template : '';
}

/** The members of the item at hand that bindings read, by name: what an item of a table that nobody listed must have. */
export function namesRead(bindings: Record<string, Binding>): string[] {
  const texts = Object.values(bindings).map((binding) =>
    binding.kind === 'prompt' ? Object.values(binding.values).join('\n') : textOf(binding),
  );
  const names = texts.flatMap((text) => [...text.matchAll(member)].map(([, name, quoted]) => name ?? quoted ?? ''));
  return [...new Set(names)].filter((name) => name !== '').sort();
}
