'use client';
import { lazyPart } from './lazy-part.ts';

export { sayDone, sayFailed } from './say.ts';

/** Where short messages rise. No message rises while a page loads, so it is no part of that. */
export const Toaster = lazyPart(async () => (await import('./messages.tsx')).Messages);
