import fs from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { z } from 'zod';

const column = z.string().min(1).max(100);
const csvFile = z.string().regex(/^[\w-]+\.csv$/, 'A CSV file beside sample.json.');

/**
 * What a template brings for a start: rows of its CSV files as entities and as memories. In `text`, `{column}` stands
 * for a value of the row; `at` is the column of the time at which it happened.
 */
export const sampleSchema = z.strictObject({
  /** Field of the trigger's form → file to try it on. */
  input: z.record(z.string(), csvFile).default({}),
  entities: z
    .array(z.strictObject({ file: csvFile, type: z.string().min(1).max(64), key: column, data: z.array(column) }))
    .default([]),
  memories: z
    .array(
      z.strictObject({
        file: csvFile,
        tier: z.enum(['episodic', 'knowledge']),
        kind: z.string().min(1).max(64),
        text: z.string().min(1).max(2_000),
        at: column.optional(),
        entity: z.strictObject({ type: z.string().min(1).max(64), key: column }).optional(),
      }),
    )
    .default([]),
});
export type Sample = z.infer<typeof sampleSchema>;
export type Row = Record<string, string>;

/** Reads a template's sample.json; null where it has none. Throws where it is broken: it is part of the software. */
export async function readSample(folder: string): Promise<Sample | null> {
  const file = path.join(folder, 'sample.json');
  try {
    return sampleSchema.parse(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${file} cannot be used.`, { cause: error });
  }
}

/** Reads the rows of a CSV file of a template. */
export async function readRows(folder: string, file: string): Promise<Row[]> {
  const text = await fs.readFile(path.join(folder, file), 'utf8');
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true });
  if (errors[0]) throw new Error(`${path.join(folder, file)}, row ${errors[0].row}: ${errors[0].message}`);
  return data;
}

/** Puts the values of a row in the places of `{column}`. */
export function fillIn(text: string, row: Row): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => row[name] ?? '');
}
