import { NodeError } from '#nodes/core/errors.ts';
import { evaluate, toText } from '#nodes/core/expressions.ts';
import type { Json } from '#nodes/core/json.ts';
import { parseTemplate } from '#nodes/core/templates.ts';

/**
 * Fills in the template of an address. A value at its beginning is the address itself; values further on are escaped,
 * so that none can lead elsewhere. Errors: EXPRESSION_FAILED.
 */
export function renderAddress(template: string, values: { [name: string]: Json }): string {
  const parsed = parseTemplate(template.trim());
  // The compiler has refused a template that cannot be read.
  if (!parsed.ok) return template;
  return parsed.parts
    .map((part, at) => {
      if (part.kind === 'text') return part.text;
      const text = toText(evaluate(part.expr, values));
      return at === 0 ? text : escaped(part.expr.trim(), text);
    })
    .join('');
}

/** Without a value, or with one that names the folder above, the address would mean more than one thing. */
function escaped(expr: string, text: string): string {
  if (text !== '' && text !== '.' && text !== '..') return encodeURIComponent(text);
  const message = `The value of {{ ${expr} }} in an address is "${text}". Bind it to what names one thing.`;
  throw new NodeError('EXPRESSION_FAILED', message, { happened: 'no' });
}
