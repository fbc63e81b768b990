import type { Diagnostic } from '@codemirror/lint';
import type { CodeMark } from '../code-editor.tsx';

/** Findings as the editor shows them: at their columns, or under all of it. An empty field has none of its own. */
export function diagnosticsOf(marks: readonly CodeMark[], end: number): Diagnostic[] {
  if (end === 0) return [];
  return marks.map(({ range, severity, message, fix }) => {
    const from = Math.min(range?.start ?? 0, end);
    return {
      from: from === end ? end - 1 : from,
      to: Math.max(Math.min(range?.end ?? end, end), Math.min(from + 1, end)),
      severity,
      message,
      actions: fix ? [{ name: fix.title, apply: () => fix.apply() }] : [],
    };
  });
}
