import fs from 'node:fs/promises';
import path from 'node:path';

/** A test collection: documents, questions, and how relevant which document is to a question. */
export type Judged = {
  documents: { id: number; text: string }[];
  questions: { id: number; text: string }[];
  /** Question → document → gain; 0 is not relevant. */
  gains: Map<number, Map<number, number>>;
};

/** What the codes 1 (a complete answer) to 5 (of no interest) of the judgements are subtracted from. */
const noInterest = 5;

/**
 * Reads the Cranfield collection (Cleverdon 1967) as it is distributed: cran.all.1400, cran.qry and
 * QRelsCorrectedforTRECeval. Questions count by their order in the file, as the judgements do, not by their number.
 */
export async function readCranfield(folder: string): Promise<Judged> {
  const read = (name: string) => fs.readFile(path.join(folder, name), 'utf8');
  const [documents, questions, judgements] = await Promise.all(
    ['cran.all.1400', 'cran.qry', 'QRelsCorrectedforTRECeval'].map(read),
  );
  return {
    documents: recordsOf(documents ?? '').map(({ id, text }) => ({ id, text })),
    questions: recordsOf(questions ?? '').map(({ text }, index) => ({ id: index + 1, text })),
    gains: gainsOf(judgements ?? ''),
  };
}

/** The records `.I 1 … .W text` of a file, with the text of their field W alone. */
export function recordsOf(file: string): { id: number; text: string }[] {
  return file
    .split(/^\.I +/m)
    .slice(1)
    .map((record) => ({ id: Number.parseInt(record, 10), text: (record.split(/^\.W\s*$/m)[1] ?? '').trim() }));
}

/** Lines `question 0 document code`. */
export function gainsOf(file: string): Map<number, Map<number, number>> {
  const gains = new Map<number, Map<number, number>>();
  for (const line of file.split('\n')) {
    const [question, , document, code] = line.trim().split(/\s+/).map(Number);
    if (question === undefined || document === undefined || code === undefined) continue;
    const of = gains.get(question) ?? new Map<number, number>();
    gains.set(question, of.set(document, Math.max(0, noInterest - code)));
  }
  return gains;
}
