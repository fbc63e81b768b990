import { z } from 'zod';
import { defineNode, type InputSpec } from '#nodes/core/define-node.ts';
import type { Json } from '#nodes/core/json.ts';
import { schemaProblems } from '#nodes/core/json-schema.ts';
import { fromJsonSchema, type Type, t } from '#nodes/core/types.ts';

const signature = z.strictObject({
  input: z.json().meta({ title: 'Takes', description: 'JSON Schema of what its run is started with.' }),
  output: z.json().meta({ title: 'Gives', description: 'JSON Schema of the values of its outputs.' }),
  trust: z
    .enum(['trusted', 'inherit', 'untrusted'])
    .default('untrusted')
    .meta({ title: 'Trust', description: 'Whether what it gives may hold text of strangers.' }),
  effect: z
    .enum(['pure', 'read', 'idempotent-write', 'unsafe-write'])
    .default('unsafe-write')
    .meta({ title: 'Effect', description: 'The strongest effect of its steps.' }),
});

const config = z.strictObject({
  pipeline: z
    .string()
    .max(200)
    .default('')
    .meta({ title: 'Pipeline', description: 'The name or id of the pipeline to run.', widget: 'pipeline' }),
  version: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(null)
    .meta({ title: 'Version', description: 'Which of its published versions. It does not change by itself.' }),
  signature: signature
    .nullable()
    .default(null)
    .meta({ title: 'Inputs and outputs', description: 'Read from that version when it is chosen.', widget: 'json' }),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(366 * 86_400_000)
    .nullable()
    .default(null)
    .meta({ title: 'Waits at most', description: 'Then it leaves by timeout. Empty: for ever.', widget: 'duration' }),
});
export type Config = z.infer<typeof config>;

/** What the configuration says that the pipeline takes or gives. */
export function typeIn({ signature: known }: Config, side: 'input' | 'output'): Type {
  return fromJsonSchema((known?.[side] ?? {}) as Json);
}

/** The inputs are the members of what the pipeline takes; where it takes no object, it is one input of that name. */
export function portsOf(read: Config): Record<string, InputSpec> {
  const type = typeIn(read, 'input');
  if (type.type !== 'object') return { input: { type, title: 'Input', required: false } };
  return Object.fromEntries(
    Object.entries(type.properties).map(([name, member]) => [
      name,
      { type: member, title: name || 'Input', required: type.required.includes(name) },
    ]),
  );
}

function problemsOf(read: Config): { field: string; message: string }[] {
  if (read.pipeline === '') return [{ field: 'pipeline', message: 'No pipeline is chosen. Choose one.' }];
  if (read.version === null) return [{ field: 'version', message: 'No version is chosen. Choose a published one.' }];
  if (!read.signature)
    return [{ field: 'signature', message: 'Its inputs and outputs have not been read. Choose the version again.' }];
  return (['input', 'output'] as const).flatMap((side) =>
    schemaProblems(read.signature?.[side] as Json).map(({ field, message }) => ({
      field: `signature.${side}${field === '' ? '' : `.${field}`}`,
      message,
    })),
  );
}

export default defineNode<Config>({
  type: 'flow.call',
  version: 1,
  title: 'Run a pipeline',
  description: 'Runs a version of another pipeline and continues with what it gives.',
  category: 'flow',
  icon: 'workflow',
  kind: 'call',
  config,
  inputs: portsOf,
  outcomes: (read) => ({
    ok: typeIn(read, 'output'),
    ...(read.timeoutMs === null ? {} : { timeout: t.object({ at: t.integer() }) }),
  }),
  summary: ({ pipeline, version }) =>
    pipeline === '' ? 'No pipeline chosen' : `${pipeline}, ${version === null ? 'no version' : `version ${version}`}`,
  effect: ({ signature: known }) => known?.effect ?? 'unsafe-write',
  reversible: true,
  risk: 0,
  trust: 'untrusted',
  capabilities: [],
  spends: null,
  check: problemsOf,
  retry: null,
  timeoutMs: 60_000,
  errors: ['CHILD_FAILED', 'OUTPUT_INVALID'],
  compensation: () => ({ title: 'Undoes the steps of its run, each as it can be', reverts: true }),
  example: {
    config: {
      pipeline: 'Enrich a customer',
      version: 3,
      signature: {
        input: { type: 'object', properties: { email: { type: 'string', format: 'email' } }, required: ['email'] },
        output: { type: 'object', properties: { company: { type: 'string' } }, required: ['company'] },
        trust: 'untrusted',
        effect: 'read',
      },
      timeoutMs: 3_600_000,
    },
    inputs: { email: 'maria@example.test' },
  },
});
