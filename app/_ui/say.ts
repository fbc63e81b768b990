'use client';

/** Says that something worked; `action` is what can be done about it. */
export function sayDone(title: string, description?: string, action?: { label: string; onClick: () => void }): void {
  withToast((toast) => toast.success(title, { description, ...(action ? { action } : {}) }));
}

/** Says that something did not work, and what to do. Stays until it is closed. */
export function sayFailed(title: string, description?: string): void {
  withToast((toast) => toast.error(title, { description, duration: 12_000, closeButton: true }));
}

/** Fetched when something is first said; the editor fetches it before, so that it can be said without a network too. */
function withToast(say: (toast: typeof import('sonner').toast) => void): void {
  import('sonner').then(
    ({ toast }) => say(toast),
    (error: unknown) => console.warn('A message could not be shown.', error),
  );
}
