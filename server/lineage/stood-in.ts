import type { StepFacts } from './facts.ts';
import { entriesOf } from './reasons.ts';
import { type By, membersOf, pointerOf, type Want } from './wants.ts';

/**
 * A pinned value, or one that the operator gave where it failed, stood in for what the step would have given. Where items
 * were pinned, what it came to is what its iterations did.
 */
export function isReplaced(step: StepFacts): boolean {
  const pinned = step.iterations === 0 && entriesOf(step).some(({ kind }) => kind === 'pinned');
  return pinned || step.tasks.some(({ decision }) => decision.choice === 'skip');
}

/** What gave a value that a step took as it was: the step of another run, or the one that had put it at hand. */
export function standIn(step: StepFacts, { id, pointer }: { id: string; pointer: string }): Want[] {
  const by: By = { from: id, kind: 'took' };
  return entriesOf(step).flatMap((entry): Want[] => {
    if (entry.kind === 'held' && entry.from) {
      const { stepId, ...at } = entry.from;
      const part = pointerOf(membersOf(pointer).slice(1));
      return [{ of: 'step', at, stepId, input: 'value', pointer: part, by }];
    }
    if (entry.kind !== 'pinned' || !entry.whence || !('from' in entry.whence)) return [];
    const { stepId, ...at } = entry.whence.from;
    return [{ of: 'output', at, stepId, pointer, by }];
  });
}

/** What gave an item that was pinned in the place of those that a map or a loop would have gone over. */
export function itemStoodIn(step: StepFacts, { id, pointer }: { id: string; pointer: string }): Want[] | null {
  const pinned = entriesOf(step).find((entry) => entry.kind === 'pinned');
  if (!pinned) return null;
  const { whence } = pinned;
  if (!whence || !('from' in whence) || whence.index === undefined) return [];
  const { stepId, ...at } = whence.from;
  return [{ of: 'item', at, stepId, index: whence.index, pointer, by: { from: id, kind: 'took' } }];
}
