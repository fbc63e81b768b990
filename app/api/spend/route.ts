import { route } from '#server/access/route.ts';
import { exportSpend } from '#server/money/export-spend.ts';

export const GET = route('operator', ({ request, operator }) => exportSpend(request, operator));
