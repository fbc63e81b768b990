/** A price as pages show it: micro-dollars for a million tokens. */
export type PriceView = {
  id: string;
  provider: string;
  model: string;
  inputMicros: number;
  /** Null: cached input costs what other input does. */
  cachedInputMicros: number | null;
  outputMicros: number;
  /** What of it a batch costs, in thousandths. */
  batchPermille: number;
  longestAnswer: number | null;
  source: string;
  /** The operator who set it; null for a shipped one. */
  setBy: string | null;
  validFrom: number;
  /** Whether calls are charged by it now. */
  inForce: boolean;
};

/** A model that was asked although nobody knows what it costs. */
export type UnpricedModel = { provider: string; model: string; calls: number; lastAt: number };

export type Prices = { prices: PriceView[]; unpriced: UnpricedModel[] };

/** A budget with its current period. Money is micro-dollars. */
export type BudgetView = {
  id: string;
  kind: 'run' | 'pipeline' | 'project' | 'day' | 'month';
  pipelineId: string | null;
  pipelineName: string | null;
  hard: boolean;
  limitMicros: number;
  /** By how much it is raised for this period. */
  raisedMicros: number;
  /** Of a budget for each run: of the run that has used most of it. */
  spentMicros: number;
  /** What calls that are under way may cost at worst. */
  reservedMicros: number;
  period: string;
  renewsAt: number | null;
  /** Steps that wait for it. */
  held: number;
  state: 'room' | 'reached' | 'holds';
};

/** What half of the cases cost at most, and nine of ten, in micro-dollars. */
export type CostBand = { p50Micros: number; p90Micros: number };

/** What a model node is likely to cost. */
export type NodeEstimate = {
  provider: string;
  model: string;
  /** What the input was counted from: what is bound, earlier steps, or the fixed text of the prompt. */
  basis: 'bindings' | 'history' | 'template' | 'rehearsal';
  /** Nobody knows what its model costs. */
  unpriced: boolean;
  /** It runs for each item or pass of what is around it. */
  each: boolean;
  /** Earlier steps that it rests on. */
  samples: number;
  /** Each time; null where it is unpriced. */
  once: CostBand | null;
  /** In a whole run; null where nobody knows how often it runs. */
  run: CostBand | null;
};

export type RunEstimate = {
  /** By node, those that ask a model. */
  nodes: Record<string, NodeEstimate>;
  /** All together; null where one of them is not known. */
  run: CostBand | null;
  /** Models without a price. */
  unpriced: string[];
};

/** What was spent on one pipeline, node, customer and so on. Money is micro-dollars. */
export type SpendPart = {
  key: string;
  title: string;
  micros: number;
  /** Of the whole, 0 to 1. */
  share: number;
  calls: number;
  /** Calls of models without a price: what they cost is not known. */
  unpricedCalls: number;
  /** As many days before. */
  previousMicros: number;
  /** Of the calls that were estimated: how many, what half of such cases cost, what they did cost, and how many lay in the band. */
  compared: number;
  expectedMicros: number;
  comparedMicros: number;
  inBand: number;
};

/** A day, week or month. `usualMicros`: the median of those before it, null where they are too few. */
export type SpendBucket = { from: string; micros: number; usualMicros: number | null; anomaly: boolean };

export type SpendMover = {
  key: string;
  title: string;
  micros: number;
  previousMicros: number;
  changeMicros: number;
};

export type SpendReport = {
  by: string;
  totalMicros: number;
  calls: number;
  unpricedCalls: number;
  previousMicros: number;
  /** The dearest first; they sum up to the total. */
  parts: SpendPart[];
  course: SpendBucket[];
  movers: SpendMover[];
  /** Estimates against what calls did cost; null where none was estimated. */
  calibration: {
    calls: number;
    expectedMicros: number;
    actualMicros: number;
    inBand: number;
    belowP90: number;
  } | null;
};
