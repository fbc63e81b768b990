import type { PreviewSource } from '../../code/assist/preview.ts';

/** Where something stands in what a field holds, as people count: from 1, with the line where there are several. */
export function placeText(source: PreviewSource, at: number): string {
  const text = source.kind === 'expr' ? source.expr : source.template;
  const lines = text.slice(0, at).split('\n');
  const column = `column ${(lines.at(-1)?.length ?? 0) + 1}`;
  return text.includes('\n') ? `Line ${lines.length}, ${column}` : `C${column.slice(1)}`;
}
