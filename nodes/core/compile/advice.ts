import type { Diagnostic } from '../diagnostics.ts';
import type { GraphSettings } from '../graph.ts';
import type { Flow } from './flow.ts';
import { effectOf } from './trust.ts';

/** What the installation can reach. Unknown connections are taken to be there. */
export type Connections = { smtp?: boolean; model?: boolean };

/** What may be as it is, but the operator should know. */
export function advise(
  flow: Flow,
  connections: Connections,
  { onFailure }: Pick<GraphSettings, 'onFailure'>,
): Diagnostic[] {
  return flow.nodes.flatMap((resolved, n) => {
    const { node, declaration } = resolved;
    const found: Diagnostic[] = [];
    const bound = { loop: 'number of passes', agent: 'number of turns or tool calls' }[declaration.kind as string];
    if (bound && !flow.outOf[n]!.has('limit'))
      found.push({
        code: 'LIMIT_NOT_HANDLED',
        severity: 'warning',
        nodeId: node.id,
        message: `If "${node.id}" reaches its largest ${bound}, nothing follows. Connect its outcome "limit" to say what happens then.`,
      });
    const asks = (node.onFailure ?? onFailure) === 'ask';
    if (effectOf(resolved) === 'unsafe-write' && !asks && !flow.undoes.has(n) && !flow.outOf[n]!.has('error'))
      found.push({
        code: 'ERROR_NOT_HANDLED',
        severity: 'warning',
        nodeId: node.id,
        message: `If "${node.id}" fails, the run or the item stops. Connect its outcome "error" to say what happens then, or have it ask you.`,
        fix: { title: 'Ask me when it fails', change: { kind: 'ask-on-failure', nodeId: node.id } },
      });
    if (declaration.capabilities.includes('mail') && connections.smtp === false)
      found.push(
        missing(node.id, 'No mail server is set up, so its mail stays in the Outbox and is not sent. Set SMTP_URL.'),
      );
    if (declaration.spends === 'model' && connections.model === false)
      found.push(
        missing(
          node.id,
          'No model is set up, so it answers by rehearsal, without a language model. Set OPENAI_API_KEY or OPENAI_BASE_URL.',
        ),
      );
    return found;
  });
}

function missing(nodeId: string, what: string): Diagnostic {
  return { code: 'CONNECTION_MISSING', severity: 'warning', nodeId, message: `"${nodeId}": ${what}` };
}
