import { describe, expect, test } from 'vitest';
import type { ModelMessage } from '#nodes/core/capabilities.ts';
import type { EndedItem } from '#nodes/core/define-node.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { WorldSeed } from '#nodes/testing/in-memory/state.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const parameters = { type: 'object', properties: { about: { type: 'string' } }, required: ['about'] };
const tools: JsonObject[] = [{ name: 'recall', description: 'Finds what we remember', parameters }, { name: 'now' }];
const call = (id: string, written: string, name = 'recall') => ({ id, name, arguments: written });

const work = (answers: WorldSeed['answers'], config: JsonObject = {}, items?: EndedItem[]) =>
  tryCase(
    { declaration, run },
    {
      title: '',
      config: { tools, ...config },
      inputs: { prompt: 'When did Maria last order?' },
      world: { answers: answers ?? [] },
      ...(items ? { woken: { kind: 'items', items } } : {}),
      ends: { outcome: 'done' },
    },
  );

const asked = (calls: { args: unknown[] }[], n: number) =>
  calls[n]!.args[0] as { messages: ModelMessage[]; call: string; tools: Json };

test('what the model asks for in one turn becomes items, with what was said beside the first', async () => {
  const { result } = await work([
    { text: 'I look.', toolCalls: [call('a', '{"about": "Maria"}'), call('b', '', 'now')] },
  ]);
  expect(result).toMatchObject({
    kind: 'map',
    concurrency: 4,
    items: [
      {
        id: 'a',
        tool: 'recall',
        arguments: { about: 'Maria' },
        turn: 1,
        spentMicros: 0,
        said: [{ role: 'assistant' }],
      },
      { id: 'b', tool: 'now', arguments: {}, turn: 1 },
    ],
  });
});

describe('when its tools have ended', () => {
  const first = { text: 'I look.', toolCalls: [call('a', '{"about": "Maria"}'), call('b', '', 'now')] };
  const ended = async (): Promise<EndedItem[]> => {
    const { result } = await work([first]);
    const { items } = result as { items: Json[] };
    return [
      { value: items[0]!, outcome: 'ok', result: { found: 'in May' } },
      { value: items[1]!, outcome: 'error', result: { code: 'TIMEOUT', message: 'No clock.', state: 'clock' } },
    ];
  };

  test('the model sees what each gave, a failure as one, and the whole talk before it', async () => {
    const { result, world } = await work([first, 'In May.'], {}, await ended());
    expect(asked(world.calls, 1).messages.slice(1)).toEqual([
      { role: 'user', content: 'When did Maria last order?' },
      { role: 'assistant', content: 'I look.', toolCalls: first.toolCalls },
      { role: 'tool', toolCallId: 'a', content: '{"found":"in May"}' },
      { role: 'tool', toolCallId: 'b', content: 'Failed: No clock. (TIMEOUT)' },
    ]);
    expect(result).toMatchObject({ outcome: 'done', output: { text: 'In May.', turns: 2, calls: 2 } });
  });

  test('each turn has a name of its own, the same in every attempt', async () => {
    const { world } = await work([first, 'In May.'], {}, await ended());
    expect([0, 1].map((n) => asked(world.calls, n).call)).toEqual(['turn-1', 'turn-2']);
  });

  test('a long result is cut, and says so', async () => {
    const [one] = await ended();
    const { world } = await work([first, 'Fine.'], {}, [{ ...one!, result: 'x'.repeat(40_000) }]);
    const told = asked(world.calls, 1).messages.at(-1)!;
    expect(told.content).toMatch(/x\n… \(10000 more characters were left out\)$/);
  });
});

test('a call that cannot be made is not made: the model is told why and asked again', async () => {
  const { result, world } = await work([
    { toolCalls: [call('a', '{"about": 7}'), call('b', '{', 'now'), call('c', '{}', 'pay')] },
    'I do not know.',
  ]);
  expect(result).toMatchObject({ outcome: 'done', output: { turns: 2, calls: 0 } });
  const told = asked(world.calls, 1).messages.filter(({ role }) => role === 'tool');
  expect(told.map(({ content }) => content)).toEqual([
    'Not done: about: expected text, got 7.',
    'Not done: the arguments are not JSON.',
    'Not done: there is no tool "pay". There are: recall, now.',
  ]);
});

describe('it ends', () => {
  const wrong = { toolCalls: [call('a', '{')] };

  test('at its number of turns', async () => {
    const { result, world } = await work([wrong, wrong, wrong, 'never asked for'], { maxTurns: 3 });
    expect(result).toMatchObject({ outcome: 'limit', output: { reason: 'turns', turns: 3 } });
    expect(world.calls).toHaveLength(3);
  });

  test('at its number of tool calls, before one too many is made', async () => {
    const two = { toolCalls: [call('a', '{"about": "x"}'), call('b', '{"about": "y"}')] };
    expect((await work([two], { maxCalls: 1 })).result).toMatchObject({
      outcome: 'limit',
      output: { reason: 'calls' },
    });
  });

  test('before a turn, once it has spent what it may', async () => {
    const one = { toolCalls: [call('a', '{"about": "x"}')] };
    const value = { id: 'a', tool: 'recall', arguments: {}, turn: 1, said: [], spentMicros: 500 };
    const items: EndedItem[] = [{ value, outcome: 'ok', result: null }];
    const { result, world } = await work([one, 'never asked for'], { maxSpendMicros: 500 }, items);
    expect(result).toMatchObject({ outcome: 'limit', output: { reason: 'spend', turns: 1 } });
    expect(world.calls).toHaveLength(1);
  });
});

test('two tools of one name, and arguments that are no object, are found before anything runs', () => {
  const config = declaration.config.parse({
    tools: [{ name: 'a' }, { name: 'a', parameters: { type: 'string', pattern: 'x' } }],
  });
  expect(declaration.check?.(config).map(({ field }) => field)).toEqual([
    'tools[1].name',
    'tools[1].parameters.type',
    'tools[1].parameters',
  ]);
});
