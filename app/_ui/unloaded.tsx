'use client';
import { useEffect } from 'react';
import { sayFailed } from './say.ts';

/** Stands where a part of the page could not be loaded: that is said, and the page goes on without it. */
export function Unloaded() {
  useEffect(
    () => sayFailed('This part could not be loaded', 'The server does not answer. Load the page again once it does.'),
    [],
  );
  return null;
}
