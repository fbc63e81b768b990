import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrustView } from '#nodes/core/compile/trust-view.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { graphSchema } from '#nodes/core/graph.ts';
import { createDocumentStore } from '../document/store.ts';
import {
  compileDelayMs,
  createProblems,
  edgeMarksOf,
  edgeTrustOf,
  findingsAt,
  marksOf,
  trustMarksOf,
} from './problems.ts';
import type { CompileResult, Language, LanguageAnswer, LanguageRequest } from './protocol.ts';
import { languageOver, type WorkerLike } from './worker-client.ts';

const graph = graphSchema.parse({ format: 'solograph/graph', version: 1, name: 'x', nodes: [], edges: [] });
const problem = (change: Partial<Diagnostic>): Diagnostic => ({
  code: 'MISSING_BINDING',
  severity: 'error',
  message: 'Bind it.',
  nodeId: 'send',
  ...change,
});

const found = (message: string): CompileResult => ({
  diagnostics: [problem({ message })],
  runnable: false,
  trust: { nodes: {}, edges: {} },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('problems', () => {
  it('compiles what is newest, once, however much is typed while it compiles', async () => {
    const names: string[] = [];
    const open: (() => void)[] = [];
    const compile = (given: { name: string }) =>
      new Promise<CompileResult>((resolve) => {
        names.push(given.name);
        open.push(() => resolve(found(given.name)));
      });
    const document = createDocumentStore(graph);
    const problems = createProblems(document, {
      compile,
      propose: async () => ({}),
      scope: async () => ({}),
      fitting: async () => ({}),
    });
    for (const name of ['a', 'ab', 'abc']) {
      document.dispatch({ kind: 'set-name', name });
      await vi.advanceTimersByTimeAsync(compileDelayMs);
    }
    expect(names).toEqual(['x']);
    open[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    open[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(names).toEqual(['x', 'abc']);
    expect(problems.store.getState().graph?.name).toBe('abc');
    expect(problems.store.getState().diagnostics[0]?.message).toBe('abc');
  });

  it('marks a node by its worst finding', () => {
    const marks = marksOf([
      problem({ severity: 'warning', code: 'ERROR_NOT_HANDLED', message: 'w' }),
      problem({ message: 'e' }),
      problem({ nodeId: 'other', severity: 'info', code: 'NODE_VERSION_OLD' }),
    ]);
    expect([...marks.keys()]).toEqual(['send']);
    expect(marks.get('send')).toMatchObject({
      severity: 'error',
      warnsError: true,
      findings: [{ message: 'w' }, { message: 'e' }],
    });
  });

  it('marks an edge by what is wrong with it, and not the node it comes from', () => {
    const list = [
      problem({ edgeId: 'e', code: 'UNKNOWN_PORT', message: 'x' }),
      problem({ edgeId: 'e', code: 'ERROR_NOT_HANDLED', severity: 'warning', message: 'y' }),
    ];
    expect(marksOf(list).size).toBe(0);
    expect(edgeMarksOf(list).get('e')).toMatchObject({
      severity: 'error',
      findings: [{ title: 'Unknown outcome or input', message: 'x' }, { message: 'y' }],
    });
  });

  it('marks what untrusted text does at nodes and edges, worst where it leaks', () => {
    const at = { enters: false, reads: ['body'], gives: false, stops: null };
    const trust: TrustView = {
      nodes: {
        get: { ...at, enters: true, reads: [], gives: true },
        sum: { ...at, gives: true },
        ask: { ...at, stops: 'person' },
        send: at,
        note: at,
      },
      edges: { a: 'open', b: 'open', c: 'seen' },
    };
    const leak = [problem({ code: 'UNTRUSTED_UNSAFE_WRITE', nodeId: 'send' })];
    expect([...trustMarksOf(trust, leak)].map(([id, { kind }]) => `${id} ${kind}`)).toEqual([
      'get enters',
      'sum passes',
      'ask person',
      'send leak',
      'note reads',
    ]);
    const edges = ['a', 'b', 'c'].map((id) => ({ id, from: 'get', outcome: 'ok', to: id === 'b' ? 'send' : 'note' }));
    expect([...edgeTrustOf(trust, leak, { ...graph, edges })]).toEqual([
      ['a', 'open'],
      ['b', 'leak'],
      ['c', 'seen'],
    ]);
  });

  it('finds what is wrong at a field and inside it', () => {
    const list = [
      problem({ field: 'config.rules[0].when' }),
      problem({ field: 'config.rulesets' }),
      problem({ field: 'config.rules' }),
    ];
    expect(findingsAt(list, 'send', 'config.rules')).toEqual([list[0], list[2]]);
  });
});

describe('the language over a worker', () => {
  const here: Language = {
    compile: async () => found('here'),
    propose: async () => ({}),
    scope: async () => ({}),
    fitting: async () => ({}),
  };

  function worker(answer: (request: LanguageRequest) => LanguageAnswer | null): WorkerLike {
    const made: WorkerLike = {
      postMessage(request) {
        const data = answer(request);
        if (data) made.onmessage?.({ data });
        else made.onerror?.(new Error('died'));
      },
      terminate() {},
      onmessage: null,
      onerror: null,
    };
    return made;
  }

  it('asks the worker', async () => {
    const { language } = languageOver(
      () => worker(({ id }) => ({ id, result: found('there') })),
      async () => here,
    );
    expect((await language.compile(graph, { connections: {} })).diagnostics[0]?.message).toBe('there');
  });

  it('answers by itself where the worker dies or cannot start', async () => {
    const dead = languageOver(
      () => worker(() => null),
      async () => here,
    );
    expect((await dead.language.compile(graph, { connections: {} })).diagnostics[0]?.message).toBe('here');
    const none = languageOver(
      () => {
        throw new Error('No workers here.');
      },
      async () => here,
    );
    expect((await none.language.compile(graph, { connections: {} })).diagnostics[0]?.message).toBe('here');
  });

  it('passes on what the language itself could not answer', async () => {
    const { language } = languageOver(
      () => worker(({ id }) => ({ id, error: 'No.' })),
      async () => here,
    );
    await expect(language.compile(graph, { connections: {} })).rejects.toThrow('No.');
  });
});
