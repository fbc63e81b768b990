import { readableConfig } from '#app/_canvas/card-model.ts';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import { bindingSchema } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { configFields } from '../../inspector/schema/field.ts';

const names: Record<string, string> = {
  id: 'Id',
  type: 'Node type',
  version: 'Version of the node type',
  title: 'Title',
  retry: 'Retries',
  timeoutMs: 'Time limit',
  onFailure: 'After a failure',
  disabled: 'Passed over',
  comment: 'Comment',
  variables: 'Variables',
  text: 'Text',
  size: 'Size',
  nodes: 'Nodes',
  notes: 'Notes',
  name: 'Name',
  description: 'Description',
  from: 'From',
  outcome: 'Outcome',
  to: 'To',
  'settings.timeoutMs': 'Time limit of a run',
  'settings.onFailure': 'After a failure',
  'settings.thresholds': 'Failures in a row',
};

/** What a changed member is called where it is edited, and the rest of its path: `Rules`, `[2].when`. */
export function fieldName(path: string, declaration: AnyNodeDeclaration | undefined): { title: string; rest: string } {
  const [, area = '', name = '', tail = ''] = /^(config|inputs|settings)\.([^.[]+)(.*)$/.exec(path) ?? [];
  if (area === 'config') return { title: configTitle(name, declaration), rest: tail };
  if (area === 'inputs') return { title: inputTitle(name, declaration), rest: tail };
  if (area === 'settings') return { title: names[`settings.${name}`] ?? name, rest: tail };
  const [, head = path, rest = ''] = /^([^.[]+)(.*)$/.exec(path) ?? [];
  return { title: names[head] ?? head, rest };
}

function configTitle(name: string, declaration: AnyNodeDeclaration | undefined): string {
  return (declaration && configFields(declaration).find((field) => field.name === name)?.title) || name;
}

function inputTitle(name: string, declaration: AnyNodeDeclaration | undefined): string {
  if (!declaration) return name;
  return declaration.inputs(readableConfig(declaration, {}))[name]?.title ?? name;
}

/** A value as it is read: text as text, a binding as it is written, anything else as JSON. Null: there is none. */
export function valueText(value: Json | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  const binding = bindingSchema.safeParse(value);
  if (!binding.success) return JSON.stringify(value, null, 2);
  switch (binding.data.kind) {
    case 'expr':
      return `= ${binding.data.expr}`;
    case 'template':
      return binding.data.template;
    case 'prompt': {
      const values = Object.entries(binding.data.values).map(([name, expr]) => `${name} = ${expr}`);
      return [`Prompt ${binding.data.prompt}`, ...values].join('\n');
    }
    case 'value':
      return valueText(binding.data.value);
  }
}
