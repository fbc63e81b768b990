import { expect, it } from 'vitest';
import { partsOf } from './provenance-parts.ts';

it('sorts what led to a proposal by the question it answers, deciding rules first', () => {
  const rule = (name: string, deciding: boolean) => ({
    kind: 'rule' as const,
    name,
    expr: 'a',
    result: true,
    deciding,
  });
  const parts = partsOf([
    {
      state: 'draft',
      title: 'Draft outreach',
      entries: [
        { kind: 'prompt', messages: [], hash: 'h', repair: false },
        {
          kind: 'model',
          model: 'm',
          provider: 'p',
          rehearsal: true,
          inputTokens: 1,
          outputTokens: 1,
          costMicros: 0,
          priceId: null,
        },
        { kind: 'retrieved', query: 'q', vectors: true, hits: [] },
        { kind: 'http', method: 'GET', url: 'https://example.test', status: 200 },
      ],
    },
    { state: 'policy', title: 'Policy', entries: [rule('ran', false), rule('decided', true)] },
    { state: 'ask', title: 'Ask', entries: [{ kind: 'risk', base: 0.3, parts: [], total: 0.3, threshold: 0.3 }] },
  ]);
  expect(parts.rules.map((each) => each.name)).toEqual(['decided', 'ran']);
  expect(parts.prompts[0]?.title).toBe('Draft outreach');
  expect([parts.models.length, parts.retrieved.length, parts.risks.length]).toEqual([1, 1, 1]);
  expect(parts.rest).toEqual([{ title: 'Draft outreach', entries: [expect.objectContaining({ kind: 'http' })] }]);
});
