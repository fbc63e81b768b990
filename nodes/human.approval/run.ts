import type { Decision, NodeContext, NodeResult, NodeRun } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { t } from '#nodes/core/types.ts';
import { decidedValues } from './decided-values.ts';
import { typesOf } from './fields.ts';
import type { Config } from './index.ts';
import { type Risk, riskOf } from './risk.ts';

type Outcome = { decision: string; edited: boolean; by: string; reason: string | null };

export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const values = valuesOf(config, inputs);
    const risk = riskOf(config, values);
    const { threshold } = config;
    ctx.explain({ kind: 'risk', base: config.baseRisk, parts: risk.parts, total: risk.total, threshold });
    if (threshold > 0 && risk.total < threshold) {
      const reason = `The risk ${risk.total} is below ${threshold}.`;
      const outcome = { decision: 'auto', edited: false, by: 'risk rules', reason };
      ctx.explain({ kind: 'decision', ...outcome, at: ctx.now() });
      return { kind: 'done', outcome: 'approved', output: { ...values, ...outcome } };
    }
    return { kind: 'wait', task: taskOf(config, { inputs, values, risk }) };
  },

  decide(ctx, { config, inputs }, decision) {
    ctx.signal.throwIfAborted();
    const values = valuesOf(config, inputs);
    switch (decision.decision) {
      case 'approve': {
        const decided = decidedValues(config.fields, values, decision);
        const output = { ...values, ...decided.values };
        return finish(ctx, decision, { outcome: 'approved', output, edited: decided.edited });
      }
      case 'reject':
        return finish(ctx, decision, { outcome: 'rejected', output: values, edited: false });
      case 'timeout':
        return finish(ctx, decision, { outcome: 'timeout', output: values, edited: false });
    }
  },
} satisfies NodeRun<Config>;

function finish(
  ctx: NodeContext,
  { by, reason, at }: Decision,
  { outcome, output, edited }: { outcome: string; output: JsonObject; edited: boolean },
): NodeResult {
  const decided: Outcome = { decision: outcome, edited, by, reason };
  ctx.explain({ kind: 'decision', ...decided, at });
  return { kind: 'done', outcome, output: { ...output, ...decided } };
}

function valuesOf(config: Config, inputs: JsonObject): JsonObject {
  return Object.fromEntries(config.fields.map(({ name }) => [name, inputs[name] ?? null]));
}

function taskOf(config: Config, { inputs, values, risk }: { inputs: JsonObject; values: JsonObject; risk: Risk }) {
  const shown = config.fields.filter((field) => !field.hidden);
  return {
    kind: 'approval' as const,
    title: config.title,
    subject: typeof inputs.about === 'string' ? inputs.about : '',
    proposal: Object.fromEntries(shown.map(({ name }) => [name, values[name] ?? null])),
    proposalType: t.object(typesOf(shown)),
    editable: shown.some((field) => field.editable),
    fields: shown.map(({ name, title, editable }) => ({ name, title: title || name, editable })),
    reasons: reasonsOf(config, risk),
    risk: risk.total,
    timeoutMs: config.timeoutMs,
  };
}

function reasonsOf({ threshold }: Config, { parts, total }: Risk): string[] {
  const because = parts.map(({ name, add }) => `${name} (${add < 0 ? '' : '+'}${add})`);
  return [...because, threshold === 0 ? 'Always asked.' : `The risk ${total} reaches ${threshold}.`];
}
