import type { GraphInput } from '#nodes/core/graph.ts';

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
const template = (text: string) => ({ kind: 'template', template: text }) as const;

/** Greets a person, goes through names, and notes something only where there is time: everything that a field can read. */
export const greeting: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Greeting',
  nodes: [
    {
      id: 'start',
      type: 'trigger.manual',
      version: 1,
      config: {
        fields: [
          { name: 'person', type: 'text' },
          { name: 'email', type: 'email' },
          { name: 'days', type: 'integer', default: 30 },
          { name: 'names', type: 'text' },
        ],
      },
      position: { x: 0, y: 0 },
    },
    {
      id: 'check',
      type: 'policy.check',
      version: 1,
      title: 'May we write?',
      config: {
        fields: [{ name: 'days', type: 'number' }],
        rules: [{ name: 'Too soon', when: 'days < 7', effect: 'deny' }],
        default: 'allow',
      },
      inputs: { days: expr('run.input.days') },
      position: { x: 244, y: 0 },
    },
    {
      id: 'greet',
      type: 'email.send',
      version: 1,
      title: 'Send the greeting',
      inputs: {
        to: expr('run.input.email'),
        subject: template('Hello {{ run.input.person }}'),
        body: template('Dear {{ run.input.person }},\n\nit has been {{ run.input.days }} days.'),
      },
      position: { x: 488, y: 0 },
    },
    {
      id: 'each',
      type: 'flow.map',
      version: 1,
      title: 'Each name',
      config: { maxItems: 100 },
      inputs: { items: expr('run.input.names.split(",")') },
      position: { x: 732, y: 0 },
    },
    {
      id: 'save',
      type: 'entity.upsert',
      version: 1,
      title: 'Save the person',
      config: { entityType: 'person' },
      inputs: { key: expr('item'), data: expr('{"name": item, "place": index}') },
      position: { x: 976, y: 152 },
    },
    {
      id: 'long',
      type: 'flow.branch',
      version: 1,
      title: 'Long ago?',
      inputs: { condition: expr('run.input.days > 10') },
      position: { x: 976, y: 0 },
    },
    {
      id: 'note',
      type: 'entity.upsert',
      version: 1,
      title: 'Note it',
      config: { entityType: 'note' },
      inputs: { key: expr('run.input.email'), data: expr('{"days": run.input.days}') },
      position: { x: 1220, y: 0 },
    },
    {
      id: 'result',
      type: 'output',
      version: 1,
      config: { fields: [{ name: 'sent' }, { name: 'noted' }] },
      inputs: { sent: expr('nodes.greet.messageId'), noted: expr('nodes.?note.?key.orValue("")') },
      position: { x: 1464, y: 0 },
    },
  ],
  edges: [
    { id: 'e1', from: 'start', outcome: 'fired', to: 'check' },
    { id: 'e2', from: 'check', outcome: 'pass', to: 'greet' },
    { id: 'e3', from: 'greet', outcome: 'sent', to: 'each' },
    { id: 'e4', from: 'each', outcome: 'each', to: 'save' },
    { id: 'e5', from: 'each', outcome: 'done', to: 'long' },
    { id: 'e6', from: 'long', outcome: 'true', to: 'note' },
    { id: 'e7', from: 'long', outcome: 'false', to: 'result' },
    { id: 'e8', from: 'note', outcome: 'ok', to: 'result' },
  ],
};
