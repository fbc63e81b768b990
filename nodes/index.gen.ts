// Written by nodes/generate.ts. Do not edit.
import type { AnyNodeDeclaration, NodeDefinitions } from './core/define-node.ts';
import agent from './agent/index.ts';
import dataCsv from './data.csv/index.ts';
import emailSend from './email.send/index.ts';
import entityFind from './entity.find/index.ts';
import entityUpsert from './entity.upsert/index.ts';
import eventSend from './event.send/index.ts';
import flowBranch from './flow.branch/index.ts';
import flowCall from './flow.call/index.ts';
import flowJoin from './flow.join/index.ts';
import flowLoop from './flow.loop/index.ts';
import flowMap from './flow.map/index.ts';
import flowSwitch from './flow.switch/index.ts';
import flowWait from './flow.wait/index.ts';
import httpRequest from './http.request/index.ts';
import humanApproval from './human.approval/index.ts';
import llmClassify from './llm.classify/index.ts';
import llmEmbed from './llm.embed/index.ts';
import llmExtract from './llm.extract/index.ts';
import llmGenerate from './llm.generate/index.ts';
import llmJudge from './llm.judge/index.ts';
import memoryHeld from './memory.held/index.ts';
import memoryHold from './memory.hold/index.ts';
import memoryRecall from './memory.recall/index.ts';
import memoryRemember from './memory.remember/index.ts';
import output from './output/index.ts';
import policyCheck from './policy.check/index.ts';
import triggerManual from './trigger.manual/index.ts';
import triggerWebhook from './trigger.webhook/index.ts';

const all: AnyNodeDeclaration[] = [
  agent,
  dataCsv,
  emailSend,
  entityFind,
  entityUpsert,
  eventSend,
  flowBranch,
  flowCall,
  flowJoin,
  flowLoop,
  flowMap,
  flowSwitch,
  flowWait,
  httpRequest,
  humanApproval,
  llmClassify,
  llmEmbed,
  llmExtract,
  llmGenerate,
  llmJudge,
  memoryHeld,
  memoryHold,
  memoryRecall,
  memoryRemember,
  output,
  policyCheck,
  triggerManual,
  triggerWebhook,
];

/** Every node type of this software, by name. */
export const definitions: NodeDefinitions = new Map(all.map((declaration) => [declaration.type, declaration]));
