import type { Binding, Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';

const secretName =
  /^(authorization|proxy-?authorization|cookie|set-?cookie)$|password|passwd|secret|api[-_]?key|(access|auth|bearer|refresh)[-_]?token/i;
const credentialsInUrl = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{1,200}:[^\s/@]{1,200}@/gi;

/**
 * A graph without what should not leave the house: literal values of members that are named like a secret, and
 * credentials in URLs, are emptied. Answers where, so that whoever imports it knows what to fill in.
 */
export function withoutSecrets(graph: Graph): { graph: Graph; emptied: string[] } {
  const emptied: string[] = [];
  const nodes = graph.nodes.map((node): GraphNode => {
    const strip = (value: Json, at: string): Json => stripped(value, at, { secret: false, emptied });
    return {
      ...node,
      config: strip(node.config, `${node.id}.config`) as JsonObject,
      inputs: Object.fromEntries(
        Object.entries(node.inputs).map(([name, binding]) => [
          name,
          strippedBinding(binding, { at: `${node.id}.inputs.${name}`, secret: secretName.test(name), emptied }),
        ]),
      ),
    };
  });
  const prompts = graph.prompts?.map((prompt) => {
    const text = String(stripped(prompt.text, `prompts.${prompt.id}`, { secret: false, emptied }));
    return { ...prompt, text };
  });
  if (emptied.length === 0) return { graph, emptied };
  return { graph: { ...graph, nodes, ...(prompts ? { prompts } : {}) }, emptied };
}

type Found = { secret: boolean; emptied: string[] };

function strippedBinding(binding: Binding, { at, ...found }: Found & { at: string }): Binding {
  switch (binding.kind) {
    case 'value':
      return { kind: 'value', value: stripped(binding.value, at, found) };
    case 'template': {
      // A template that computes something is no literal secret.
      const secret = found.secret && !binding.template.includes('{{');
      return { kind: 'template', template: String(stripped(binding.template, at, { ...found, secret })) };
    }
    case 'expr':
    case 'prompt':
      return binding;
  }
}

function stripped(value: Json, at: string, found: Found): Json {
  if (typeof value === 'string') {
    const kept = found.secret ? '' : value.replace(credentialsInUrl, '$1');
    if (kept !== value) found.emptied.push(at);
    return kept;
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item, index) => stripped(item, `${at}[${index}]`, found));
  // A row of a list of headers says in `name` what its `value` is.
  const named = typeof value.name === 'string' && secretName.test(value.name) ? 'value' : null;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      stripped(member, `${at}.${name}`, { ...found, secret: found.secret || name === named || secretName.test(name) }),
    ]),
  );
}
