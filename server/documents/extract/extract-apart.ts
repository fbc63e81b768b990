import { Worker } from 'node:worker_threads';
import { NodeError, type NodeErrorCode } from '#nodes/core/errors.ts';
import type { ToExtract } from './extract.ts';
import type { Extracted } from './extracted.ts';

type Said = { ok: true; extracted: Extracted } | { ok: false; code: NodeErrorCode; message: string };

const longestMs = 60_000;
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64 };

/**
 * Reads a document in a thread of its own, with limits of time and memory: whatever a document does to its parser, the
 * process goes on. Errors: FILE_UNREADABLE, FILE_ENCRYPTED, TOO_LARGE.
 */
export async function extractApart(wanted: ToExtract, limitMs = longestMs): Promise<Extracted> {
  const { name } = wanted;
  const thread = new Worker(new URL('./extract-thread.ts', import.meta.url), {
    workerData: wanted,
    resourceLimits,
    execArgv: [],
    // Parsers complain about odd documents; what is wrong is said by their failure.
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const said = await new Promise<Said>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', (error) => reject(failed(name, error)));
      thread.once('exit', () =>
        reject(new NodeError('FILE_UNREADABLE', `${name} could not be read: its reader ended.`)),
      );
      const late = `${name} took longer than ${limitMs / 1_000} s to read. Split it, or save it in a simpler form.`;
      timer = setTimeout(() => reject(new NodeError('TOO_LARGE', late)), limitMs);
    });
    if (said.ok) return said.extracted;
    throw new NodeError(said.code, said.message);
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}

function failed(name: string, error: unknown): NodeError {
  if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new NodeError('TOO_LARGE', `${name} needs more memory to be read than a document may. Split it.`, {
      cause: error,
    });
  return new NodeError('FILE_UNREADABLE', `${name} could not be read: ${(error as Error).message}`, { cause: error });
}
