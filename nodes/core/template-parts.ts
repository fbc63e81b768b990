import type { ExpressionProblem, Range } from './cel/problem.ts';

/** A piece of a template: text as it stands, or an expression with where it stands. */
export type TemplatePart = { kind: 'text'; text: string } | { kind: 'expr'; expr: string; range: Range };
export type ParsedTemplate = { ok: true; parts: TemplatePart[] } | ({ ok: false } & ExpressionProblem);

/**
 * Splits a template into text and `{{ CEL }}`. `\{{` stands for the two braces themselves; `}}` within quotes or
 * within braces of an object belongs to the expression.
 */
export function parseTemplate(template: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  let text = '';
  let at = 0;
  while (at < template.length) {
    if (template.startsWith('\\{{', at)) {
      text += '{{';
      at += 3;
    } else if (template.startsWith('{{', at)) {
      const end = endOf(template, at + 2);
      if (end < 0) return unclosed(template, at);
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
      parts.push({ kind: 'expr', expr: template.slice(at + 2, end), range: { start: at + 2, end } });
      at = end + 2;
    } else {
      text += template[at];
      at += 1;
    }
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return { ok: true, parts };
}

function unclosed(template: string, at: number): ParsedTemplate {
  const message = 'The braces {{ are not closed. Add }}, or write \\{{ for the braces themselves.';
  return { ok: false, code: 'EXPRESSION_SYNTAX', message, range: { start: at, end: template.length } };
}

/** Where the `}}` that closes an expression begins; -1 where there is none. */
function endOf(template: string, from: number): number {
  let depth = 0;
  for (let at = from; at < template.length; at += 1) {
    const character = template[at];
    if (character === '"' || character === "'") at = endOfQuote(template, at);
    else if (character === '{') depth += 1;
    else if (character === '}' && depth > 0) depth -= 1;
    else if (character === '}' && template[at + 1] === '}') return at;
  }
  return -1;
}

/** The last character of a quoted text, as CEL has them: 'a', "a", """a""", with \\ before a quote within. */
function endOfQuote(template: string, start: number): number {
  const mark = template[start] as string;
  const quote = template.startsWith(mark.repeat(3), start) ? mark.repeat(3) : mark;
  for (let at = start + quote.length; at < template.length; at += 1) {
    if (template[at] === '\\') at += 1;
    else if (template.startsWith(quote, at)) return at + quote.length - 1;
  }
  return template.length;
}
