import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { evaluate } from '#nodes/core/expressions.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Config, Rule } from './index.ts';

export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    for (const rule of config.rules) {
      const result = applies(rule, inputs);
      const message = rule.message || rule.name;
      ctx.explain({ kind: 'rule', name: rule.name, expr: rule.when, result, deciding: result, message });
      if (result) return decided(rule.effect, { rule: rule.name, message });
    }
    const message = config.default === 'allow' ? '' : 'No rule allows it.';
    ctx.explain({ kind: 'rule', name: 'Otherwise', expr: 'true', result: true, deciding: true, message });
    return decided(config.default, { rule: '', message });
  },
} satisfies NodeRun<Config>;

function decided(effect: 'allow' | 'deny', output: { rule: string; message: string }) {
  return { kind: 'done', outcome: effect === 'allow' ? 'pass' : 'blocked', output } as const;
}

/** A rule that cannot be evaluated stops the step: what cannot be checked must not pass. */
function applies(rule: Rule, values: JsonObject): boolean {
  let result: unknown;
  try {
    result = evaluate(rule.when, values);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError('EXPRESSION_FAILED', `Rule "${rule.name}" could not be evaluated: ${why}`, { cause });
  }
  if (typeof result !== 'boolean')
    throw new NodeError('EXPRESSION_FAILED', `Rule "${rule.name}" must give true or false. Compare a value in it.`);
  return result;
}
