import { NodeError } from '#nodes/core/errors.ts';
import { evaluate } from '#nodes/core/expressions.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Config, RiskRule } from './index.ts';

export type Risk = { total: number; parts: { name: string; add: number }[] };

/** Base risk plus every rule that applies, kept within 0 and 1. Errors: EXPRESSION_FAILED with the rule's name. */
export function riskOf(config: Config, values: JsonObject): Risk {
  const parts = config.riskRules.filter((rule) => applies(rule, values)).map(({ name, add }) => ({ name, add }));
  const sum = parts.reduce((total, part) => total + part.add, config.baseRisk);
  // Four digits: 0.1 + 0.2 must meet a threshold of 0.3.
  return { total: Math.min(1, Math.max(0, Math.round(sum * 10_000) / 10_000)), parts };
}

function applies(rule: RiskRule, values: JsonObject): boolean {
  let result: unknown;
  try {
    result = evaluate(rule.when, values);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError('EXPRESSION_FAILED', `Risk rule "${rule.name}" could not be evaluated: ${why}`, { cause });
  }
  if (typeof result !== 'boolean')
    throw new NodeError(
      'EXPRESSION_FAILED',
      `Risk rule "${rule.name}" must give true or false. Compare a value in it.`,
    );
  return result;
}
