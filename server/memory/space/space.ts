import type { NodeError } from '#nodes/core/errors.ts';
import { rarity } from '../bm25.ts';
import { embedderName, embed as hashed } from '../embedder.ts';
import type { Words } from '../words.ts';
import { latentDimensions, project, rowOf, type Vocabulary } from './learn.ts';

/** A text with its words of full text. */
export type Passage = { text: string; words: Words };

/** What turns texts into vectors of length 1, all zero where a text says nothing. Vectors of different names do not fit each other. */
export type Embedder = {
  name: string;
  /** In their order. Errors: EmbedderUnavailable. */
  vectorsOf: (passages: readonly Passage[]) => Promise<number[][]>;
  /** What is asked, which is not stored. Errors: EmbedderUnavailable. */
  vectorOf: (question: Passage) => Promise<number[]>;
};

/** The model that makes the vectors gave none. Callers go on without them. */
export class EmbedderUnavailable extends Error {
  readonly failure: NodeError;
  readonly projectId: string;
  readonly embedder: string;
  constructor(failure: NodeError, { projectId, embedder }: { projectId: string; embedder: string }) {
    super(failure.message, { cause: failure });
    this.name = 'EmbedderUnavailable';
    this.failure = failure;
    this.projectId = projectId;
    this.embedder = embedder;
  }
}

/** One that asks nobody. */
type Lexical = { name: string; embed: (text: string, words: Words) => number[] };

function lexical({ name, embed }: Lexical): Embedder & Lexical {
  const vector = ({ text, words }: Passage): number[] => embed(text, words);
  return { name, embed, vectorsOf: async (all) => all.map(vector), vectorOf: async (asked) => vector(asked) };
}

/** What was learnt from a project's texts. */
export type Space = Embedder & Lexical & { passages: number; held: (term: string) => number | undefined };

export type LearntSpace = {
  name: string;
  passages: number;
  /** The most frequent ones first. */
  terms: readonly string[];
  /** In how many passages each of them stands. */
  held: readonly number[];
  /** One row for each of the first terms. */
  vectors: Float32Array;
};

/** Needs to have learnt nothing. */
export const hashEmbedder: Embedder & Lexical = lexical({ name: embedderName, embed: (text) => hashed(text) });

/** Beside what was learnt, words and parts of words count so much: misspelt and unknown words are found by them. */
const hashWeight = 0.4;

/** More digits tell nothing and travel as text. */
const precision = 1e5;

/**
 * `lexical-latent-v1`: a text's place in the space of words that are used alike, beside `lexical-hash-v1`. No language
 * model: what it knows was counted in the project's own texts. Any change here needs a new name.
 */
export function spaceOf({ name, passages, terms, held, vectors }: LearntSpace): Space {
  const places = new Map(terms.map((term, at) => [term, at]));
  const heldBy = (term: string) => held[places.get(term) ?? -1];
  const vocabulary = vocabularyOf(terms.slice(0, vectors.length / latentDimensions), held, passages);
  const embed = (text: string, words: Words): number[] => {
    const latent = unit(project(rowOf(words, vocabulary), vectors), 1);
    const both = [...latent];
    for (const value of hashed(text)) both.push(value * hashWeight);
    return unit(both, 1).map((value) => Math.round(value * precision) / precision);
  };
  return { ...lexical({ name, embed }), passages, held: heldBy };
}

/** The words that have a place in a space, and how much each tells. */
export function vocabularyOf(terms: readonly string[], held: readonly number[], passages: number): Vocabulary {
  const index = new Map(terms.map((term, at) => [term, at]));
  const weights = terms.map((term, at) => rarity({ passages, held: () => held[at] ?? 0 }, term));
  return { index, rarity: Float64Array.from(weights) };
}

/** Math.hypot takes its time with so many. */
function unit(vector: ArrayLike<number>, length: number): number[] {
  let square = 0;
  for (let at = 0; at < vector.length; at += 1) square += vector[at]! * vector[at]!;
  const scale = square === 0 ? 0 : length / Math.sqrt(square);
  const scaled = new Array<number>(vector.length);
  for (let at = 0; at < vector.length; at += 1) scaled[at] = vector[at]! * scale;
  return scaled;
}
