import { Annotation } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** A change that comes from the document, which need not be told of it. */
export const fromOutside = Annotation.define<true>();

/** Puts another text in place, touching only what differs: the cursor stays where it was in the rest. */
export function replaceText(view: EditorView, text: string): void {
  const before = view.state.doc.toString();
  if (before === text) return;
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  view.dispatch({
    changes: { from: start, to: before.length - tail, insert: text.slice(start, text.length - tail) },
    annotations: fromOutside.of(true),
  });
}
