import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { AnyNodeDeclaration, Category, NodeDefinitions } from '#nodes/core/define-node.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { readConfig } from '#nodes/core/node-versions.ts';
import { describeType } from '#nodes/core/types.ts';

/** What a card shows of a node, whatever runs. */
export type CardModel = {
  id: string;
  title: string;
  /** The title that the operator gave; empty: the type's stands for it. */
  ownTitle: string;
  typeTitle: string;
  summary: string;
  category: Category;
  icon: string;
  /** Outcome names in order; the implied `error` stands last. */
  outcomes: string[];
  /** What goes with an outcome, in words, by outcome. */
  carries: Readonly<Record<string, string>>;
  /** What its inputs take, in words. */
  takes: string;
  /** Those that an edge leaves by. */
  wired: ReadonlySet<string>;
  hasInput: boolean;
  /** It writes: the node that takes its effect back can be drawn at it. */
  undoable: boolean;
  /** In words: what may stop a run here. */
  gate: string | null;
  risk: number;
  /** Runs pass over it. */
  disabled: boolean;
  /** What the operator remarks on it. */
  comment: string | null;
  /** In words: it is written for another version of its type than there is. */
  outdated: string | null;
};

const kindsWithError: readonly string[] = ['task', 'gate', 'map', 'loop', 'agent', 'call'];
const remembered = new WeakMap<GraphNode, { definitions: NodeDefinitions; wired: string; model: CardModel }>();

/** The card of one node. The same object as long as the node and its wired outcomes are the same. */
export function cardModel(node: GraphNode, wiredOutcomes: string[], definitions: NodeDefinitions): CardModel {
  const wired = wiredOutcomes.join(' ');
  const known = remembered.get(node);
  if (known && known.wired === wired && known.definitions === definitions) return known.model;
  const model = makeModel(node, wiredOutcomes, definitions.get(node.type));
  remembered.set(node, { definitions, wired, model });
  return model;
}

/** The cards of a graph by node id. */
export function cardModels(graph: Graph, definitions: NodeDefinitions): Map<string, CardModel> {
  const wired = new Map<string, string[]>();
  for (const { from, outcome } of graph.edges) {
    const known = wired.get(from);
    if (known) known.push(outcome);
    else wired.set(from, [outcome]);
  }
  return new Map(graph.nodes.map((node) => [node.id, cardModel(node, wired.get(node.id) ?? [], definitions)]));
}

/**
 * The node's configuration as its declaration reads it; where it does not fit (yet), that of the declaration's example,
 * so that ports can be shown while somebody is typing.
 */
export function readableConfig(
  declaration: AnyNodeDeclaration,
  config: JsonObject,
  version = declaration.version,
): unknown {
  return readConfig(declaration, { version, config }) ?? declaration.config.parse(declaration.example.config);
}

/** Names of all outcomes that an edge may leave by. */
export function outcomesOf(
  declaration: AnyNodeDeclaration,
  config: JsonObject,
  version = declaration.version,
): string[] {
  return outcomeNames(declaration, Object.keys(declaration.outcomes(readableConfig(declaration, config, version))));
}

function outcomeNames(declaration: AnyNodeDeclaration, declared: string[]): string[] {
  const fails = kindsWithError.includes(declaration.kind) && !declared.includes('error');
  return [...declared, ...(fails ? ['error'] : [])];
}

function writes({ effect }: AnyNodeDeclaration, readable: unknown): boolean {
  const own = typeof effect === 'function' ? effect(readable) : effect;
  return own === 'idempotent-write' || own === 'unsafe-write';
}

function makeModel(node: GraphNode, wired: string[], declaration: AnyNodeDeclaration | undefined): CardModel {
  const title = node.title || declaration?.title || node.type;
  if (!declaration)
    return {
      id: node.id,
      title,
      ownTitle: node.title ?? '',
      typeTitle: node.type,
      summary: 'Unknown node type',
      category: 'flow',
      icon: 'circle-question-mark',
      outcomes: [...new Set(flowing(wired))],
      carries: {},
      takes: '',
      wired: new Set(wired),
      hasInput: true,
      undoable: wired.includes(undoHandle),
      gate: null,
      risk: 0,
      ...remarksOf(node),
      outdated: null,
    };
  const config = readConfig(declaration, node);
  // Read once: with 5,000 nodes to draw, each reading of a configuration counts.
  const readable = config ?? declaration.config.parse(declaration.example.config);
  const types = declaration.outcomes(readable);
  return {
    id: node.id,
    title,
    ownTitle: node.title ?? '',
    typeTitle: declaration.title,
    summary: config === null ? 'Configuration does not fit' : declaration.summary(config),
    category: declaration.category,
    icon: declaration.icon,
    outcomes: [...new Set([...outcomeNames(declaration, Object.keys(types)), ...flowing(wired)])],
    carries: Object.fromEntries(Object.entries(types).map(([outcome, type]) => [outcome, describeType(type)])),
    takes: takenBy(declaration, readable),
    wired: new Set(wired),
    hasInput: declaration.kind !== 'trigger',
    undoable: writes(declaration, readable) || wired.includes(undoHandle),
    gate: declaration.gate ? gateText(declaration.gate.by) : null,
    risk: declaration.risk,
    ...remarksOf(node),
    outdated: outdatedText(node, declaration),
  };
}

function remarksOf({ disabled, comment }: GraphNode): Pick<CardModel, 'disabled' | 'comment'> {
  return { disabled: disabled === true, comment: comment ?? null };
}

/** Without the handle of the undo, which is no outcome. */
function flowing(wired: string[]): string[] {
  return wired.filter((outcome) => outcome !== undoHandle);
}

const shownInputs = 6;

/** `To: e-mail address, Subject: text`: what it requires first. */
function takenBy(declaration: AnyNodeDeclaration, readable: unknown): string {
  const inputs = Object.values(declaration.inputs(readable));
  const ordered = [...inputs.filter(({ required }) => required), ...inputs.filter(({ required }) => !required)];
  const words = ordered
    .slice(0, shownInputs)
    .map(({ title, type, required }) => `${title}: ${describeType(type)}${required ? '' : ', if you like'}`);
  if (words.length === 0) return 'Needs no values';
  return `${words.join(' · ')}${ordered.length > shownInputs ? ' · …' : ''}`;
}

function outdatedText({ version }: GraphNode, declaration: AnyNodeDeclaration): string | null {
  if (version === declaration.version) return null;
  return `Written for version ${version} of ${declaration.title}; here is version ${declaration.version}`;
}

function gateText(by: 'human' | 'policy'): string {
  return by === 'human' ? 'Gate: asks before it acts' : 'Gate: rules decide';
}
