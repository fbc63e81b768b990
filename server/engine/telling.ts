import type { Pool } from 'pg';
import type { Said } from '#server/live/said.ts';
import { saidChannel } from '#server/live/said.ts';
import { tellEveryMs } from './timing.ts';

/** NOTIFY payloads end at 8,000 bytes. A character of JSON may take six. */
const textPerNotice = 1_200;
/** What is not sent yet of one step; of more the beginning is left out, as its output will hold it all. */
const mostWaiting = 20_000;

export type SaidBy = Pick<Said, 'runId' | 'state' | 'path' | 'attempt'>;

/** Tells who watches what steps say while they run. */
export type Telling = {
  /** A piece of a model's answer. */
  text: (by: SaidBy, delta: string) => void;
  /** A line of the log. */
  log: (by: SaidBy, message: string) => void;
  close: () => Promise<void>;
};

type Waiting = { by: SaidBy; from: number; text: string };

/**
 * Sends what steps say to the web processes: outside every transition, in pieces of a few a second. Nothing depends on
 * it: what is lost stands in the step's output and log when it is over.
 */
export function createTelling(pool: Pool, onError: (error: unknown) => void): Telling {
  const texts = new Map<string, Waiting>();
  const lengths = new WeakMap<SaidBy, number>();
  let logs: Said[] = [];
  let flushing: Promise<void> | null = null;

  const flush = async (): Promise<void> => {
    while (texts.size + logs.length > 0) {
      const pieces = [...logs, ...[...texts.values()].flatMap(piecesOf)];
      texts.clear();
      logs = [];
      for (const payload of payloadsOf(pieces))
        await pool
          .query({ name: 'sg_tell', text: 'select pg_notify($1, $2)', values: [saidChannel, payload] })
          .catch(onError);
      await new Promise((resolve) => setTimeout(resolve, tellEveryMs));
    }
    flushing = null;
  };
  const start = (): void => {
    flushing ??= flush();
  };

  return {
    text(by, delta) {
      if (delta === '') return;
      const from = lengths.get(by) ?? 0;
      lengths.set(by, from + delta.length);
      const key = `${by.runId} ${by.state} ${by.path} ${by.attempt}`;
      const known = texts.get(key);
      texts.set(key, shortened(known ? { ...known, text: known.text + delta } : { by, from, text: delta }));
      start();
    },
    log(by, message) {
      logs.push({ kind: 'log', ...by, at: Date.now(), message: message.slice(0, textPerNotice) });
      start();
    },
    async close() {
      await flushing;
    },
  };
}

function shortened(waiting: Waiting): Waiting {
  const extra = waiting.text.length - mostWaiting;
  return extra <= 0 ? waiting : { ...waiting, from: waiting.from + extra, text: waiting.text.slice(extra) };
}

function piecesOf({ by, from, text }: Waiting): Said[] {
  const pieces: Said[] = [];
  for (let at = 0; at < text.length; at += textPerNotice)
    pieces.push({ kind: 'text', ...by, from: from + at, text: text.slice(at, at + textPerNotice) });
  return pieces;
}

/** As many pieces in a notice as it holds. */
function payloadsOf(pieces: readonly Said[]): string[] {
  const payloads: string[] = [];
  let open: string[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    const text = JSON.stringify(piece);
    const more = Buffer.byteLength(text) + 1;
    if (bytes + more > 7_900 && open.length > 0) {
      payloads.push(`[${open.join(',')}]`);
      [open, bytes] = [[], 0];
    }
    open.push(text);
    bytes += more;
  }
  if (open.length > 0) payloads.push(`[${open.join(',')}]`);
  return payloads;
}
