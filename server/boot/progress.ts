import ora from 'ora';

/** Adds to a phase's line; 'warn' marks the phase as one that went on without something. */
export type Note = (text: string, mood?: 'warn') => void;

/** Tells the operator, phase by phase, what the start is doing. */
export type Progress = {
  /** Runs a phase and prints one line with its time. The work may add what it found out to the line. */
  phase<T>(name: string, work: (note: Note) => Promise<T>): Promise<T>;
  /** One line between the phases: news, warnings. */
  say(text: string): void;
};

/** A phase of the start that failed, with the reason. */
export class PhaseError extends Error {
  readonly phase: string;

  constructor(phase: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'PhaseError';
    this.phase = phase;
  }
}

type Stream = NodeJS.WriteStream | { write(text: string): unknown; isTTY?: boolean };

/** A spinner on a terminal; plain lines elsewhere, or where NO_COLOR or CI ask for them. */
export function createProgress(stream: Stream): Progress {
  const fancy = stream.isTTY === true && !process.env.NO_COLOR && !process.env.CI;
  const spinner = fancy ? ora({ stream: stream as NodeJS.WriteStream, discardStdin: false }) : null;
  const running = new Map<string, number>();
  const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
  const runningText = () => [...running].map(([name, since]) => `${name} ${seconds(since)}`).join(', ');
  const say = (text: string) => {
    spinner?.clear();
    stream.write(`${text}\n`);
  };
  const refresh = () => {
    if (!spinner) return;
    if (running.size === 0) spinner.stop();
    else spinner.start(runningText());
  };
  const tick = () => {
    const timer = setInterval(() => {
      if (spinner) spinner.text = runningText();
    }, 100);
    timer.unref();
    return timer;
  };

  const phase = async <T>(name: string, work: (note: Note) => Promise<T>): Promise<T> => {
    const since = Date.now();
    const notes: string[] = [];
    let mark = '✓';
    running.set(name, since);
    refresh();
    const timer = spinner ? tick() : undefined;
    try {
      const result = await work((text, mood) => {
        notes.push(text);
        if (mood === 'warn') mark = '!';
      });
      say(`${mark} ${name.padEnd(12)} ${[...notes, `(${seconds(since)})`].join(' ')}`);
      return result;
    } catch (error) {
      say(`✗ ${name.padEnd(12)} (${seconds(since)})`);
      throw error instanceof PhaseError ? error : new PhaseError(name, error);
    } finally {
      clearInterval(timer);
      running.delete(name);
      refresh();
    }
  };
  return { phase, say };
}

/** For commands and tests: only what went wrong is said, on stderr. */
export const quietProgress: Progress = {
  phase: async (name, work) => {
    try {
      return await work((text, mood) => {
        if (mood === 'warn') console.error(`${name}: ${text}`);
      });
    } catch (error) {
      throw error instanceof PhaseError ? error : new PhaseError(name, error);
    }
  },
  say: (text) => console.error(text),
};
