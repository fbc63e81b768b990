import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import { compile } from '#nodes/core/compile/compile.ts';
import type { Diagnostic, DiagnosticCode } from '#nodes/core/diagnostics.ts';
import { type Graph, type GraphInput, graphSchema } from '#nodes/core/graph.ts';
import { commandOfFix } from './fix.ts';
import { createDocumentStore } from './store.ts';

type Node = Omit<GraphInput['nodes'][number], 'id' | 'version'> & { version?: number };

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
const fields = [
  { name: 'name', type: 'text' },
  { name: 'email', type: 'text' },
];
const start: Node = { type: 'trigger.manual', config: { fields } };
const page = { url: { kind: 'value', value: 'https://example.test' } } as const;
const mail = { to: expr('run.input.email'), subject: expr('"Hello"'), body: expr('run.input.name') };

function graphOf(nodes: Record<string, Node>, edges: string[], more: Partial<GraphInput> = {}): Graph {
  return graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: 'Broken',
    nodes: Object.entries(nodes).map(([id, node], n) => ({
      version: definitions.get(node.type)?.version ?? 1,
      position: { x: 244 * n, y: 0 },
      ...node,
      id,
    })),
    edges: edges.map((text) => {
      const [from = '', outcome = '', to = ''] = text.split(/\.| > /);
      return { id: text, from, outcome, to };
    }),
    ...more,
  });
}

/** A graph for each fix that the compiler offers, by the code of the finding that has it. */
const broken: Record<string, [DiagnosticCode, Graph]> = {
  'an edge to a node that is gone': ['UNKNOWN_NODE', graphOf({ start }, ['start.fired > gone'])],
  'an edge by a mistyped outcome': ['UNKNOWN_PORT', graphOf({ start, end: { type: 'output' } }, ['start.fried > end'])],
  'an edge by an outcome like no other': [
    'UNKNOWN_PORT',
    graphOf({ start, end: { type: 'output' } }, ['start.x > end']),
  ],
  'an edge into a trigger': [
    'EDGE_INTO_TRIGGER',
    graphOf({ start, end: { type: 'output' } }, ['start.fired > end', 'end.done > start']),
  ],
  'an edge twice': [
    'DUPLICATE_ID',
    graphOf(
      { start, end: { type: 'output' } },
      ['start.fired > end', 'start.fired  > end'].map((text) => text.replace('  ', ' ')),
      {
        edges: ['a', 'b'].map((id) => ({ id, from: 'start', outcome: 'fired', to: 'end' })),
      },
    ),
  ],
  'a node that nothing leads to': ['UNREACHABLE_NODE', graphOf({ start, end: { type: 'output' } }, [])],
  'a cycle': [
    'CYCLE_WITHOUT_LOOP',
    graphOf({ start, a: { type: 'output' }, b: { type: 'output' } }, ['start.fired > a', 'a.done > b', 'b.done > a']),
  ],
  'a body that is left': [
    'MAP_BODY_ESCAPES',
    graphOf(
      { start, m: { type: 'flow.map', inputs: { items: expr('[1]') } }, a: { type: 'output' }, b: { type: 'output' } },
      ['start.fired > m', 'm.each > a', 'm.done > b', 'a.done > b'],
    ),
  ],
  'an undo that undoes nothing': [
    'UNDO_MISPLACED',
    graphOf({ start, a: { type: 'output' } }, ['start.fired > a', 'a.undo > a']),
  ],
  'an input without a value': [
    'MISSING_BINDING',
    graphOf({ start, send: { type: 'email.send', inputs: { to: mail.to, body: mail.body } } }, ['start.fired > send']),
  ],
  'a value for an input that is gone': [
    'UNUSED_BINDING',
    graphOf({ start, end: { type: 'output', inputs: { old: expr('1') } } }, ['start.fired > end']),
  ],
  'a mistyped member': [
    'UNKNOWN_VARIABLE',
    graphOf({ start, send: { type: 'email.send', inputs: { ...mail, to: expr('run.input.emial') } } }, [
      'start.fired > send',
    ]),
  ],
  'a mistyped member in a template': [
    'UNKNOWN_VARIABLE',
    graphOf(
      {
        start,
        send: {
          type: 'email.send',
          inputs: { ...mail, body: { kind: 'template', template: 'Dear {{ run.input.nmae }}' } },
        },
      },
      ['start.fired > send'],
    ),
  ],
  'a mistyped name in a configuration': [
    'UNKNOWN_VARIABLE',
    graphOf(
      {
        start,
        ask: {
          type: 'human.approval',
          config: { fields: [{ name: 'body' }], riskRules: [{ name: 'Long', when: 'bdoy.size() > 9', add: 0.5 }] },
          inputs: { body: mail.body },
        },
      },
      ['start.fired > ask'],
    ),
  ],
  'a node that may not have run': [
    'MAY_NOT_HAVE_RUN',
    graphOf(
      {
        start,
        if: { type: 'flow.branch', inputs: { condition: expr('true') } },
        get: { type: 'http.request', inputs: page },
        end: {
          type: 'output',
          config: { fields: [{ name: 'status', type: 'integer' }] },
          inputs: { status: expr('nodes.get.status') },
        },
      },
      ['start.fired > if', 'if.true > get', 'get.ok > end', 'if.false > end'],
    ),
  ],
  'a member that may be absent': [
    'EXPRESSION_TYPE',
    graphOf(
      {
        start: { type: 'trigger.manual', config: { fields: [{ name: 'name', type: 'text', required: false }] } },
        end: {
          type: 'output',
          config: { fields: [{ name: 'value', type: 'text' }] },
          inputs: { value: expr('run.input.name') },
        },
      },
      ['start.fired > end'],
    ),
  ],
  'a disabled node that is read': [
    'READS_DISABLED',
    graphOf(
      {
        start,
        get: { type: 'http.request', inputs: page, disabled: true },
        end: {
          type: 'output',
          config: { fields: [{ name: 'status', type: 'integer' }] },
          inputs: { status: expr('nodes.get.status') },
        },
      },
      ['start.fired > get', 'get.ok > end'],
    ),
  ],
  'a disabled node': [
    'NODE_DISABLED',
    graphOf({ start, end: { type: 'output', disabled: true } }, ['start.fired > end']),
  ],
  'a failure that nothing handles': [
    'ERROR_NOT_HANDLED',
    graphOf({ start, send: { type: 'email.send', inputs: mail } }, ['start.fired > send']),
  ],
  'an action that nothing guards': [
    'UNSAFE_WRITE_UNGATED',
    graphOf({ start, send: { type: 'email.send', inputs: mail }, end: { type: 'output' } }, [
      'start.fired > send',
      'send.sent > end',
    ]),
  ],
  'untrusted text in an action': [
    'UNTRUSTED_UNSAFE_WRITE',
    graphOf(
      {
        start,
        get: { type: 'http.request', inputs: page },
        send: {
          type: 'email.send',
          inputs: { ...mail, body: expr('string(nodes.get.status) + json(nodes.get.body)') },
        },
        end: {
          type: 'output',
          config: { fields: [{ name: 'id', type: 'text' }] },
          inputs: { id: expr('nodes.send.messageId') },
        },
      },
      ['start.fired > get', 'get.ok > send', 'send.sent > end'],
    ),
  ],
};

const find = (graph: Graph, code: DiagnosticCode): Diagnostic | undefined =>
  compile(graph, definitions).diagnostics.find((one) => one.code === code && one.fix);

describe('a fix is one edit that can be undone, and then what it mends is gone', () => {
  test.each(Object.entries(broken))('%s', (_, [code, graph]) => {
    const finding = find(graph, code);
    expect(finding?.fix, JSON.stringify(compile(graph, definitions).diagnostics)).toBeDefined();
    const document = createDocumentStore(graph);
    const command = commandOfFix(finding!.fix!.change, graph);
    expect(command && document.dispatch(command)).toBe(true);
    const { graph: mended, past } = document.store.getState();
    expect(past).toHaveLength(1);
    expect(graphSchema.parse(mended)).toEqual(mended);
    const after = compile(mended, definitions).diagnostics;
    const same = after.filter(
      (one) => one.code === code && one.nodeId === finding!.nodeId && one.field === finding!.field,
    );
    expect(same.filter(({ edgeId }) => edgeId === finding!.edgeId)).toEqual([]);
    document.undo();
    expect(JSON.stringify(document.store.getState().graph)).toBe(JSON.stringify(graph));
  });

  /** Every graph that comes with the language, broken or good, with every finding of it that has a fix. */
  const folder = path.join(import.meta.dirname, '../../../nodes/core/fixtures');
  const files = ['broken', 'good'].flatMap((kind) =>
    readdirSync(path.join(folder, kind))
      .filter((file) => file !== 'index.json')
      .map((file) => path.join(kind, file)),
  );
  test.each(files)('every fix in %s', (file) => {
    const read = compile(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), definitions);
    if (!read.graph) return;
    for (const { fix, ...finding } of read.diagnostics) {
      if (!fix) continue;
      const document = createDocumentStore(read.graph);
      const command = commandOfFix(fix.change, read.graph);
      expect(command && document.dispatch(command), fix.title).toBe(true);
      const after = compile(document.store.getState().graph, definitions).diagnostics;
      expect(after.map(({ fix: _, ...one }) => one)).not.toContainEqual(finding);
    }
  });

  it('an approval shows what the action would get, gives it what was approved, and makes room', () => {
    const [code, graph] = broken['untrusted text in an action']!;
    const document = createDocumentStore(graph);
    document.dispatch(commandOfFix(find(graph, code)!.fix!.change, graph)!);
    const { graph: mended, past } = document.store.getState();
    expect(past[0]?.label).toBe('Put an approval before it');
    const [send, approval] = ['send', 'approval'].map((id) => mended.nodes.find((node) => node.id === id)!);
    expect(approval).toMatchObject({ type: 'human.approval', position: { x: 488 }, inputs: { to: mail.to } });
    expect(send).toMatchObject({ position: { x: 732 }, inputs: { to: expr('nodes.approval.to') } });
    expect(mended.nodes.find(({ id }) => id === 'end')?.position.x).toBe(976);
    expect(mended.edges.map(({ from, outcome, to }) => `${from}.${outcome} > ${to}`).sort()).toEqual([
      'approval.approved > send',
      'get.ok > approval',
      'send.sent > end',
      'start.fired > get',
    ]);
    expect(compile(mended, definitions).diagnostics.map((one) => one.code)).toEqual(['ERROR_NOT_HANDLED']);
  });

  it('of what is gone by now nothing is left to mend', () => {
    const graph = graphOf({ start }, []);
    expect(commandOfFix({ kind: 'set-outcome', edgeId: 'gone', outcome: 'ok' }, graph)).toBeNull();
    expect(commandOfFix({ kind: 'put-approval', nodeId: 'gone', fields: [] }, graph)).toBeNull();
  });
});
