import type { Metadata } from 'next';
import { MemoryPage } from '#app/_memory/memory-page.tsx';

export const metadata: Metadata = { title: 'Memory' };

export default function Page() {
  return <MemoryPage />;
}
