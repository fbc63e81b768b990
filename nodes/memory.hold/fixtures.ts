import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  { title: 'keeps a value for the run', inputs: { value: 'Dear Ann' }, ends: { outcome: 'ok' } },
  {
    title: 'keeps a value for a session',
    config: { name: 'topic', ttlMs: 60_000 },
    inputs: { value: ['tea'], session: 'ALFKI' },
    ends: { outcome: 'ok' },
  },
] satisfies NodeCase[];
