import Papa from 'papaparse';
import { NodeError } from '#nodes/core/errors.ts';
import { type Extracted, gatherer } from './extracted.ts';

const mostColumns = 500;

/**
 * A table becomes one section a row, `column: value` by `column: value`, so that a row is found by what it says and is
 * understood without the others. Rows are taken one by one. Errors: FILE_UNREADABLE, TOO_LARGE.
 */
export function extractCsv(name: string, text: string): Extracted {
  const gathered = gatherer(name);
  let columns: string[] | null = null;
  let row = 0;
  let failure: unknown = null;
  Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    step({ data, errors }, parser) {
      try {
        if (errors.some(({ type }) => type === 'Quotes'))
          throw new NodeError(
            'FILE_UNREADABLE',
            `${name}: row ${row + 1} has a quote that is not closed. Correct that row.`,
          );
        if (columns === null) columns = headerOf(name, data);
        else gathered.add(`${lineOf(columns, data)}\n`, `row ${row}`);
        row += 1;
      } catch (error) {
        failure = error;
        parser.abort();
      }
    },
  });
  if (failure) throw failure;
  return gathered.done();
}

function headerOf(name: string, data: string[]): string[] {
  if (data.length > mostColumns)
    throw new NodeError(
      'FILE_UNREADABLE',
      `${name} has ${data.length} columns in its first row; ${mostColumns} at most.`,
    );
  return data.map((column, at) => column.trim() || `column ${at + 1}`);
}

function lineOf(columns: string[], data: string[]): string {
  return data
    .map((value, at) => [columns[at] ?? `column ${at + 1}`, value.trim()] as const)
    .filter(([, value]) => value !== '')
    .map(([column, value]) => `${column}: ${value}`)
    .join(' · ');
}
