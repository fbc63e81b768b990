import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'History' };

/** The layout draws the editor, which draws its history where the address says so. */
export default function HistoryRoute() {
  return null;
}
