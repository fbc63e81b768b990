/** The vector index did not answer. Callers go on without it. */
export class IndexUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'IndexUnavailable';
  }
}

/** How long an index that failed is left alone, so that not every search waits for it. */
const restMs = 10_000;

export type Circuit = {
  /** Runs a request, limited in time. Throws IndexUnavailable where it fails, or one failed a moment ago. */
  run<T>(limitMs: number, request: () => Promise<T>): Promise<T>;
  state(): { ok: true } | { ok: false; reason: string };
};

/** Guards a server that may be away. `never` is the reason why it is not there at all, or null. */
export function createCircuit(never: string | null, now: () => number = Date.now): Circuit {
  let failed: { reason: string; at: number } | null = null;
  const resting = () => never ?? (failed && now() - failed.at < restMs ? failed.reason : null);
  return {
    async run(limitMs, request) {
      const reason = resting();
      if (reason !== null) throw new IndexUnavailable(reason);
      try {
        const answer = await limited(limitMs, request());
        failed = null;
        return answer;
      } catch (error) {
        failed = { reason: error instanceof Error ? error.message : String(error), at: now() };
        throw new IndexUnavailable(failed.reason, error);
      }
    },
    state() {
      const reason = resting() ?? failed?.reason ?? null;
      return reason === null ? { ok: true } : { ok: false, reason };
    },
  };
}

function limited<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`Chroma did not answer within ${limitMs / 1000} s.`));
    const timer = setTimeout(late, limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
