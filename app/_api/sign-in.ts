/** A page that the operator is not led away from when the session has ended: what is on it would be lost. */
export type Stay = { onEnded(): void; onBack(): void };

const stays = new Set<Stay>();
let hasEnded = false;

/** Keeps the page where it is, and tells it when the session has ended and when there is one again. Answers how to let go. */
export function stayOpen(stay: Stay): () => void {
  stays.add(stay);
  return () => void stays.delete(stay);
}

/** The server no longer knows who asks: leads to the sign-in page and back, except from a page that stays. */
export function onSessionEnded(): void {
  hasEnded = true;
  for (const stay of stays) stay.onEnded();
  if (stays.size > 0) return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/login?next=${encodeURIComponent(here)}`);
}

/** The server answered: whoever stayed goes on. */
export function onAnswered(): void {
  if (!hasEnded) return;
  hasEnded = false;
  for (const stay of stays) stay.onBack();
}
