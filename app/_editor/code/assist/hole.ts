/** The part of a template that is an expression and holds the cursor, up to it; null: the cursor is in the text. */
export function expressionBefore(template: string, cursor: number): { text: string; start: number } | null {
  const before = template.slice(0, cursor);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before[open - 1] === '\\' || before.indexOf('}}', open) >= 0) return null;
  return { text: before.slice(open + 2), start: open + 2 };
}

/** What a typed letter does instead of standing there: what is written, and how far the cursor moves. */
export type Typed = { insert: string; move: number };

/**
 * Braces of a template write themselves: the second `{` opens a hole with its end, and whoever types that end all the
 * same, or the spaces within, steps over what is there. Null: the letter is an ordinary one.
 */
export function typedInTemplate(template: string, at: number, letter: string): Typed | null {
  const hole = expressionBefore(template, at);
  const after = template.slice(at);
  if (letter === '{' && !hole) {
    const second = template[at - 1] === '{' && template[at - 2] !== '\\' && template[at - 2] !== '{';
    if (!second) return null;
    return /^\s*\}\}/.test(after) ? { insert: '{', move: 1 } : { insert: '{  }}', move: 2 };
  }
  if (!hole || openBraces(hole.text) > 0) return null;
  if (letter === '}') {
    if (hole.text.endsWith('}') && after.startsWith('}')) return { insert: '', move: 1 };
    const end = /^(\s*)\}\}/.exec(after);
    return end ? { insert: '', move: (end[1] as string).length + 1 } : null;
  }
  if (letter !== ' ' || !/^ \}\}/.test(after)) return null;
  return { insert: '', move: hole.text.trim() === '' ? 0 : 1 };
}

/** How many braces of objects are open in an expression. */
function openBraces(expr: string): number {
  return expr.split('{').length - expr.split('}').length;
}
