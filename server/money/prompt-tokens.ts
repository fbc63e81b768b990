import { evaluateInputs, type ScopeValues } from '#nodes/core/bindings.ts';
import type { ResolvedBinding } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { State } from '#nodes/core/program.ts';
import { parseTemplate } from '#nodes/core/templates.ts';
import { countTokens } from '#server/models/openai/count-tokens.ts';

/** Tokens that a value which nobody knows yet adds to a prompt: half of them add at most the first, nine of ten the second. */
const unknown = { p50: 60, p90: 400 };

/**
 * Tokens of what a model node would send. `exact`: its inputs could be evaluated with what is known before the run; else
 * the fixed text of its bindings is counted, and for each value in it something that is usual.
 */
export async function promptTokens(
  state: Pick<State, 'inputs' | 'inputTypes' | 'config' | 'reads'>,
  known: ScopeValues | null,
): Promise<{ p50: number; p90: number; exact: boolean }> {
  const fixed = await count([...textsIn(state.config), ...schemaTexts(state.config)]);
  const inputs =
    known && state.reads.every((read) => Object.hasOwn(known.nodes, read)) ? evaluated(state, known) : null;
  if (inputs) {
    const all = fixed + (await count(textsIn(inputs)));
    return { p50: all, p90: all, exact: true };
  }
  const parts = Object.values(state.inputs).map(partsOf);
  const holes = parts.reduce((sum, part) => sum + part.holes, 0);
  const text = fixed + (await count(parts.flatMap((part) => part.texts)));
  return { p50: text + holes * unknown.p50, p90: text + holes * unknown.p90, exact: false };
}

/** Null where an input depends on what only a run knows, such as its time or an item. */
function evaluated(state: Pick<State, 'inputs' | 'inputTypes'>, known: ScopeValues): JsonObject | null {
  try {
    return evaluateInputs(state, known);
  } catch {
    return null;
  }
}

async function count(texts: string[]): Promise<number> {
  if (texts.length === 0) return 0;
  return (
    await countTokens(
      texts.map((content) => ({ role: 'user', content })),
      '',
    )
  ).inputTokens;
}

/** Texts that a configuration or its inputs put into a prompt: the instructions, and whatever is bound. */
function textsIn(values: JsonObject): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    name === 'model' || value === null || value === '' ? [] : typeof value === 'string' ? [value] : bound(name, value),
  );
}

function bound(name: string, value: Json): string[] {
  return name === 'output' || typeof value !== 'object' ? [] : [JSON.stringify(value)];
}

/** A shape of the answer is sent twice: as words, and as what the answer must satisfy. */
function schemaTexts({ output }: JsonObject): string[] {
  const schema = typeof output === 'object' && output !== null && !Array.isArray(output) ? output.schema : undefined;
  return schema === undefined ? [] : [JSON.stringify(schema), JSON.stringify(schema)];
}

function partsOf(binding: ResolvedBinding): { texts: string[]; holes: number } {
  switch (binding.kind) {
    case 'value':
      return { texts: typeof binding.value === 'string' ? [binding.value] : [JSON.stringify(binding.value)], holes: 0 };
    case 'expr':
      return { texts: [...binding.expr.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text), holes: 1 };
    case 'template': {
      const parsed = parseTemplate(binding.template);
      const parts = parsed.ok ? parsed.parts : [];
      return {
        texts: parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])),
        holes: parts.filter(({ kind }) => kind === 'expr').length,
      };
    }
  }
}
