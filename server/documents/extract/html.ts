import { Parser } from 'htmlparser2';
import { type Extracted, gatherer } from './extracted.ts';

const unread = new Set(['script', 'style', 'noscript', 'template', 'svg', 'head', 'iframe', 'object', 'nav', 'select']);
const blocks = new Set(
  `address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p
   pre section table tbody thead tr ul`.split(/\s+/),
);
const cells = new Set(['td', 'th']);
const heading = /^h([1-6])$/;
const longestHeading = 200;

/**
 * The text that a reader of a page sees: without scripts, styles and navigation; each heading begins a section. It is
 * parsed as it streams by, so that depth and size of the markup cost no more than the text.
 */
export function extractHtml(name: string, html: string): Extracted {
  const gathered = gatherer(name);
  const path: string[] = [];
  let hidden = 0;
  let level = 0;
  let title = '';
  let line = '';
  const placed = (): string | null => path.filter(Boolean).join(' › ') || null;
  const flush = (): void => {
    const text = line.replace(/[^\S\n]+/g, ' ').trim();
    line = '';
    if (text !== '') gathered.add(`${text}\n`, placed());
  };
  const parser = new Parser(
    {
      onopentag(tag) {
        if (unread.has(tag)) hidden += 1;
        if (blocks.has(tag)) flush();
        const depth = heading.exec(tag)?.[1];
        if (depth) {
          level = Number(depth);
          title = '';
        }
      },
      ontext(text) {
        if (hidden > 0) return;
        line += text.replace(/\s+/g, ' ');
        if (level > 0) title += text;
      },
      onclosetag(tag) {
        if (unread.has(tag)) hidden -= 1;
        if (cells.has(tag)) line += ' · ';
        if (heading.test(tag)) {
          path.length = level - 1;
          path[level - 1] = title.replace(/\s+/g, ' ').trim().slice(0, longestHeading);
          level = 0;
        }
        if (blocks.has(tag)) flush();
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  flush();
  return gathered.done();
}
