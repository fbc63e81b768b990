'use client';
import { lazyPart } from './lazy-part.ts';

/** Where short messages rise. No message rises while a page loads, so it is no part of that. */
export const Toaster = lazyPart(async () => (await import('./messages.tsx')).Messages);

/** Says that something worked; `action` is what can be done about it. */
export function sayDone(title: string, description?: string, action?: { label: string; onClick: () => void }): void {
  void import('sonner').then(({ toast }) => toast.success(title, { description, ...(action ? { action } : {}) }));
}

/** Says that something did not work, and what to do. Stays until it is closed. */
export function sayFailed(title: string, description?: string): void {
  void import('sonner').then(({ toast }) => toast.error(title, { description, duration: 12_000, closeButton: true }));
}
