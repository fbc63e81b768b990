// Written by nodes/generate.ts. Do not edit.
import type { AnyNodeRun } from './core/define-node.ts';

/** What each node type does, loaded when a worker first needs it. */
export const loadRun: Record<string, () => Promise<{ default: AnyNodeRun }>> = {
  'agent': () => import('./agent/run.ts'),
  'data.csv': () => import('./data.csv/run.ts'),
  'email.send': () => import('./email.send/run.ts'),
  'entity.find': () => import('./entity.find/run.ts'),
  'entity.upsert': () => import('./entity.upsert/run.ts'),
  'event.send': () => import('./event.send/run.ts'),
  'flow.branch': () => import('./flow.branch/run.ts'),
  'flow.call': () => import('./flow.call/run.ts'),
  'flow.join': () => import('./flow.join/run.ts'),
  'flow.loop': () => import('./flow.loop/run.ts'),
  'flow.map': () => import('./flow.map/run.ts'),
  'flow.switch': () => import('./flow.switch/run.ts'),
  'flow.wait': () => import('./flow.wait/run.ts'),
  'http.request': () => import('./http.request/run.ts'),
  'human.approval': () => import('./human.approval/run.ts'),
  'llm.classify': () => import('./llm.classify/run.ts'),
  'llm.embed': () => import('./llm.embed/run.ts'),
  'llm.extract': () => import('./llm.extract/run.ts'),
  'llm.generate': () => import('./llm.generate/run.ts'),
  'llm.judge': () => import('./llm.judge/run.ts'),
  'memory.held': () => import('./memory.held/run.ts'),
  'memory.hold': () => import('./memory.hold/run.ts'),
  'memory.recall': () => import('./memory.recall/run.ts'),
  'memory.remember': () => import('./memory.remember/run.ts'),
  'output': () => import('./output/run.ts'),
  'policy.check': () => import('./policy.check/run.ts'),
  'trigger.manual': () => import('./trigger.manual/run.ts'),
  'trigger.webhook': () => import('./trigger.webhook/run.ts'),
};
