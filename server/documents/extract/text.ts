import { lexer } from 'marked';
import { type Extracted, gatherer } from './extracted.ts';

/** Plain text is one section. */
export function extractText(name: string, text: string): Extracted {
  const gathered = gatherer(name);
  gathered.add(text, null);
  return gathered.done();
}

const longestHeading = 200;

/** Markdown is kept as it is written; each heading begins a section, placed by the headings above it. */
export function extractMarkdown(name: string, text: string): Extracted {
  const gathered = gatherer(name);
  const path: string[] = [];
  for (const token of lexer(text.replace(/\r\n?/g, '\n'))) {
    if (token.type === 'heading') {
      path.length = token.depth - 1;
      path[token.depth - 1] = String(token.text).slice(0, longestHeading);
    }
    const place = path.filter(Boolean).join(' › ');
    gathered.add(token.raw, place || null);
  }
  return gathered.done();
}
