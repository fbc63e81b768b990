'use client';
import { ThemeProvider as Themes } from 'next-themes';
import type { ReactNode } from 'react';

/** System, light or dark, kept in this browser; the scheme of <html> decides every colour. */
export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <Themes attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </Themes>
  );
}
