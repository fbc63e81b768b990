import type { TaskRequest } from '#nodes/core/define-node.ts';
import type { Claimed } from '#server/engine/commit.ts';
import type { Reply } from './drive.ts';

export const proposal: TaskRequest = {
  kind: 'approval',
  title: 'Send greeting',
  subject: 'Ann',
  proposal: { body: 'Dear Ann' },
  proposalType: {
    type: 'object',
    properties: { body: { type: 'string' } },
    required: ['body'],
    additional: null,
  },
  editable: true,
  reasons: ['First contact (+0.4)'],
  risk: 0.6,
  timeoutMs: null,
};

/** Answers the steps of the greeting pipeline as its nodes would. */
export function greet(step: Claimed): Reply {
  const decision = step.decision?.decision as { decision: string; value: { body: string }; by: string } | undefined;
  switch (step.state) {
    case 'start':
      return { kind: 'done', outcome: 'fired', output: { person: 'Ann', days: 30 } };
    case 'approve':
      if (!decision) return { kind: 'wait', task: proposal };
      return {
        kind: 'done',
        outcome: decision.decision === 'approve' ? 'approved' : 'rejected',
        output: { ...decision.value, decision: decision.decision, edited: false, by: decision.by, reason: null },
        values: {
          provenance: [
            { kind: 'decision', by: decision.by, decision: decision.decision, reason: null, edited: false, at: 1 },
          ],
        },
      };
    case 'send':
      return { kind: 'done', outcome: 'sent', output: { messageId: 'm1', delivery: 'outbox', at: 1 } };
    default:
      return { kind: 'done', outcome: 'done', output: { messageId: 'm1' } };
  }
}
