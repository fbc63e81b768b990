import { definitions } from '#app/_canvas/definitions.ts';
import type { ScopeValues } from '#nodes/core/bindings.ts';
import { fieldScopeAt } from '#nodes/core/compile/inspect.ts';
import { checkExpression } from '#nodes/core/expressions.ts';
import { suggestionsFor } from '../assist/complete.ts';
import { previewOf } from '../assist/preview.ts';
import { signatureAt } from '../assist/signature.ts';
import type { FieldLanguage } from './protocol.ts';

/** So many sets of values are remembered: those of the fields in sight, before and after a step to another item. */
const valuesKept = 6;
const known = new Map<string, ScopeValues>();

/** The questions of the fields, answered. Heavy: imported by the worker, and by the main thread only where workers are missing. */
export const fields: FieldLanguage = {
  async scope(graph, field) {
    return fieldScopeAt(graph, definitions, field);
  },
  async suggest(before, variables) {
    return suggestionsFor(before, variables);
  },
  async signature(before, variables) {
    return signatureAt(before, variables);
  },
  async types(exprs, variables) {
    return exprs.map((expr) => {
      const checked = checkExpression(expr, variables);
      return checked.ok ? checked.type : null;
    });
  },
  async preview(request, { id, values }) {
    const over = values ?? known.get(id);
    if (!over) return null;
    known.delete(id);
    known.set(id, over);
    if (known.size > valuesKept) known.delete(known.keys().next().value as string);
    return previewOf(request, over);
  },
};
