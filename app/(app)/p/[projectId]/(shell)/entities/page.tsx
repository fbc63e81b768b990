import type { Metadata } from 'next';
import { EntitiesPage } from '#app/_entities/entities-page.tsx';

export const metadata: Metadata = { title: 'Entities' };

export default function Page() {
  return <EntitiesPage />;
}
