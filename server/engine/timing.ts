/** Of SOLOGRAPH_TIMING_SCALE. A value that cannot be used counts as 1 here: `env()` refuses it before a worker starts. */
const scale = Number(process.env.SOLOGRAPH_TIMING_SCALE || 1) || 1;
const scaled = (ms: number): number => Math.max(1, Math.round(ms * scale));

/** Class of the session advisory lock that each worker holds; the object id is the worker's id. */
export const workerLockClass = 0x534f4c4f;
/** A worker that has not written its heartbeat for this long is dead, whatever its connection says. */
export const leaseMs = scaled(15_000);
export const heartbeatMs = scaled(2_000);
/** How often each worker looks for dead ones. */
export const recoverMs = scaled(1_000);
/** How often each worker looks for steps without a job among the runs that stand still. */
export const adoptMs = scaled(5_000);
/** How often it looks among all runs that have not ended, and for rarer kinds of being stuck. */
export const adoptAllMs = scaled(60_000);
/** A query that gets no answer for this long is on a connection that is broken without having ended. */
export const answerMs = 10_000;
/** A job goes on with the run's next step at most this often and this long, then lets others have a turn. */
export const hopLimit = 500;
export const hopMs = 5_000;
/** How many steps one worker holds at once, beyond those that its jobs bring. */
export const stepsAtOnce = 400;
/** A stopping worker lets its steps finish this long; then it hands them over. */
export const drainMs = scaled(3_000);
/** What a stopping worker has not handed over in this time is taken from it. */
export const handOverMs = 1_000;
/** Live hints of one process go out at most once in this time. */
export const hintEveryMs = 25;
/** What steps say goes out at most once in this time. */
export const tellEveryMs = 50;
