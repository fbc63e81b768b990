import { route } from '#server/access/route.ts';
import { exportLineage } from '#server/api/runs/export-lineage.ts';

export const GET = route('operator', ({ request, operator }) => exportLineage(request, operator));
