type AskedAhead = { url: string; answer: Promise<Response> };
type Page = typeof globalThis & { sgAskedAhead?: AskedAhead };

/** The script of a page that asks a procedure while the page is still being read, long before its own scripts run. */
export function askAheadScript(procedure: string, input: unknown): string {
  // As `httpBatchLink` writes a batch of one. Nothing of it can end the script: it is encoded as part of an address.
  const url = JSON.stringify(
    `/api/trpc/${procedure}?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: input }))}`,
  );
  return `sgAskedAhead={url:${url},answer:fetch(${url})};sgAskedAhead.answer.catch(()=>{})`;
}

/** `fetch`, but what the page has asked ahead is taken from there, once; if that failed, it is asked again. */
export async function fetchOrTake(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const page = globalThis as Page;
  const asked = page.sgAskedAhead;
  if (!asked || input !== asked.url) return await fetch(input, init);
  page.sgAskedAhead = undefined;
  return await asked.answer.catch(() => fetch(input, init));
}
