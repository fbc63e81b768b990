import type { JsonObject } from '#nodes/core/json.ts';
import { fold } from './facts.ts';
import { cut, mailBody, reasonLine, subjectLine, summaryLine, type Writer } from './sentences.ts';

const writers: [RegExp, (writer: Writer) => string][] = [
  [/^(subject|title|headline|betreff)/, subjectLine],
  [/(body|message|mail|draft|letter|reply|answer|content|html|text)$/, mailBody],
  [/(reason|why|rationale|because|explanation|justification|grounds)/, reasonLine],
  [/^(contact|name|recipient|person|greeting)/, ({ facts }) => facts.contact ?? summaryLine({ facts, pick: first })],
  [/^(company|organi[sz]ation|customer|account)/, ({ facts }) => facts.company ?? 'unknown'],
];

/** A string for a member, by what the prompt says of it, else by its name. Fits the lengths and common formats. */
export function fillString(schema: JsonObject, name: string, writer: Writer): string {
  const format = typeof schema.format === 'string' ? formats[schema.format] : undefined;
  if (format) return format(writer);
  const label = fold(name);
  const said = writer.facts.labelled.get(label);
  const write = writers.find(([pattern]) => pattern.test(label))?.[1] ?? summaryLine;
  return fitted(said ?? write(writer), schema);
}

function fitted(text: string, schema: JsonObject): string {
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : Number.POSITIVE_INFINITY;
  // Lengths in JSON Schema count characters, not UTF-16 units.
  const letters = [...text];
  const shorter = letters.length > most ? shorten(text, most) : text;
  return shorter.padEnd(least + shorter.length - [...shorter].length, '.');
}

function shorten(text: string, most: number): string {
  const lines = text.slice(0, most).lastIndexOf('\n\n');
  if (lines > most / 2) return text.slice(0, lines);
  return most < 2 ? [...text].slice(0, most).join('') : [...cut(text, most)].slice(0, most).join('');
}

const first = <T>([one]: readonly [T, ...T[]]): T => one;

/** Formats have a form of their own. A value that the prompt does not have is one that can lead nowhere. */
const formats: Record<string, ((writer: Writer) => string) | undefined> = {
  email: (writer) => found(writer, /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/) ?? 'nobody@example.test',
  uri: (writer) => found(writer, /https?:\/\/[^\s"<>]{1,200}/) ?? 'https://example.test/',
  date: (writer) => found(writer, /\d{4}-\d{2}-\d{2}/) ?? '2000-01-01',
  'date-time': (writer) =>
    found(writer, /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})/) ?? '2000-01-01T00:00:00Z',
};

function found({ facts }: Writer, pattern: RegExp): string | null {
  for (const text of [...facts.labelled.values(), ...facts.listed, facts.request]) {
    const match = pattern.exec(text);
    if (match) return match[0];
  }
  return null;
}
