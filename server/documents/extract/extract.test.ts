import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pdfOf } from '#server/testing/pdf.ts';
import { passagesOf } from '../passages.ts';
import { extract } from './extract.ts';
import { extractApart } from './extract-apart.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = async (name: string, format: Parameters<typeof extract>[0]['format'], content: Uint8Array) => {
  const extracted = await extract({ name, format, content });
  for (const { text, start, end } of passagesOf(extracted)) expect(extracted.text.slice(start, end)).toBe(text);
  return extracted;
};
const places = async (name: string, format: Parameters<typeof extract>[0]['format'], content: Uint8Array) =>
  passagesOf(await read(name, format, content)).map(({ text, place }) => [place, text]);

describe('a document becomes passages that say where they stand', () => {
  it('Markdown: under its headings, as it is written', async () => {
    const text = '# Prices\n\nChai is 18.\n\n## Discounts\n\n- ten boxes: **5 %**\n\n# Returns\n\nThirty days.\n';
    expect(await places('a.md', 'markdown', bytes(text))).toEqual([
      ['Prices', '# Prices\n\nChai is 18.'],
      ['Prices › Discounts', '## Discounts\n\n- ten boxes: **5 %**'],
      ['Returns', '# Returns\n\nThirty days.'],
    ]);
    expect((await read('a.md', 'markdown', bytes(text))).text).toBe(text);
  });

  it('HTML: what a reader sees, without scripts and navigation', async () => {
    const page = `<!doctype html><html><head><title>T</title><style>p{}</style></head><body><nav>Home</nav>
      <h1>Prices</h1><p>Chai &amp; Chang are <b>18</b>.</p><script>alert(1)</script>
      <h2>Discounts</h2><table><tr><th>Boxes</th><th>Off</th></tr><tr><td>10</td><td>5 %</td></tr></table></body></html>`;
    const [prices, discounts] = await places('a.html', 'html', bytes(page));
    expect(prices).toEqual(['Prices', expect.stringContaining('Chai & Chang are 18.')]);
    expect(discounts).toEqual(['Prices › Discounts', expect.stringContaining('10 · 5 %')]);
    expect(JSON.stringify([prices, discounts])).not.toMatch(/alert|Home/);
  });

  it('CSV: a row is understood without the others', async () => {
    const table = 'name;city;note\nMaria Anders;Berlin;"likes; Chai"\nAna Trujillo;México D.F.;\n';
    expect(await places('a.csv', 'csv', bytes(table))).toEqual([
      ['row 1', 'name: Maria Anders · city: Berlin · note: likes; Chai'],
      ['row 2', 'name: Ana Trujillo · city: México D.F.'],
    ]);
  });

  it('PDF: page by page', async () => {
    expect(await places('a.pdf', 'pdf', pdfOf(['Terms of delivery\nWithin (four) weeks.', 'Returns']))).toEqual([
      ['page 1', 'Terms of delivery\nWithin (four) weeks.'],
      ['page 2', 'Returns'],
    ]);
  });

  it('text in the encoding of an old program', async () => {
    expect(
      (await read('a.txt', 'text', Buffer.from('Blauer See Delikatessen, Königsberg, größte Käse', 'latin1'))).text,
    ).toBe('Blauer See Delikatessen, Königsberg, größte Käse');
  });
});

describe('what cannot be read says so', () => {
  it.each([
    ['an encrypted PDF', pdfOf(['x'], { encrypted: true }), 'FILE_ENCRYPTED', 'a.pdf is protected by a password'],
    ['a broken PDF', Buffer.from('%PDF-1.7\nnothing of one'), 'FILE_UNREADABLE', 'a.pdf is not a readable PDF'],
    ['a PDF without text', pdfOf(['']), 'FILE_UNREADABLE', 'a.pdf holds no text'],
    [
      'a PDF that is a bomb',
      pdfOf(['x'], { content: deflateSync(Buffer.alloc(80_000_000, ' ')) }),
      'TOO_LARGE',
      'decompression bomb',
    ],
  ])('%s', async (_, content, code, message) => {
    await expect(extract({ name: 'a.pdf', format: 'pdf', content })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('a PDF that hides a bomb in a bomb', async () => {
    const twice = Buffer.from(
      pdfOf(['x']).toString('latin1').replace('/Filter /FlateDecode', '/Filter [/FlateDecode /FlateDecode]'),
      'latin1',
    );
    await expect(extract({ name: 'a.pdf', format: 'pdf', content: twice })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  it('a CSV with a quote that never ends', async () => {
    await expect(extract({ name: 'a.csv', format: 'csv', content: bytes('a,b\n1,"2\n3,4\n') })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('quote'),
    });
  });
});

describe('read apart', () => {
  it('answers what it answers here, failures with their codes too', async () => {
    const content = bytes('# A\n\ntext');
    expect(await extractApart({ name: 'a.md', format: 'markdown', content })).toEqual(
      await extract({ name: 'a.md', format: 'markdown', content }),
    );
    await expect(
      extractApart({ name: 'a.pdf', format: 'pdf', content: pdfOf(['x'], { encrypted: true }) }),
    ).rejects.toMatchObject({ code: 'FILE_ENCRYPTED' });
  });

  it('a document that takes its parser down, or for ever, leaves the process as it was', async () => {
    const deep = bytes('>'.repeat(200_000));
    await expect(extractApart({ name: 'deep.md', format: 'markdown', content: deep }, 2_000)).rejects.toMatchObject({
      code: expect.stringMatching(/INTERNAL|TOO_LARGE|FILE_UNREADABLE/),
    });
  });
});
