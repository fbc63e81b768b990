import { describe, expect, test } from 'vitest';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { findings, reader } from '../testing/nodes-of.ts';
import { compile } from './compile.ts';

const agent = (result = 'nodes.x.text') => ({
  type: 'agent',
  inputs: { aim: expr('run.input.name'), result: expr(result) },
});
const edges = ['go.fired > a', 'a.each > x', 'a.done > z', 'a.limit > z'];
const worked = (nodes: Parameters<typeof graphOf>[0] = {}, more: string[] = []) =>
  graphOf({ go: 'start', a: agent(), x: 'task', z: 'task', ...nodes }, [...edges, ...more]);

test('the tools of an agent are its body: bounded, and what each gives is taken at its end', () => {
  const { program } = compile(worked(), testDefinitions);
  expect(program?.states.a).toMatchObject({
    kind: 'agent',
    inputs: { aim: { expr: 'run.input.name' } },
    body: { arc: { start: ['x'] }, result: { expr: 'nodes.x.text' }, again: null, maxItems: 9, tolerates: null },
    arcs: { done: { arrivals: [{ join: 'z' }] }, limit: { arrivals: [{ join: 'z' }] } },
  });
  expect(program?.states.x?.scope).toBe('a');
});

test('a tool reads what it was asked, with the type that the agent says', () => {
  expect(findings(worked({ x: reader('item.tool') }))).toEqual([]);
  expect(findings(worked({ x: reader('item.nothing') }))[0]?.at).toBe('UNKNOWN_VARIABLE x inputs.in');
  const unknown = { odd: { type: 'odd' }, o: reader('item.whatever') };
  expect(findings(worked(unknown, ['go.fired > odd', 'odd.each > o'])).filter(({ at }) => at.includes(' o '))).toEqual(
    [],
  );
});

test('what comes after an agent reads its answer, not its tools', () => {
  expect(findings(worked({ z: reader('nodes.a.text') }))).toEqual([]);
  const [finding] = findings(worked({ z: reader('nodes.x.text') }));
  expect(finding?.message).toContain('"x" is a tool of "a". Read what "a" gives');
});

test('a tool that leads out of its agent is found', () => {
  const [finding] = findings(worked({}, ['x.ok > z']));
  expect(finding).toMatchObject({ at: 'MAP_BODY_ESCAPES x undefined' });
  expect(finding?.message).toContain('runs as a tool of "a"');
});

test('an agent whose limit leads nowhere is told of', () => {
  const graph = graphOf({ go: 'start', a: agent(), x: 'task' }, ['go.fired > a', 'a.each > x']);
  expect(findings(graph)).toMatchObject([
    { at: 'LIMIT_NOT_HANDLED a undefined', message: expect.stringContaining('number of turns or tool calls') },
  ]);
});

describe('an action that cannot be taken back, as a tool', () => {
  const codes = (nodes: Parameters<typeof graphOf>[0], more: string[]) =>
    findings(worked(nodes, more)).map(({ at }) => at.split(' ').slice(0, 2).join(' '));

  test('needs a gate among the tools, even where it reads nothing of the model', () => {
    expect(codes({ s: 'send' }, ['x.ok > s'])).toContain('AGENT_WRITE_UNGATED s');
    expect(codes({ p: 'policy', s: 'send' }, ['x.ok > p', 'p.approved > s'])).not.toContain('AGENT_WRITE_UNGATED s');
  });

  test('is not guarded by who passed before the agent began', () => {
    const graph = graphOf({ go: 'start', p: 'approve', a: agent(), x: 'task', s: 'send' }, [
      'go.fired > p',
      'p.approved > a',
      'a.each > x',
      'x.ok > s',
    ]);
    expect(findings(graph).map(({ at }) => at)).toContain('AGENT_WRITE_UNGATED s undefined');
  });

  test('needs a person where it takes what the model wrote', () => {
    const sends = {
      type: 'send',
      config: { inputs: { in: { type: { type: 'string' } } } },
      inputs: { in: expr('item.tool') },
    };
    expect(codes({ p: 'policy', s: sends }, ['x.ok > p', 'p.approved > s'])).toContain('UNTRUSTED_UNSAFE_WRITE s');
    expect(codes({ p: 'approve', s: sends }, ['x.ok > p', 'p.approved > s'])).not.toContain('UNTRUSTED_UNSAFE_WRITE s');
  });

  test('is looked for within what a tool repeats, too', () => {
    const each = { type: 'map', inputs: { items: expr('[1]') } };
    expect(codes({ m: each, s: 'send' }, ['x.ok > m', 'm.each > s'])).toContain('AGENT_WRITE_UNGATED s');
  });
});
