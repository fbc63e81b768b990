import http from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Graph } from '#nodes/core/graph.ts';
import type { LiveMessage, LiveSnapshotRun, RunEvent } from '#server/live/types.ts';

/**
 * Stands before the product and answers one thing in its place: the live stream, in the product's own words and in its
 * wire format. So the browser gets updates as it does in reality, at a rate that is chosen, and the two cores are not
 * taken by an engine that would be on another machine than the browser, or on more cores.
 */
export type LiveFeed = {
  url: string;
  /** Sends so many updates a second, one message each, until `stop`, which answers how many a second it were. */
  start(perSecond: number): { stop(): number };
  close(): Promise<void>;
};

export async function openLiveFeed(target: string, run: LiveSnapshotRun, graph: Graph): Promise<LiveFeed> {
  const listeners = new Set<http.ServerResponse>();
  const course = courseOf(run, graph);
  let sent = 0;
  const send = (message: LiveMessage) => {
    sent += 1;
    for (const each of listeners) each.write(`id: ${sent}\ndata: ${JSON.stringify(message)}\n\n`);
  };
  const tell = (event: RunEvent) =>
    send({ kind: 'events', runId: run.id, ref: run.ref, pipelineId: run.pipelineId, events: [event] });
  const server = http.createServer((request, response) => {
    if (!request.url?.startsWith('/api/trpc/live.runs')) return pass(target, request, response);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
    response.write('event: connected\ndata: {}\n\n');
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
    send({
      kind: 'snapshot',
      runs: [{ ...run, status: 'running', endedAt: null, seq: course.seq(), nodes: {}, open: [] }],
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    start(perSecond) {
      const before = sent;
      const startedAt = performance.now();
      const timer = setInterval(() => {
        const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
        while (sent - before < due) tell(course.next());
      }, 4);
      return {
        stop() {
          clearInterval(timer);
          const perSec = (sent - before) / ((performance.now() - startedAt) / 1_000);
          while (course.isOpen()) tell(course.end());
          return perSec;
        },
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(target: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, headers } = request;
  const onward = http.request(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

const atOnce = 24;

/** A run that goes round: each node begins, is done a little later, and `atOnce` of them are at work at any time. */
function courseOf(run: LiveSnapshotRun, graph: Graph) {
  const outcomes = new Map(graph.edges.map(({ from, outcome }) => [from, outcome]));
  const ids = graph.nodes.map(({ id }) => id);
  let [seq, begun, ended] = [run.seq, 0, 0];
  const nodeAt = (turn: number) => ids[turn % ids.length] as string;
  const pathAt = (turn: number) => `turn:${Math.floor(turn / ids.length)}`;
  const begin = (): RunEvent => {
    seq += 1;
    const data = { state: nodeAt(begun), path: pathAt(begun), attempt: 1 };
    begun += 1;
    return { seq, kind: 'step.started', at: Date.now(), data };
  };
  const end = (): RunEvent => {
    seq += 1;
    const state = nodeAt(ended);
    const data = { state, path: pathAt(ended), outcome: outcomes.get(state) ?? 'ok', ms: 120 };
    ended += 1;
    return { seq, kind: 'step.done', at: Date.now(), data };
  };
  return { seq: () => seq, isOpen: () => ended < begun, end, next: () => (begun - ended < atOnce ? begin() : end()) };
}
