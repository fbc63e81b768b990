import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Config, Field } from './index.ts';
import { givenValue, valueProblem } from './values.ts';

/** `inputs` is what the run was started with. */
export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const known = config.fields.map((field) => field.name);
    const stranger = Object.keys(inputs).find((name) => !known.includes(name));
    if (stranger !== undefined)
      throw new NodeError(
        'INPUT_INVALID',
        `The form has no field "${stranger}". It asks ${known.map((name) => `"${name}"`).join(', ') || 'nothing'}.`,
      );
    const output: JsonObject = {};
    for (const field of config.fields) {
      const value = filledIn(field, Object.hasOwn(inputs, field.name) ? inputs[field.name] : undefined);
      if (value !== undefined) output[field.name] = value;
    }
    return { kind: 'done', outcome: 'fired', output };
  },
} satisfies NodeRun<Config>;

function filledIn(field: Field, given: Json | undefined): Json | undefined {
  const value = givenValue(given) ?? givenValue(field.default);
  const title = field.title ? `${field.title} (${field.name})` : field.name;
  if (value === undefined) {
    if (field.required) throw new NodeError('INPUT_INVALID', `${title} is required. Fill it in.`);
    return undefined;
  }
  const problem = valueProblem(field, value);
  if (problem)
    throw new NodeError('INPUT_INVALID', `${title} ${problem} Given: ${JSON.stringify(value).slice(0, 100)}.`);
  return value;
}
