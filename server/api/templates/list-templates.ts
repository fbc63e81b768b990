import { listTemplates as run } from '#server/templates/list-templates.ts';
import { operatorProcedure } from '../trpc.ts';

export const listTemplates = operatorProcedure.query(() => run());
