import type { GraphInput } from '#nodes/core/graph.ts';

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;

/** Asks a name, asks the operator, sends a mail: the smallest pipeline with a gate and an effect. */
export function greeting(name = 'Greeting'): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: [
      {
        id: 'start',
        type: 'trigger.manual',
        version: 1,
        config: {
          fields: [
            { name: 'person', title: 'Person', type: 'text' },
            { name: 'days', type: 'integer', default: 30 },
          ],
        },
      },
      {
        id: 'approve',
        type: 'human.approval',
        version: 1,
        title: 'Ask before greeting',
        config: { title: 'Send greeting', fields: [{ name: 'body', type: 'multiline' }] },
        inputs: {
          about: expr('run.input.person'),
          body: { kind: 'template', template: 'Dear {{ run.input.person }}' },
        },
      },
      {
        id: 'send',
        type: 'email.send',
        version: 1,
        title: 'Send the greeting',
        inputs: {
          to: { kind: 'value', value: 'ann@example.test' },
          subject: { kind: 'value', value: 'Hello' },
          body: expr('nodes.approve.body'),
        },
      },
      {
        id: 'done',
        type: 'output',
        version: 1,
        config: { fields: [{ name: 'messageId', type: 'text' }] },
        inputs: { messageId: expr('nodes.send.messageId') },
      },
    ],
    edges: [
      { id: 'e1', from: 'start', outcome: 'fired', to: 'approve' },
      { id: 'e2', from: 'approve', outcome: 'approved', to: 'send' },
      { id: 'e3', from: 'send', outcome: 'sent', to: 'done' },
    ],
  };
}

/** Starts when another program calls, and answers what it was sent. */
export function hooked(): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name: 'Hooked',
    nodes: [
      { id: 'hook', type: 'trigger.webhook', version: 1 },
      {
        id: 'done',
        type: 'output',
        version: 1,
        config: { fields: [{ name: 'body', type: 'any' }] },
        inputs: { body: expr('run.input.body') },
      },
    ],
    edges: [{ id: 'e1', from: 'hook', outcome: 'fired', to: 'done' }],
  };
}
