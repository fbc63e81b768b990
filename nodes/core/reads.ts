import { checkIn, scopeOf } from './cel/check.ts';
import type { ResolvedBinding } from './graph.ts';
import { checkTemplate } from './templates.ts';
import type { Type } from './types.ts';

/** What a binding reads: members as paths from a variable, `['nodes', 'draft', 'subject']`. */
export type Reads = {
  paths: string[][];
  /** Its value is the one member that it reads, as it stands. */
  whole: boolean;
};

const any: Type = { type: 'any' };
const anything = scopeOf({ run: any, nodes: any, item: any, index: any });
const oneMember = /^\s*[A-Za-z_]\w*(\s*\.\s*[A-Za-z_]\w*)*\s*$/;

/** Which members a binding reads, whatever their types are; null where its expression cannot be read. */
export function readsOf(binding: ResolvedBinding): Reads | null {
  switch (binding.kind) {
    case 'value':
      return { paths: [], whole: false };
    case 'expr': {
      const checked = checkIn(binding.expr, anything);
      return checked.ok ? { paths: checked.reads, whole: oneMember.test(binding.expr) } : null;
    }
    case 'template': {
      const checked = checkTemplate(binding.template, (expr) => checkIn(expr, anything));
      return checked.ok ? { paths: checked.reads, whole: false } : null;
    }
  }
}
