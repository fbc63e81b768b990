import { compile } from '#nodes/core/compile/compile.ts';
import { signatureOf } from '#nodes/core/compile/signature.ts';
import type { GraphInput } from '#nodes/core/graph.ts';
import { definitions } from '#nodes/index.gen.ts';
import { type Drawn, draw, expr, inLine, nothing, output, request } from './drawing.ts';

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

/** Effects one after the other: of those that must not be repeated, and of those that may. */
const chain = (host: string): GraphInput =>
  draw(
    'chain',
    {
      first: request(host, 'POST', 'effect/{{ run.id }}/first'),
      put: request(host, 'PUT', 'effect/{{ run.id }}/put'),
      calm: nothing,
      second: request(host, 'POST', 'effect/{{ run.id }}/second'),
      out: output(['done', '"all"']),
    },
    inLine(['start', 'fired'], ['first', 'ok'], ['put', 'ok'], ['calm', 'done'], ['second', 'ok'], ['out', '']),
  );

/** Branches that meet in each way there is. */
const meeting = (host: string): GraphInput => {
  const branches = ['a', 'b', 'c', 'd'];
  return draw(
    'meeting',
    {
      a: request(host, 'POST', 'effect/{{ run.id }}/a'),
      b: request(host, 'PUT', 'effect/{{ run.id }}/b'),
      c: request(host, 'GET', 'read'),
      d: nothing,
      all: { type: 'flow.join', config: { mode: 'all' } },
      any: { type: 'flow.join', config: { mode: 'any' } },
      three: { type: 'flow.join', config: { mode: 'count', count: 3 } },
      afterAny: request(host, 'PUT', 'effect/{{ run.id }}/any'),
      afterThree: request(host, 'POST', 'effect/{{ run.id }}/three'),
      out: output(['met', 'true']),
    },
    [
      ...branches.map((id) => `start.fired > ${id}`),
      ...branches.flatMap((id) =>
        ['all', 'any', 'three'].map((join) => `${id}.${id === 'd' ? 'done' : 'ok'} > ${join}`),
      ),
      'any.done > afterAny',
      'three.done > afterThree',
      'all.done > out',
    ],
  );
};

/** A hundred reads beside each other, and one join for them all. */
const hundred = (host: string): GraphInput => {
  const ids = range(100).map((n) => `n${n}`);
  return draw(
    'hundred',
    {
      ...Object.fromEntries(ids.map((id): [string, Drawn] => [id, request(host, 'GET', 'read')])),
      all: { type: 'flow.join', config: { mode: 'all' } },
      after: request(host, 'POST', 'effect/{{ run.id }}/after'),
      out: output(['done', '"all"']),
    },
    [
      ...ids.flatMap((id) => [`start.fired > ${id}`, `${id}.ok > all`]),
      ...inLine(['all', 'done'], ['after', 'ok'], ['out', '']),
    ],
  );
};

/** Effects for each item of a list; two of the items fail. */
const list = (host: string): GraphInput =>
  draw(
    'list',
    {
      each: {
        type: 'flow.map',
        config: { maxItems: 20, concurrency: 4, onItemError: 'collect' },
        inputs: { items: expr('[1, 2, 0, 4, 5, 6, 0, 8]'), result: expr('8 / item') },
      },
      act: request(host, 'POST', 'effect/{{ run.id }}/act{{ index }}'),
      again: request(host, 'PUT', 'effect/{{ run.id }}/again{{ index }}'),
      out: output(['good', 'nodes.each.succeeded'], ['bad', 'nodes.each.failed']),
    },
    ['start.fired > each', 'each.each > act', 'act.ok > again', 'each.done > out'],
  );

/** Waits for the operator before it acts. */
const approval = (host: string): GraphInput =>
  draw(
    'approval',
    {
      ask: { type: 'human.approval', config: { title: 'Act?' } },
      act: request(host, 'POST', 'effect/{{ run.id }}/act'),
      out: output(['approved', 'true']),
    },
    inLine(['start', 'fired'], ['ask', 'approved'], ['act', 'ok'], ['out', '']),
  );

/** Writes to the business memory on the way that was chosen. */
const records = (): GraphInput =>
  draw(
    'records',
    {
      choose: { type: 'flow.branch', inputs: { condition: expr('size(run.id) > 0') } },
      save: {
        type: 'entity.upsert',
        config: { entityType: 'customer' },
        inputs: { key: expr('run.id'), data: expr('{"run": run.id}') },
      },
      note: { type: 'memory.remember', config: { untrusted: false }, inputs: { text: expr('"Run " + run.id') } },
      never: nothing,
      out: output(['saved', 'true']),
    },
    [
      'start.fired > choose',
      'choose.true > save',
      'choose.false > never',
      'save.ok > note',
      'note.ok > out',
      'never.done > out',
    ],
  );

/** Passes that act, then a short wait. */
const passes = (host: string): GraphInput =>
  draw(
    'passes',
    {
      repeat: {
        type: 'flow.loop',
        config: { maxPasses: 10 },
        inputs: { initial: expr('0'), next: expr('item + 1'), again: expr('item < 3') },
      },
      act: request(host, 'PUT', 'effect/{{ run.id }}/pass{{ index }}'),
      rest: { type: 'flow.wait', config: { mode: 'duration', seconds: 0.5 } },
      out: output(['passes', 'nodes.repeat.passes']),
    },
    ['start.fired > repeat', 'repeat.each > act', 'repeat.done > rest', 'rest.ok > out'],
  );

/** One branch waits for an event that the other sends. */
const events = (): GraphInput =>
  draw(
    'events',
    {
      wait: { type: 'flow.wait', config: { mode: 'event', event: 'told' }, inputs: { key: expr('run.id') } },
      tell: {
        type: 'event.send',
        config: { event: 'told' },
        inputs: { key: expr('run.id'), data: { kind: 'value', value: { n: 7 } } },
      },
      out: output(['told', 'nodes.wait.data.n']),
    },
    ['start.fired > wait', 'start.fired > tell', 'wait.ok > out'],
  );

/** Calls another pipeline, which acts. */
const called = (host: string): GraphInput =>
  draw(
    'called',
    { act: request(host, 'POST', 'effect/{{ run.id }}/act'), out: output(['done', '"child"']) },
    inLine(['start', 'fired'], ['act', 'ok'], ['out', '']),
  );
const calling = (host: string): GraphInput => {
  const { program } = compile(called(host), definitions);
  if (!program) throw new Error('The pipeline that is called does not compile.');
  const { input, output: gives, trust, effect } = signatureOf(program, { definitions });
  const signature = { input, output: gives, trust, effect };
  return draw(
    'calling',
    {
      child: { type: 'flow.call', config: { pipeline: 'called', version: 1, signature } },
      out: output(['child', 'true']),
    },
    inLine(['start', 'fired'], ['child', 'ok'], ['out', '']),
  );
};

/** Asks a service that refuses four times before it does what it is asked. */
const refused = (host: string): GraphInput =>
  draw(
    'refused',
    { put: request(host, 'PUT', 'flaky/4/{{ run.id }}'), out: output(['done', '"at last"']) },
    inLine(['start', 'fired'], ['put', 'ok'], ['out', '']),
  );

/** Reads an answer of 10 MB. */
const large = (host: string): GraphInput =>
  draw(
    'large',
    {
      read: request(host, 'GET', 'big', { config: { method: 'GET', maxBytes: 20_000_000, expect: 'text' } }),
      act: request(host, 'PUT', 'effect/{{ run.id }}/act'),
      out: output(['size', 'size(nodes.read.body)']),
    },
    inLine(['start', 'fired'], ['read', 'ok'], ['act', 'ok'], ['out', '']),
  );

/** Reads text that no database holds. */
const odd = (host: string): GraphInput =>
  draw(
    'odd',
    { read: request(host, 'GET', 'odd'), out: output(['body', 'nodes.read.body']) },
    inLine(['start', 'fired'], ['read', 'ok'], ['out', '']),
  );

/** Pays for a model's answer, then acts. */
const writing = (host: string): GraphInput =>
  draw(
    'writing',
    {
      draft: { type: 'llm.generate', inputs: { prompt: expr('"Write to customer " + run.id') } },
      put: request(host, 'PUT', 'effect/{{ run.id }}/put'),
      out: output(['size', 'size(nodes.draft.text) > 10']),
    },
    inLine(['start', 'fired'], ['draft', 'ok'], ['put', 'ok'], ['out', '']),
  );

/** The pipelines that runs are started of; those that are called come first. */
export function graphs(host: string): GraphInput[] {
  const acting = [called, chain, meeting, hundred, list, approval, passes, writing, refused, large, odd];
  return [...acting.map((made) => made(host)), records(), events(), calling(host)];
}

/** What each scenario runs unless its fault is about one of them. */
export const usual = ['chain', 'meeting', 'list', 'approval', 'records', 'passes', 'events', 'calling', 'writing'];

/** What each gives in the end. */
export const outputs: Record<string, unknown> = {
  chain: { done: 'all' },
  meeting: { met: true },
  hundred: { done: 'all' },
  list: { good: 6, bad: 2 },
  approval: { approved: true },
  records: { saved: true },
  passes: { passes: 4 },
  events: { told: 7 },
  called: { done: 'child' },
  writing: { size: true },
  calling: { child: true },
  refused: { done: 'at last' },
  large: { size: 10_000_000 },
  odd: { body: { nul: 'a\ufffdb', half: '\ufffd and \ufffd', '\ufffd': 1 } },
};
