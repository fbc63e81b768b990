import type { Metadata } from 'next';
import { ImportPage } from '#app/_templates/import-page.tsx';

export const metadata: Metadata = { title: 'Import' };

export default function Page() {
  return <ImportPage />;
}
