import { Validator } from '@cfworker/json-schema';
import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { schemaProblems } from '#nodes/core/json-schema.ts';
import type { Config } from './index.ts';

type Inputs = { body: Json; headers: Record<string, string>; query: Record<string, string>; receivedAt: number };

// Credentials of the sender have no place in a run's stored data.
const secretHeaders = ['authorization', 'cookie', 'proxy-authorization'];

/** `inputs` is the request as it came in. */
export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const { body, query, receivedAt } = inputs;
    if (config.schema !== null) mustFit(config.schema, body);
    const headers = Object.fromEntries(
      Object.entries(inputs.headers)
        .map(([name, value]) => [name.toLowerCase(), value] as const)
        .filter(([name]) => !secretHeaders.includes(name)),
    );
    return { kind: 'done', outcome: 'fired', output: { body, headers, query, receivedAt } };
  },
} satisfies NodeRun<Config, Inputs>;

function mustFit(schema: JsonObject, body: Json): void {
  const [unusable] = schemaProblems(schema);
  if (unusable) throw new NodeError('CONFIG_INVALID', `Schema of the body, ${unusable.field}: ${unusable.message}`);
  const { valid, errors } = new Validator(schema, '2020-12', false).validate(body);
  if (valid) return;
  const said = errors
    .slice(-3)
    .map(({ instanceLocation, error }) => `${instanceLocation.replace(/^#/, 'body')}: ${error}`);
  throw new NodeError('INPUT_INVALID', `The body does not fit the schema. ${said.join(' ')}`);
}
