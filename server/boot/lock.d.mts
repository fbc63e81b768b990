/** A process that cannot be mistaken for a later one with the same pid. */
export type RecordedProcess = { pid: number; startId: string };
export type LockHolder = RecordedProcess & { label: string };
export type Lock = { held: true; release: () => void } | { held: false; holder: LockHolder };

export function startIdOf(pid: number): string | null;
export function isAlive(recorded: RecordedProcess): boolean;
export function thisProcess(): RecordedProcess;
export function tryLock(file: string, label: string): Lock;
export function waitForLock(file: string, label: string, onWait: (holder: LockHolder) => void): Promise<() => void>;
