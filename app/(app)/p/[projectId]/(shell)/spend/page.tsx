import type { Metadata } from 'next';
import { SpendPage } from '#app/_spend/spend-page.tsx';

export const metadata: Metadata = { title: 'Spend' };

export default function Page() {
  return <SpendPage />;
}
