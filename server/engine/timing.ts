/** Shortens every period of a worker under test, so that it sees a lease run out in seconds; a worker in use has 1. */
const scale = Number(process.env.SOLOGRAPH_TIMING_SCALE ?? 1);

/** Class of the session advisory lock that each worker holds; the object id is the worker's id. */
export const workerLockClass = 0x534f4c4f;
/** A worker that has not written its heartbeat for this long is dead, whatever its connection says. */
export const leaseMs = 15_000 * scale;
export const heartbeatMs = 2_000 * scale;
/** How often each worker looks for dead ones. */
export const recoverMs = 1_000 * scale;
/** How often each worker looks for steps without a job. */
export const adoptMs = 5_000 * scale;
/** A job goes on with the run's next step at most this often and this long, then lets others have a turn. */
export const hopLimit = 500;
export const hopMs = 5_000;
/** How many steps one worker holds at once, beyond those that its jobs bring. */
export const stepsAtOnce = 400;
/** A stopping worker lets its steps finish this long. */
export const drainMs = 3_000;
/** Live hints of one process go out at most once in this time. */
export const hintEveryMs = 25;
