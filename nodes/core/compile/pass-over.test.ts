import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GraphInput } from '../graph.ts';
import { simulate } from '../simulate.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { graphOf } from '../testing/graph-of.ts';
import { branch, json, map, reader } from '../testing/nodes-of.ts';
import { randomGraph, seeded } from '../testing/random-graph.ts';
import { done, ran, run } from '../testing/simulated.ts';
import { t } from '../types.ts';
import { compile } from './compile.ts';
import { proposeBindings, resultScopeAt, scopeAt } from './inspect.ts';

/** The graph with some nodes disabled. */
const without = (graph: GraphInput, ...ids: string[]): GraphInput => ({
  ...graph,
  nodes: graph.nodes.map((node) => (ids.includes(node.id) ? { ...node, disabled: true } : node)),
});
const compiled = (graph: GraphInput) => compile(graph, testDefinitions);
const programOf = (graph: GraphInput) => {
  const { program, diagnostics } = compiled(graph);
  if (program) return program;
  throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
};
const found = (graph: GraphInput) =>
  compiled(graph).diagnostics.map(({ code, nodeId, field }) => [code, nodeId, field].filter(Boolean).join(' '));
const chain = graphOf({ go: 'start', a: 'task', b: 'task', c: 'task' }, ['go.fired > a', 'a.ok > b', 'b.ok > c']);

describe('a disabled node is passed over', () => {
  test('what comes before it goes on with what follows its main outcome', () => {
    const program = programOf(without(chain, 'b'));
    expect(Object.keys(program.states)).toEqual(['a', 'c', 'go']);
    expect(ran(run(program))).toEqual(['a', 'c', 'go']);
  });

  test('several in a row too, to the end of the run', () => {
    expect(ran(run(programOf(without(chain, 'a', 'b'))))).toEqual(['c', 'go']);
    expect(ran(run(programOf(without(chain, 'a', 'b', 'c'))))).toEqual(['go']);
  });

  test('the program is that of the graph without it', () => {
    const drawn = graphOf({ go: 'start', a: 'task', c: 'task' }, ['go.fired > a', 'a.ok > c']);
    expect(programOf(without(chain, 'b')).hash).toBe(programOf(drawn).hash);
  });

  test('it says so, once, and how to let it take part again', () => {
    expect(compiled(without(chain, 'b')).diagnostics).toEqual([
      {
        code: 'NODE_DISABLED',
        severity: 'info',
        nodeId: 'b',
        message: '"b" is disabled: runs pass over it, to what its outcome "ok" leads to.',
        fix: { title: 'Enable "b"', change: { kind: 'enable', nodeId: 'b' } },
      },
    ]);
  });

  test('nothing else that is wrong with it matters', () => {
    const broken = graphOf(
      {
        go: 'start',
        a: { type: 'task', config: { nonsense: 1 } },
        b: { type: 'gone' },
        c: { ...reader('nodes.none.text'), version: 9 },
        d: 'task',
      },
      ['go.fired > a', 'a.ok > b', 'b.done > c', 'b.error > d', 'c.ok > d', 'c.error > b'],
    );
    expect(found(without(broken, 'a', 'b', 'c'))).toEqual(['NODE_DISABLED a', 'NODE_DISABLED b', 'NODE_DISABLED c']);
    expect(ran(run(programOf(without(broken, 'a', 'b', 'c'))))).toEqual(['d', 'go']);
  });

  test('what only its other outcomes lead to is left out without a word', () => {
    const graph = graphOf(
      { go: 'start', b: branch, x: 'task', y: reader('nodes.b.nonsense'), z: 'task', w: { type: 'gone' } },
      ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > z', 'y.ok > z', 'y.error > w'],
    );
    const [notice, ...others] = compiled(without(graph, 'b')).diagnostics;
    expect(others).toEqual([]);
    expect(notice?.message).toBe(
      '"b" is disabled: runs pass over it, to what its outcome "true" leads to. Left out with it: "y", "w".',
    );
    expect(ran(run(programOf(without(graph, 'b'))))).toEqual(['go', 'x', 'z']);
  });

  test('many that are left out are counted', () => {
    const ids = Array.from({ length: 7 }, (_, n) => `y${n}`);
    const graph = graphOf({ go: 'start', b: branch, ...Object.fromEntries(ids.map((id) => [id, 'task'])) }, [
      'go.fired > b',
      ...ids.map((id) => `b.false > ${id}`),
    ]);
    expect(compiled(without(graph, 'b')).diagnostics[0]?.message).toMatch(
      /: "y0", "y1", "y2", "y3", "y4" and 2 more\.$/,
    );
  });

  test('a path that is there already is not doubled', () => {
    const graph = graphOf({ go: 'start', a: 'task', b: 'task', c: 'task' }, [
      'go.fired > a',
      'go.fired > b',
      'a.ok > c',
      'b.ok > c',
      'go.fired > c',
    ]);
    const program = programOf(without(graph, 'a', 'b'));
    expect(program.states.go?.arcs.fired?.start).toEqual(['c']);
  });

  test('a trigger that is disabled starts nothing, and what only it leads to is left out', () => {
    const graph = graphOf({ go: 'start', hook: 'hook', a: 'task', b: 'task' }, [
      'go.fired > a',
      'hook.fired > b',
      'b.ok > a',
    ]);
    expect(Object.keys(programOf(without(graph, 'hook')).states)).toEqual(['a', 'go']);
    expect(found(without(graph, 'hook', 'go'))).toEqual(['NO_TRIGGER', 'NODE_DISABLED go', 'NODE_DISABLED hook']);
    expect(compiled(without(graph, 'hook')).diagnostics[0]?.message).toBe(
      '"hook" is disabled: nothing starts or goes on from it. Left out with it: "b".',
    );
  });

  test('of a For each the body is left out and what follows goes on', () => {
    const graph = graphOf({ go: 'start', m: map('[1]', '1'), x: reader('item'), z: 'task' }, [
      'go.fired > m',
      'm.each > x',
      'm.done > z',
    ]);
    expect(ran(run(programOf(without(graph, 'm'))))).toEqual(['go', 'z']);
    expect(ran(run(programOf(without(graph, 'x'))))).toEqual(['go', 'm', 'z']);
  });

  test('its undo, and what it would have undone, is left out', () => {
    const graph = graphOf({ go: 'start', a: 'keep', u: 'keep', b: 'keep' }, ['go.fired > a', 'a.undo > u', 'a.ok > b']);
    expect(Object.keys(programOf(without(graph, 'a')).states)).toEqual(['b', 'go']);
    const { program, coverage } = compiled(without(graph, 'u'));
    expect(Object.keys(program!.states)).toEqual(['a', 'b', 'go']);
    expect(coverage[0]).toMatchObject({ nodeId: 'a', how: 'declared' });
    const shared = graphOf({ go: 'start', a: 'keep', b: 'keep' }, ['go.fired > a', 'go.fired > b', 'a.undo > b']);
    expect(Object.keys(programOf(without(shared, 'a')).states)).toEqual(['b', 'go']);
  });

  test('what nothing led to is said as before', () => {
    expect(found(without(graphOf({ go: 'start', a: 'task', x: 'task' }, ['go.fired > a', 'x.ok > a']), 'a'))).toEqual([
      'UNREACHABLE_NODE x',
      'NODE_DISABLED a',
    ]);
  });

  test('a gate that is disabled guards nothing', () => {
    const send = { type: 'send', config: { effect: 'unsafe-write' }, inputs: {} };
    const graph = graphOf({ go: 'start', g: 'approve', s: send }, [
      'go.fired > g',
      'g.approved > s',
      's.error > e',
      's.ok > e',
    ]);
    const whole = { ...graph, nodes: [...graph.nodes, { id: 'e', type: 'task', version: 1 }] };
    expect(found(whole)).toEqual([]);
    expect(found(without(whole, 'g'))).toEqual(['UNSAFE_WRITE_UNGATED s', 'NODE_DISABLED g']);
  });

  test('many paths into and out of one become more edges than may be', () => {
    const ids = (name: string) => Array.from({ length: 150 }, (_, n) => `${name}${n}`);
    const graph = graphOf(
      { go: 'start', mid: 'task', ...Object.fromEntries([...ids('a'), ...ids('z')].map((id) => [id, 'task'])) },
      [...ids('a').flatMap((id) => [`go.fired > ${id}`, `${id}.ok > mid`]), ...ids('z').map((id) => `mid.ok > ${id}`)],
    );
    expect(compiled(without(graph, 'mid')).diagnostics[0]).toMatchObject({
      code: 'DOCUMENT_TOO_LARGE',
      nodeId: 'mid',
      fix: { change: { kind: 'enable', nodeId: 'mid' } },
    });
  });
});

describe('reading what a disabled node would have given', () => {
  const giver = { type: 'task', config: { gives: json(t.object({ text: t.string() })) } };
  const reading = (text: string) =>
    graphOf({ go: 'start', a: giver, b: reader(text, t.string()) }, ['go.fired > a', 'a.ok > b']);

  test('is an error where it is read, with a fix that enables it', () => {
    expect(compiled(without(reading('nodes.a.text'), 'a')).diagnostics[0]).toEqual({
      code: 'READS_DISABLED',
      severity: 'error',
      nodeId: 'b',
      field: 'inputs.in',
      range: { start: 0, end: 7 },
      message: '"a" is disabled, so it has no output. Enable "a", or write nodes.?a.?member.orValue(…).',
      fix: { title: 'Enable "a"', change: { kind: 'enable', nodeId: 'a' } },
    });
  });

  test('is right where its absence is handled, and it is absent in the run', () => {
    const program = programOf(without(reading('nodes.?a.?text.orValue("none")'), 'a'));
    expect(program.states.b?.inputs.in?.reads).toEqual([]);
    expect(run(program, { b: done('ok', { text: 'b' }) }).status).toBe('completed');
    expect(found(without(reading('nodes.?a.?tex.orValue("none")'), 'a'))[0]).toBe('UNKNOWN_VARIABLE b inputs.in');
    expect(found(without(reading('has(nodes.a) ? nodes.a.text : ""'), 'a'))).toEqual(['NODE_DISABLED a']);
  });

  test('names the disabled node where what is read is left out with it', () => {
    const graph = graphOf(
      {
        go: 'start',
        b: branch,
        x: 'task',
        y: giver,
        m: map('[1]'),
        i: giver,
        z: reader('nodes.?y.?text.orValue("") + nodes.i.text'),
      },
      ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > z', 'y.ok > z', 'b.false > m', 'm.each > i', 'm.done > z'],
    );
    expect(compiled(without(graph, 'b')).diagnostics[0]).toMatchObject({
      code: 'READS_DISABLED',
      message:
        '"i" is left out, because "b" is disabled, so it has no output. Enable "b", or write nodes.?i.?member.orValue(…).',
      fix: { change: { kind: 'enable', nodeId: 'b' } },
    });
  });

  test('in its own fields one sees what it would see if it took part', () => {
    const graph = compiled(without(reading('nodes.a.text'), 'a')).graph!;
    expect(Object.keys(scopeAt(graph, testDefinitions, 'a'))).toEqual(['run', 'nodes']);
    expect(scopeAt(graph, testDefinitions, 'b').nodes).toMatchObject({ properties: { go: {} }, required: ['go'] });
    const mapped = without(graphOf({ go: 'start', m: map('[1]') }, ['go.fired > m']), 'm');
    expect(Object.keys(resultScopeAt(compiled(mapped).graph!, testDefinitions, 'm'))).toContain('item');
    const open = graphOf({
      go: 'start',
      a: { type: 'task', config: { inputs: { name: { type: json(t.string()) } } } },
    });
    const edge = { from: 'go', outcome: 'fired', to: 'a' };
    expect(proposeBindings(compiled(without(open, 'a')).graph!, testDefinitions, edge)).toEqual({
      name: { kind: 'expr', expr: 'nodes.go.name' },
    });
  });
});

test('whatever is disabled: nothing of it is in the program, and the run ends', { timeout: 30_000 }, () => {
  let programs = 0;
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, size) => {
      const random = seeded(seed);
      const drawn = randomGraph(random, size);
      const disabled = drawn.nodes.filter(({ id }) => id !== 'go' && random() < 0.3).map(({ id }) => id);
      const { program } = compiled(without(drawn, ...disabled));
      if (!program) return;
      programs += 1;
      expect(Object.keys(program.states).filter((id) => disabled.includes(id))).toEqual([]);
      const { status } = simulate(program, {
        trigger: 'go',
        input: {},
        random,
        maxSteps: 2_000,
        respond: ({ state }) => done(Object.keys(program.states[state]!.arcs)[0]!, {}),
      });
      expect(['completed', 'failed']).toContain(status);
    }),
    { numRuns: 300, seed: 4 },
  );
  expect(programs).toBeGreaterThan(150);
});
