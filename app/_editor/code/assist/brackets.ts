/** A bracket that is open at the end of a text: where it stands, and where the commas between its parts are. */
export type OpenBracket = { bracket: string; at: number; commas: number[] };

export type Scanned = {
  open: OpenBracket[];
  /** The text ends within quotes. */
  quoted: boolean;
  /** Where what ends at a place began: of closing brackets and quotes. */
  beginOf: ReadonlyMap<number, number>;
};

const closing: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Reads the brackets and quotes of an expression up to a cursor. */
export function scan(before: string): Scanned {
  const open: OpenBracket[] = [];
  const beginOf = new Map<number, number>();
  for (let at = 0; at < before.length; at++) {
    const letter = before[at] as string;
    if (letter === '"' || letter === "'") {
      const end = endOfQuotes(before, at);
      if (end < 0) return { open, quoted: true, beginOf };
      beginOf.set(end, at);
      at = end;
    } else if (letter === '(' || letter === '[' || letter === '{') open.push({ bracket: letter, at, commas: [] });
    else if (letter === ',') open.at(-1)?.commas.push(at);
    else if (letter in closing && open.at(-1)?.bracket === closing[letter]) beginOf.set(at, open.pop()?.at ?? 0);
  }
  return { open, quoted: false, beginOf };
}

function endOfQuotes(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from]) return at;
  }
  return -1;
}

const wordEnd = /[A-Za-z_]\w*$/;

/** Where the operand begins that ends at `end`: `xs.filter(x, x > 1)[0].name` as a whole. */
export function operandStart(text: string, end: number, { beginOf }: Pick<Scanned, 'beginOf'>): number {
  let at = end;
  for (;;) {
    const last = text[at - 1] ?? '';
    const begin = beginOf.get(at - 1);
    if (begin !== undefined) {
      at = begin;
      // What stands before a bracket belongs to it: a call, a place in a list.
      if (last !== '"' && last !== "'" && /[\w)\]]/.test(text[at - 1] ?? '')) continue;
    } else {
      const word = wordEnd.exec(text.slice(0, at))?.[0] ?? /\d+$/.exec(text.slice(0, at))?.[0];
      if (word === undefined) return at;
      at -= word.length;
    }
    const dot = /\.\??$/.exec(text.slice(0, at))?.[0];
    if (dot === undefined) return at;
    at -= dot.length;
  }
}

/** The call that an open bracket belongs to: its name, and what it is a method of. Null: it is no call. */
export type Callee = { name: string; receiver: string | null; nameAt: number };

/** What is called where a bracket opens at `at`. */
export function calleeAt(text: string, at: number, scanned: Pick<Scanned, 'beginOf'>): Callee | null {
  const name = wordEnd.exec(text.slice(0, at))?.[0];
  if (name === undefined) return null;
  const nameAt = at - name.length;
  const dot = /\.\??$/.exec(text.slice(0, nameAt))?.[0];
  if (dot === undefined) return { name, receiver: null, nameAt };
  const end = nameAt - dot.length;
  return { name, receiver: text.slice(operandStart(text, end, scanned), end), nameAt };
}
