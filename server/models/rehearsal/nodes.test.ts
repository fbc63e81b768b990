import { expect, test } from 'vitest';
import type { ModelMessage, ModelTool, ToolCall } from '#nodes/core/capabilities.ts';
import type { AnyNodeDeclaration, AnyNodeRun, NodeContext } from '#nodes/core/define-node.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { definitions } from '#nodes/index.gen.ts';
import { loadRun } from '#nodes/runs.gen.ts';
import { createWorld } from '#nodes/testing/capabilities.ts';
import { rehearsalProvider } from './rehearsal-provider.ts';

const provider = rehearsalProvider();

async function rehearse(
  type: string,
  config: JsonObject,
  inputs: JsonObject,
): Promise<{ outcome: string; output: Json }> {
  const declaration = definitions.get(type) as AnyNodeDeclaration;
  const run = (await loadRun[type]!()).default as AnyNodeRun;
  const base = { provider: 'rehearsal', rehearsal: true, costMicros: 0, priceId: null, responseId: null };
  const signal = new AbortController().signal;
  const model: NodeContext['model'] = {
    async generate(request) {
      const { failure, ...reply } = await provider.generate({ ...request, model: provider.defaultModel, signal });
      expect(failure).toBeNull();
      return { ...base, ...reply };
    },
    async embed({ texts }) {
      return { ...base, ...(await provider.embed({ texts, model: provider.defaultEmbedding, signal })) };
    },
  };
  const ctx = { ...createWorld().context(), model };
  const result = await run.run(ctx, { config: declaration.config.parse(config), inputs });
  if (result.kind !== 'done') throw new Error(`It did not end: ${result.kind}`);
  return result;
}

test('a rehearsal takes what the text says, and makes nothing up', async () => {
  const config: JsonObject = {
    fields: [{ name: 'number' }, { name: 'total', type: 'number' }, { name: 'due', required: false }],
  };
  const ended = await rehearse('llm.extract', config, { text: 'Number: 2026-117\nTotal: 240.5' });
  expect(ended).toMatchObject({ outcome: 'ok', output: { number: '2026-117', total: 240.5, due: null } });
  expect(await rehearse('llm.extract', config, { text: 'Good morning' })).toMatchObject({
    outcome: 'missing',
    output: { missing: ['number', 'total'] },
  });
});

test('a rehearsal gives the label that the text speaks of', async () => {
  const config = { labels: [{ name: 'order' }, { name: 'complaint' }] };
  const { output } = await rehearse('llm.classify', config, { text: 'This is a complaint about my parcel.' });
  expect(output).toEqual({ label: 'complaint' });
});

test('a rehearsal scores every criterion, with a reason', async () => {
  const { output } = await rehearse('llm.judge', { criteria: [{ name: 'polite' }] }, { text: 'Dear Maria' });
  expect(output).toMatchObject({
    score: 5,
    criteria: [{ name: 'polite', score: 5, reason: expect.stringMatching(/./) }],
  });
});

test('a rehearsal makes vectors that are nearer where texts are alike', async () => {
  const texts = ['blue tea from China', 'blue teas from China', 'an unpaid invoice'];
  const { output } = await rehearse('llm.embed', {}, { texts });
  const [a, b, c] = (output as { vectors: number[][] }).vectors as [number[], number[], number[]];
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, n) => sum + value * y[n]!, 0);
  expect(dot(a, b)).toBeGreaterThan(dot(a, c));
});

test('a rehearsal tries each tool once, then answers with what it knows', async () => {
  const tools: ModelTool[] = [
    { name: 'recall', description: '', parameters: { type: 'object', properties: { contact: { type: 'string' } } } },
    { name: 'now', description: '', parameters: { type: 'object' } },
  ];
  const signal = new AbortController().signal;
  const messages: ModelMessage[] = [{ role: 'user', content: 'Contact: Maria Anders\nWhen did she order?' }];
  const names: string[] = [];
  for (;;) {
    const { text, toolCalls = [] } = await provider.generate({ messages, tools, model: 'rehearsal-1', signal });
    if (toolCalls.length === 0) {
      expect(text).toContain('Maria Anders');
      break;
    }
    const [call] = toolCalls as [ToolCall];
    names.push(call.name);
    if (call.name === 'recall') expect(JSON.parse(call.arguments)).toEqual({ contact: 'Maria Anders' });
    messages.push(
      { role: 'assistant', content: text, toolCalls },
      { role: 'tool', toolCallId: call.id, content: '[]' },
    );
  }
  expect(names).toEqual(['recall', 'now']);
});
