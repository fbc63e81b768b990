import type { Metadata } from 'next';
import { EntityPage } from '#app/_entities/entity-page.tsx';

export const metadata: Metadata = { title: 'Entity' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <EntityPage id={id} />;
}
