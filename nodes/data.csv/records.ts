import Papa from 'papaparse';
import { NodeError } from '#nodes/core/errors.ts';

/** One record of the text, with the line on which it begins (1-based). */
export type CsvRecord = { values: string[]; line: number };

type Options = { delimiter: string; maxRecords: number; signal: AbortSignal };
const candidates = [',', ';', '\t', '|'];

/**
 * Splits CSV text (RFC 4180) into records; blank lines are left out. `delimiter` '' finds it.
 * Errors: FILE_UNREADABLE with the line, TOO_LARGE.
 */
export function readRecords(raw: string, options: Options): { records: CsvRecord[]; delimiter: string } {
  const { text, newline } = oneLineEnding(raw);
  const delimiter = options.delimiter || findDelimiter(text, newline);
  const records: CsvRecord[] = [];
  let line = 1;
  let start = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    newline,
    step: ({ data, errors, meta }) => {
      options.signal.throwIfAborted();
      const [problem] = errors;
      if (problem) throw new NodeError('FILE_UNREADABLE', `Line ${line}: ${problem.message}. Close the quotes there.`);
      if (data.length > 1 || data[0] !== '') records.push({ values: data, line });
      if (records.length > options.maxRecords)
        throw new NodeError('TOO_LARGE', `The file has more than ${options.maxRecords} rows. Raise "Most rows".`);
      line += count(text, newline, { from: start, to: meta.cursor });
      start = meta.cursor;
    },
  });
  return { records, delimiter };
}

/** The library's guess needs even rows; where it finds none, the candidate that splits the first line most wins. */
function findDelimiter(text: string, newline: Newline): string {
  const guess = Papa.parse<string[]>(text, { newline, preview: 10, delimitersToGuess: candidates });
  if (!guess.errors.some((error) => error.code === 'UndetectableDelimiter')) return guess.meta.delimiter;
  const widths = candidates.map((delimiter) => ({
    delimiter,
    width: Papa.parse<string[]>(text, { newline, preview: 1, delimiter }).data[0]?.length ?? 1,
  }));
  return widths.reduce((best, next) => (next.width > best.width ? next : best)).delimiter;
}

type Newline = '\n' | '\r\n' | '\r';

/** The library reads one kind of line ending per file; where a file mixes them, all become `\n`. */
function oneLineEnding(text: string): { text: string; newline: Newline } {
  const [newline, other] = lineEndings(text);
  if (other !== undefined) return { text: text.replace(/\r\n?/g, '\n'), newline: '\n' };
  return { text, newline: newline ?? '\n' };
}

/** The line endings outside quotes; at most two, which is enough to know that they are mixed. */
function lineEndings(text: string): Newline[] {
  const found = new Set<Newline>();
  let quoted = false;
  for (let at = 0; at < text.length && found.size < 2; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted && (at === 0 || ',;\t|\n\r"'.includes(text.charAt(at - 1)));
    else if (quoted) continue;
    else if (char === '\n') found.add('\n');
    else if (char === '\r') found.add(text[at + 1] === '\n' ? '\r\n' : '\r');
    if (char === '\r' && text[at + 1] === '\n') at++;
  }
  return [...found];
}

function count(text: string, part: string, { from, to }: { from: number; to: number }): number {
  let found = 0;
  for (let at = text.indexOf(part, from); at >= 0 && at < to; at = text.indexOf(part, at + part.length)) found++;
  return found;
}
