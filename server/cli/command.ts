import type { Json } from '#nodes/core/json.ts';

/** What a command is given: words after its name, and its options as written. */
export type Invocation = {
  words: string[];
  options: Record<string, string | boolean | (string | boolean)[] | undefined>;
  /** Progress for the reader, on standard error. */
  say: (line: string) => void;
  /** Aborts on Ctrl-C. */
  signal: AbortSignal;
};

/** What a command answers: the document for --json, the same in words, and the exit code. */
export type Answer = { json: unknown; text: string; exitCode: 0 | 1 };

export type Command = {
  /** Options of `node:util` parseArgs. */
  options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>;
  run: (invocation: Invocation) => Promise<Answer>;
};

export type { Json };
