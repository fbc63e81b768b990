/** The part of a template that is an expression and holds the cursor, up to it; null: the cursor is in the text. */
export function expressionBefore(template: string, cursor: number): { text: string; start: number } | null {
  const before = template.slice(0, cursor);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before[open - 1] === '\\' || before.indexOf('}}', open) >= 0) return null;
  return { text: before.slice(open + 2), start: open + 2 };
}
