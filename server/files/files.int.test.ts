import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operator } from '#server/api/context.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import type { Scope } from '#server/db/scoped.ts';
import { importDocuments } from '#server/documents/import-documents.ts';
import { receiveFile } from './receive-file.ts';
import { serveFile } from './serve-file.ts';
import { longestFileBytes } from './store-file.ts';

let world: World;
let operator: Operator;
let scope: Scope;

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
  scope = await world.project(operator);
});
afterAll(async () => await world.close());

function upload(body: BodyInit, headers: Record<string, string>): Promise<Response> {
  const url = `http://localhost/api/files?projectId=${scope.projectId}`;
  return receiveFile(new Request(url, { method: 'POST', body, headers }), operator);
}
const name = (text: string) => ({ 'x-file-name': encodeURIComponent(text) });

describe('a file', () => {
  test('comes back as it was sent, as a download', async () => {
    const content = new Uint8Array([0, 255, 13, 10, 34]);
    const sent = await upload(content, { ...name('Leads für Köln.csv'), 'content-type': 'text/csv; charset=utf-8' });
    const file = (await sent.json()) as { id: string };
    expect(file).toEqual({ kind: 'file', id: file.id, name: 'Leads für Köln.csv', mime: 'text/csv', bytes: 5 });
    const request = new Request(`http://localhost/api/files/${file.id}?projectId=${scope.projectId}`);
    const answer = await serveFile(request, file.id, operator);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content);
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Leads%20f%C3%BCr%20K%C3%B6ln.csv",
    );
  });

  test('keeps the last part of its name only', async () => {
    const sent = await upload('x', name('..\\..\\etc/pass\u0000wd'));
    expect(await sent.json()).toMatchObject({ name: 'passwd', mime: 'text/plain' });
  });

  test('needs a name and content', async () => {
    await expect(upload('x', {})).rejects.toThrow('The file has no name.');
    await expect(upload('x', name('..'))).rejects.toThrow('The file has no name.');
    await expect(upload('x', { 'x-file-name': '%E0%A4%A' })).rejects.toThrow('is not URL-encoded');
    await expect(upload('', name('a.csv'))).rejects.toThrow('a.csv is empty.');
  });

  test('may not be longer than 25 MB, whatever length it claims', async () => {
    const tooMuch = new Uint8Array(longestFileBytes + 1);
    await expect(upload(tooMuch, name('big'))).rejects.toThrow(
      'big has more than 25 MB; a file may have 25 MB at most',
    );
    const chunk = new Uint8Array(1024 * 1024);
    let left = 30;
    const stream = new ReadableStream<Uint8Array>({
      pull: (out) => (left-- > 0 ? out.enqueue(chunk) : out.close()),
    });
    const url = `http://localhost/api/files?projectId=${scope.projectId}`;
    const request = new Request(url, {
      method: 'POST',
      body: stream,
      headers: name('big'),
      duplex: 'half',
    } as RequestInit);
    await expect(receiveFile(request, operator)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(left).toBeGreaterThan(0);
  });

  test('of 100 MB is refused by its name while it comes in, without being held; the others of the import go on', async () => {
    const line = new TextEncoder().encode('7,"Widget, large",19.90,in stock\n'.repeat(2_000));
    let sent = 0;
    let mostRss = 0;
    const before = process.memoryUsage().rss;
    const body = new ReadableStream<Uint8Array>({
      pull(out) {
        mostRss = Math.max(mostRss, process.memoryUsage().rss);
        sent += line.byteLength;
        if (sent > 100 * 1024 * 1024) out.close();
        else out.enqueue(line.slice());
      },
    });
    const asked = { method: 'POST', body, headers: name('stock.csv'), duplex: 'half' };
    const request = new Request(`http://localhost/api/files?projectId=${scope.projectId}`, asked as RequestInit);
    await expect(receiveFile(request, operator)).rejects.toThrow(
      'stock.csv has more than 25 MB; a file may have 25 MB at most. Split it.',
    );
    // No more was taken than may be, and a chunk or two on their way.
    expect(sent).toBeLessThan(longestFileBytes + 4 * line.byteLength);
    expect(mostRss - before).toBeLessThan(3 * longestFileBytes);

    const claims = { ...name('claimed.csv'), 'content-length': String(100 * 1024 * 1024) };
    await expect(upload('a,b', claims)).rejects.toThrow('claimed.csv has 100 MB; a file may have 25 MB at most.');
    const small = (await (await upload('a,b\n1,2', name('small.csv'))).json()) as { id: string };
    const [imported] = await importDocuments(scope, { fileIds: [small.id] });
    expect(imported).toMatchObject({ ok: true });
  });

  test('needs its project named', async () => {
    const request = new Request('http://localhost/api/files', { method: 'POST', body: 'x' });
    await expect(receiveFile(request, operator)).rejects.toThrow(/Name the project/);
  });
});
