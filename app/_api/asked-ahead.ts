type AskedAhead = { url: string; answer: Promise<Response> /** On the page's own clock, milliseconds. */; at: number };
type Page = typeof globalThis & { sgAskedAhead?: AskedAhead };

/** What nobody took by then is old: a pipeline that is opened again later is to be the one of that moment. */
const freshMs = 10_000;

/** The script of a page that asks a procedure while the page is still being read, long before its own scripts run. */
export function askAheadScript(procedure: string, input: unknown): string {
  // As `httpBatchLink` writes a batch of one. Nothing of it can end the script: it is encoded as part of an address.
  const url = JSON.stringify(
    `/api/trpc/${procedure}?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: input }))}`,
  );
  return `sgAskedAhead={url:${url},answer:fetch(${url}),at:performance.now()};sgAskedAhead.answer.catch(()=>{})`;
}

/** `fetch`, but what the page has asked ahead is taken from there, once; if that failed, it is asked again. */
export async function fetchOrTake(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const page = globalThis as Page;
  const asked = page.sgAskedAhead;
  if (!asked || input !== asked.url) return await fetch(input, init);
  page.sgAskedAhead = undefined;
  if (performance.now() - asked.at > freshMs) return await fetch(input, init);
  return await asked.answer.catch(() => fetch(input, init));
}
