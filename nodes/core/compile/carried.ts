import type { CheckedBinding } from '../bindings.ts';
import { type Type, unionOf } from '../types.ts';

/**
 * The type of the value that a loop carries from pass to pass: that of `initial`, without what holds of the first value
 * only, such as a choice or a range. What a pass ends with is checked against it, so it holds in every pass.
 */
export function carriedType(initial: CheckedBinding | null): Type {
  return initial?.ok ? widened(initial.type) : { type: 'any' };
}

function widened(type: Type): Type {
  switch (type.type) {
    case 'any':
    case 'null':
    case 'boolean':
      return type;
    case 'number':
    case 'integer':
      return { type: type.type };
    case 'string':
      return type.format === 'file' ? type : { type: 'string' };
    case 'array':
      return { type: 'array', items: widened(type.items) };
    case 'object':
      return {
        ...type,
        properties: Object.fromEntries(
          Object.entries(type.properties).map(([name, member]) => [name, widened(member)]),
        ),
        additional: type.additional && widened(type.additional),
      };
    case 'union':
      return unionOf(type.of.map(widened));
  }
}
