import localFont from 'next/font/local';

/** Comes with the product, so that a page looks the same on every machine and never asks another host. */
const inter = localFont({
  src: '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
});

/** Letters of other European languages: fetched by the first page that shows one. */
const interExtended = localFont({
  src: '../../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter-extended',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+1E00-1E9F' }],
});

/** Class names that set `--font-inter` and `--font-inter-extended`. */
export const fonts = `${inter.variable} ${interExtended.variable}`;
