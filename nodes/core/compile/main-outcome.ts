import type { NodeKind } from '../define-node.ts';
import { hasBody } from './flow.ts';

/** The outcome that starts the body of a For each or a Repeat; its other outcomes go on after it. */
export const bodyOutcome = 'each';

/** The outcome that goes on in the normal course: the first that is not `error`; null: there is none. In a loop it is the body's. */
export function mainOutcome(outcomes: readonly string[]): string | null {
  return outcomes.find((outcome) => outcome === bodyOutcome) ?? outcomes.find((outcome) => outcome !== 'error') ?? null;
}

/** The outcome by which a run goes on that passes over a node: its main one, and past a body. */
export function passingOutcome(kind: NodeKind | undefined, outcomes: readonly string[]): string | null {
  return mainOutcome(
    kind !== undefined && hasBody(kind) ? outcomes.filter((outcome) => outcome !== bodyOutcome) : outcomes,
  );
}
