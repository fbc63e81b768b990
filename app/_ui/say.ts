'use client';

type Toast = typeof import('sonner').toast;

let ask = (): void => {};
let stands = (): void => {};
const standing = new Promise<void>((resolve) => {
  stands = resolve;
});

/** For the place where messages rise: is told when one is to be said before it stands, and tells that it stands. */
export function onFirstMessage(show: () => void): void {
  ask = show;
}
export function messagesStand(): void {
  stands();
}

/** Says that something worked; `action` is what can be done about it. */
export function sayDone(title: string, description?: string, action?: { label: string; onClick: () => void }): void {
  withToast((toast) => toast.success(title, { description, ...(action ? { action } : {}) }));
}

/** Says that something did not work, and what to do. Stays until it is closed. */
export function sayFailed(title: string, description?: string): void {
  withToast((toast) => toast.error(title, { description, duration: 12_000, closeButton: true }));
}

/** A message that nobody could show would be lost: it waits until its place stands. */
function withToast(say: (toast: Toast) => void): void {
  ask();
  standing
    .then(() => import('sonner'))
    .then(
      ({ toast }) => say(toast),
      (error: unknown) => console.warn('A message could not be shown.', error),
    );
}
