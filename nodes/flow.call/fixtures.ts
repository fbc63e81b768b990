import type { Woken } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';
import declaration from './index.ts';

const config = declaration.example.config as JsonObject;
const inputs = { email: 'maria@example.test' };
const ended = (more: Partial<Extract<Woken, { kind: 'child' }>>): Woken => ({
  kind: 'child',
  runId: '7',
  status: 'completed',
  output: { company: 'Alfreds Futterkiste' },
  failure: null,
  ...more,
});
const failure = { code: 'HTTP_STATUS', message: 'The page answered 404.' } as const;

export default [
  { title: 'asks for a run', config, inputs, ends: { waitsFor: 'call' } },
  { title: 'gives what the run gave', config, inputs, woken: ended({}), ends: { outcome: 'ok' } },
  {
    title: 'leaves when it has waited long enough',
    config,
    inputs,
    woken: { kind: 'timer' },
    ends: { outcome: 'timeout' },
  },
  {
    title: 'fails where the run failed',
    config,
    inputs,
    woken: ended({ status: 'failed', output: null, failure }),
    ends: { code: 'CHILD_FAILED' },
  },
  {
    title: 'fails where the run was cancelled',
    config,
    inputs,
    woken: ended({ status: 'cancelled', output: null }),
    ends: { code: 'CHILD_FAILED' },
  },
  {
    title: 'fails where the run gave something else',
    config,
    inputs,
    woken: ended({ output: { company: 7 } }),
    ends: { code: 'OUTPUT_INVALID' },
  },
  {
    title: 'hands on what is no object',
    config: { ...config, timeoutMs: null, signature: { input: {}, output: {} } },
    inputs: { input: [1] },
    ends: { waitsFor: 'call' },
  },
  { title: 'fails without a pipeline', config: {}, inputs: {}, ends: { code: 'CONFIG_INVALID' } },
] satisfies NodeCase[];
