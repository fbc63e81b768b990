import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { fonts } from './_shell/fonts.ts';
import { ThemeProvider } from './_shell/theme-provider.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Solograph', template: '%s · Solograph' },
  description: 'The operating system of a one-person company.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f9fb' },
    { media: '(prefers-color-scheme: dark)', color: '#101114' },
  ],
};

/** Every page: the theme is set before the first paint by a script that carries the request's nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" className={fonts} suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
      </body>
    </html>
  );
}
