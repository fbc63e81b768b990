import type { Diagnostic } from '#nodes/core/diagnostics.ts';

/** What a field would hold with a slip of the hand mended. */
export type Correction = { title: string; text: string };

const slip = /^There is no (?:"([^"]+)"|variable (\w+)|function (\w+))[\s\S]*?Did you mean ([\w.]+)\?/;

/** The name that the compiler believes was meant, put where the wrong one stands; null: it names none. */
export function correctionOf(
  text: string,
  { message, range }: Pick<Diagnostic, 'message' | 'range'>,
): Correction | null {
  const found = slip.exec(message);
  const wrong = found?.[1] ?? found?.[2] ?? found?.[3];
  const meant = found?.[4];
  if (!range || wrong === undefined || meant === undefined) return null;
  const at = found?.[3] === undefined ? text.slice(0, range.end).lastIndexOf(wrong) : text.indexOf(wrong, range.start);
  if (at < range.start || at + wrong.length > range.end) return null;
  return { title: `Write ${meant}`, text: text.slice(0, at) + meant + text.slice(at + wrong.length) };
}
