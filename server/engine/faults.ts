/** Points at which a worker can be made to die, to prove that nothing is lost or doubled when it does. */
export const faultPoints = [
  'after-claim',
  'before-effect',
  'after-effect',
  'before-commit',
  'after-commit',
  'in-flush',
] as const;
export type FaultPoint = (typeof faultPoints)[number];

/** `point:probability` of the environment of a worker under test; a worker in use has none. */
const [wanted, probability] = (process.env.SOLOGRAPH_FAULT ?? '').split(':');

/** Does nothing, except in a worker under test: there it may end the process on the spot, as a power cut would. */
export function reach(point: FaultPoint): void {
  if (point === wanted && Math.random() < Number(probability ?? 1)) process.kill(process.pid, 'SIGKILL');
}

/** The same, within the next milliseconds: while a statement is on its way, or done and not yet answered. */
export function reachSoon(point: FaultPoint): void {
  if (point === wanted) setTimeout(reach, Math.random() * 5, point);
}
