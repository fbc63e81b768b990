import fs from 'node:fs';
import type { Json } from '#nodes/core/json.ts';
import { UsageError } from './usage.ts';

/** Largest file that is read as JSON. */
const maxBytes = 16_000_000;

/** Reads a JSON file. Errors: UsageError that names the file and what is wrong with it. */
export function readJson(file: string): Json {
  let text: string;
  try {
    if (fs.statSync(file).size > maxBytes) throw new UsageError(`${file} is larger than ${maxBytes} bytes.`);
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Json;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** The graph in a file: the document itself, or the one that a template carries. */
export function readGraph(file: string): Json {
  const document = readJson(file);
  const isTemplate =
    typeof document === 'object' &&
    document !== null &&
    !Array.isArray(document) &&
    document.format === 'solograph/template';
  return isTemplate ? (document.graph ?? null) : document;
}
