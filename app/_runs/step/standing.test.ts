import { expect, it } from 'vitest';
import type { Provenance } from '#nodes/core/capabilities.ts';
import { standingOf } from './standing.ts';

const request = (status: number, inVain?: true): Provenance => ({
  ...{ kind: 'http', method: 'GET', url: 'https://erp.example/orders', status },
  ...(inVain ? { inVain } : {}),
});

it('what led to a value stands apart from what attempts before it did that failed', () => {
  const [failed, went] = [request(503, true), request(200)];
  expect(standingOf([failed, went])).toEqual({ standing: [went], inVain: [failed] });
  expect(standingOf([went])).toEqual({ standing: [went], inVain: [] });
});

it('where every attempt failed, all that they did led to the failure', () => {
  const failed = [request(503, true), request(500, true)];
  expect(standingOf(failed)).toEqual({ standing: failed, inVain: [] });
});
