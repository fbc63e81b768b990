import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '#nodes/core/json.ts';

type Line = { custom_id: string; body: JsonObject };
type Made = { id: string; name: string; lines: Line[] };

/** The batch endpoint of the model server. */
export type Batches = {
  /** Batches that it took, with the name that they were given. */
  made: Made[];
  /** What becomes of batches; `held` are under way. */
  become: (status: 'held' | 'completed' | 'expired' | 'failed') => void;
  /** How it answers a look at a batch instead of telling of it: a status, or not at all; null: as usual. */
  lookFails: (how: number | 'silent' | null) => void;
  /** The answer to the next batch that it takes is lost on its way. */
  loseAnswer: () => void;
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/** Speaks /files and /batches: a line that asks to be refused is, any other is answered. */
export function batchServer(): Batches {
  const made: Made[] = [];
  const files = new Map<string, string>();
  let status: 'held' | 'completed' | 'expired' | 'failed' = 'completed';
  let loses = false;
  let failing: number | 'silent' | null = null;
  const create = (body: JsonObject): JsonObject => {
    const metadata = body.metadata as { solograph: string };
    const lines = (files.get(String(body.input_file_id)) ?? '').split('\n').map((line) => JSON.parse(line) as Line);
    made.push({ id: `batch_${made.length + 1}`, name: metadata.solograph, lines });
    return { id: `batch_${made.length}`, status: 'validating', metadata };
  };
  const look = ({ id, name, lines }: Made): JsonObject => {
    const about = { id, metadata: { solograph: name }, object: 'batch' };
    if (status === 'held') return { ...about, status: 'in_progress' };
    if (status === 'failed') return { ...about, status, errors: { data: [{ message: 'a line is wrong' }] } };
    files.set(`${id}_out`, textOf(status === 'expired' ? [] : lines.filter((line) => !refused(line)).map(answered)));
    files.set(`${id}_err`, textOf(status === 'expired' ? lines.map(expired) : lines.filter(refused).map(rejected)));
    return { ...about, status, output_file_id: `${id}_out`, error_file_id: `${id}_err` };
  };
  return {
    made,
    become: (next) => {
      status = next;
    },
    lookFails: (how) => {
      failing = how;
    },
    loseAnswer: () => {
      loses = true;
    },
    async serve(request, response) {
      const [, kind, id] = /\/(files|batches)\/?([^/?]*)/.exec(request.url ?? '') ?? [];
      const send = (body: JsonObject) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (request.method === 'GET' && kind === 'files') return void response.end(files.get(id ?? '') ?? '');
      if (request.method === 'GET' && id && failing !== null) return refuse(response, failing);
      if (request.method === 'GET' && id) return send(look(made.find((batch) => batch.id === id) as Made));
      if (request.method === 'GET') return send({ object: 'list', data: made.map(look), has_more: false });
      const text = await bodyOf(request);
      if (kind === 'files') {
        files.set(`file_${files.size}`, fileOf(text));
        return send({ id: `file_${files.size - 1}`, object: 'file' });
      }
      const batch = create(JSON.parse(text) as JsonObject);
      if (!loses) return send(batch);
      loses = false;
      response.destroy();
    },
  };
}

function refuse(response: ServerResponse, how: number | 'silent'): void {
  if (how === 'silent') return void response.destroy();
  response.writeHead(how, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message: `denied (${how})` } }));
}

const textOf = (lines: JsonObject[]): string => lines.map((line) => JSON.stringify(line)).join('\n');
const saidOf = ({ body }: Line): string => (body.messages as { content: string }[]).at(-1)?.content ?? '';
const refused = (line: Line): boolean => saidOf(line).includes('refuse this');

function answered(line: Line): JsonObject {
  const message = { role: 'assistant', content: `You said: ${saidOf(line)}` };
  const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
  const body = {
    id: 'chatcmpl-b',
    model: line.body.model,
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage,
  };
  return { custom_id: line.custom_id, response: { status_code: 200, body } as JsonObject, error: null };
}

const rejected = ({ custom_id }: Line): JsonObject => ({
  custom_id,
  response: { status_code: 400, body: { error: { message: 'this line is wrong' } } },
  error: null,
});
const expired = ({ custom_id }: Line): JsonObject => ({
  custom_id,
  response: null,
  error: { code: 'batch_expired', message: 'too late' },
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The content of the part with a file name in a multipart body. */
function fileOf(text: string): string {
  const part = text.split(/\r\n--|^--/).find((each) => each.includes('filename=')) ?? '';
  return part.slice(part.indexOf('\r\n\r\n') + 4);
}
