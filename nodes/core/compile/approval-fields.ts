import type { InputSpec } from '../define-node.ts';
import type { ApprovalField } from '../diagnostics.ts';
import type { GraphNode } from '../graph.ts';
import type { Type } from '../types.ts';

/** Names that an approval has for itself: its own input, and the members that say how it was decided. */
const taken = ['about', 'decision', 'edited', 'by', 'reason'];

/** What an approval before a node shows and lets through: all that is bound to the node's inputs. */
export function approvalFields(node: GraphNode, inputs: Record<string, InputSpec>): ApprovalField[] {
  const names = new Set(taken);
  const bound = Object.entries(inputs).filter(
    ([input]) => Object.hasOwn(node.inputs, input) && !isNothing(node.inputs[input]),
  );
  return bound.map(([input, { title, type }]) => ({
    input,
    name: freeName(input, names),
    title,
    type: fieldType(type),
  }));
}

function isNothing(binding: GraphNode['inputs'][string] | undefined): boolean {
  return binding?.kind === 'value' && binding.value === null;
}

/** An identifier like the input's name that no other field bears. */
function freeName(input: string, names: Set<string>): string {
  const plain = input
    .replace(/\W/g, '_')
    .replace(/^(?=\d|$)/, '_')
    .slice(0, 56);
  let name = plain;
  for (let n = 2; names.has(name); n += 1) name = `${plain}_${n}`;
  names.add(name);
  return name;
}

/** The kind of field that takes all that the input takes and gives no less; `any` where only the value tells. */
function fieldType(type: Type): ApprovalField['type'] {
  switch (type.type) {
    case 'string':
      if (type.enum || type.format === 'file') return 'any';
      return type.format === 'multiline' ? 'multiline' : 'text';
    case 'number':
    case 'boolean':
      return type.type;
    default:
      return 'any';
  }
}
