import { expect, it } from 'vitest';
import { indexHealth } from './index-health.ts';

it('says plainly when searches are degraded to full text, when the index is behind, and when it is whole', () => {
  expect(indexHealth({ chunks: 9, indexed: 9, vectors: false })).toMatchObject({
    kind: 'degraded',
    title: expect.stringContaining('Degraded to full text'),
  });
  expect(indexHealth({ chunks: 1_200, indexed: 300, vectors: true }).title).toContain('300 of 1,200 passages');
  expect(indexHealth({ chunks: 1, indexed: 1, vectors: true }).title).toBe('Whole: it holds all 1 passage');
  expect(indexHealth({ chunks: 0, indexed: 0, vectors: true })).toMatchObject({ kind: 'whole' });
});
