import { parentPort, workerData } from 'node:worker_threads';
import { toNodeError } from '#nodes/core/errors.ts';
import { extract, type ToExtract } from './extract.ts';

/** Body of the thread in which one document is read: `extractApart` starts it. */
try {
  parentPort?.postMessage({ ok: true, extracted: await extract(workerData as ToExtract) });
} catch (error) {
  const { code, message } = toNodeError(error);
  parentPort?.postMessage({ ok: false, code, message });
}
