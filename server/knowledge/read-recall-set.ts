import Papa from 'papaparse';
import { z } from 'zod';
import { AppError } from '#server/errors.ts';

/** One line of a set: a question, and what names an item that it should find (or that is not relevant to it). */
export type SetRow = { row: number; query: string; item: string; relevant: boolean };
export type ReadSet = { rows: SetRow[]; wrong: { row: number; message: string }[] };

export const mostSetRows = 2_000;
const longestQuestion = 2_000;
const longestItem = 1_000;

const names = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const jsonSet = z.array(
  z.object({ question: z.string(), expected: names.default([]), notRelevant: names.default([]) }),
);

/**
 * Reads a recall set from a file: JSON `[{question, expected, notRelevant}]`, or CSV with the columns question, expected
 * and, where it is there, relevant (no: it is not). What names an item is its id, its source, or words that stand in it. A line that says too little is
 * answered for itself. Errors: INPUT_INVALID (neither JSON nor CSV of that form), TOO_LARGE.
 */
export function readRecallSet(text: string): ReadSet {
  const written = text.replace(/^\uFEFF/, '').trim();
  const rows = /^[[{]/.test(written) ? fromJson(written) : fromCsv(written);
  if (rows.length > mostSetRows)
    throw new AppError('TOO_LARGE', `The set has ${rows.length} lines; ${mostSetRows} at most. Split it.`);
  const wrong = rows.flatMap(({ row, query, item }) => {
    const message = wrongWith(query, item);
    return message ? [{ row, message }] : [];
  });
  const refused = new Set(wrong.map(({ row }) => row));
  return { rows: rows.filter(({ row }) => !refused.has(row)), wrong };
}

function wrongWith(query: string, item: string): string | null {
  if (query === '') return 'There is no question.';
  if (item === '') return 'It does not say what should be found: an id, a source, or words that stand in it.';
  if (query.length > longestQuestion) return `The question has more than ${longestQuestion} characters.`;
  return item.length > longestItem ? `What names the item has more than ${longestItem} characters.` : null;
}

function fromJson(text: string): SetRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('INPUT_INVALID', `The set is no JSON: ${(cause as Error).message}`, { cause });
  }
  const read = jsonSet.safeParse(value);
  if (!read.success) throw new AppError('INPUT_INVALID', 'A set is a list: [{"question": "…", "expected": ["…"]}, …].');
  return read.data.flatMap(({ question, expected, notRelevant }, at) => {
    const of = (item: string, relevant: boolean) => ({
      ...{ row: at + 1, query: question.trim(), item: item.trim(), relevant },
    });
    const rows = [...expected.map((item) => of(item, true)), ...notRelevant.map((item) => of(item, false))];
    return rows.length > 0 ? rows : [of('', true)];
  });
}

const no = new Set(['no', 'false', '0', 'n']);

function fromCsv(text: string): SetRow[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim().toLowerCase(),
  });
  if (!meta.fields?.includes('question') || !meta.fields.includes('expected'))
    throw new AppError('INPUT_INVALID', 'A set as CSV has the columns question and expected (and relevant).');
  return data.map((line, at) => ({
    row: at + 1,
    query: (line.question ?? '').trim(),
    item: (line.expected ?? '').trim(),
    relevant: !no.has((line.relevant ?? '').trim().toLowerCase()),
  }));
}
