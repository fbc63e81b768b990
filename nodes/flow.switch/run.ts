import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { evaluate } from '#nodes/core/expressions.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Case, Config } from './index.ts';

export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    for (const one of config.cases) {
      const result = applies(one, inputs.value);
      ctx.explain({ kind: 'rule', name: one.name, expr: one.when, result, deciding: result });
      if (result) return { kind: 'done', outcome: one.name, output: { case: one.name } };
    }
    ctx.explain({ kind: 'rule', name: 'else', expr: 'true', result: true, deciding: true });
    return { kind: 'done', outcome: 'else', output: { case: 'else' } };
  },
} satisfies NodeRun<Config, { value: Json }>;

/** A condition that cannot be evaluated stops the step: taking the next way would hide it. */
function applies({ name, when }: Case, value: Json): boolean {
  let result: Json;
  try {
    result = evaluate(when, { value });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError('EXPRESSION_FAILED', `The way "${name}" could not be evaluated: ${why}`, { cause });
  }
  if (typeof result !== 'boolean')
    throw new NodeError(
      'EXPRESSION_FAILED',
      `The way "${name}" must be true or false; it is ${JSON.stringify(result).slice(0, 100)}. Compare value in it.`,
    );
  return result;
}
