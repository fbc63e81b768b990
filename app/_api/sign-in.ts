const stays = new Set<() => boolean>();

/** Keeps the page where it is when the session has ended, while `needed`: what is on it would be lost. Answers how to let go. */
export function stayWhile(needed: () => boolean): () => void {
  stays.add(needed);
  return () => void stays.delete(needed);
}

/** An ended session leads to the sign-in page and back to where the operator was. */
export function leadToSignIn(): void {
  if ([...stays].some((needed) => needed())) return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/login?next=${encodeURIComponent(here)}`);
}
