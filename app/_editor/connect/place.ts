import { outcomesOf } from '#app/_canvas/card-model.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import { throughOutcome, type WireEnd } from './targets.ts';

/** Where a new node comes to stand in the flow. */
export type InsertPlace =
  | { kind: 'free' }
  /** It continues an outcome. */
  | { kind: 'after'; wire: WireEnd }
  /** It leads into a node. */
  | { kind: 'before'; to: string }
  /** It stands on an edge, which it divides. */
  | { kind: 'between'; edgeId: string; wire: WireEnd };

/** Whether a node of a type may be put there at all. */
export function mayStand(declaration: AnyNodeDeclaration, place: InsertPlace): boolean {
  switch (place.kind) {
    case 'free':
      return true;
    case 'after':
      if (place.wire.outcome === undoHandle) return declaration.kind === 'task';
      return declaration.kind !== 'trigger';
    case 'before':
      return declaration.kind !== 'output' && throughOutcome(outcomesOf(declaration, {})) !== null;
    case 'between':
      if (place.wire.outcome === undoHandle || declaration.kind === 'trigger') return false;
      return declaration.kind !== 'output' && throughOutcome(outcomesOf(declaration, {})) !== null;
    default: {
      const never: never = place;
      throw new Error(`Not a known place: ${JSON.stringify(never)}`);
    }
  }
}
