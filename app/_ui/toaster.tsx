'use client';
import { useEffect, useState } from 'react';
import { lazyPart } from './lazy-part.ts';
import { onFirstMessage } from './say.ts';
import { WhenIdle } from './when-idle.tsx';

export { sayDone, sayFailed } from './say.ts';

const Messages = lazyPart(
  async () => (await import('./messages.tsx')).Messages,
  () => null,
);

/** Where short messages rise: there when the page rests, or when the first one is said. */
export function Toaster() {
  const [asked, setAsked] = useState(false);
  useEffect(() => onFirstMessage(() => setAsked(true)), []);
  return asked ? <Messages /> : <WhenIdle afterMs={4_000}>{<Messages />}</WhenIdle>;
}
