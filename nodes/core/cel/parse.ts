import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import { graphLimits } from '../graph.ts';
import { ownFunctions } from './functions.ts';
import { prepare } from './prepare.ts';
import { type ExpressionProblem, ProblemFound } from './problem.ts';

/**
 * An expression that was read. `plain`: it only reads members, so its result is a part of what is in scope.
 * `refused`: why the library would not evaluate it, which check.ts says in better words wherever it can.
 */
export type Parsed = {
  ok: true;
  ast: ASTNode;
  run: ParseResult;
  plain: boolean;
  refused: ExpressionProblem | null;
};
export type NotParsed = { ok: false; problem: ExpressionProblem };

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 2_000, maxDepth: 60, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 16 },
});
for (const [signature, handler] of Object.entries(ownFunctions))
  environment.registerFunction(signature, handler, { async: false });

const cacheSize = 12_000;
const cache = new Map<string, Parsed | NotParsed>();

/** Parses an expression, or says what is wrong with its text. The least recently used of 12,000 are forgotten. */
export function parseExpression(text: string): Parsed | NotParsed {
  const known = cache.get(text);
  if (known) {
    cache.delete(text);
    cache.set(text, known);
    return known;
  }
  const parsed = parseAfresh(text);
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value as string);
  cache.set(text, parsed);
  return parsed;
}

function parseAfresh(text: string): Parsed | NotParsed {
  const all = { start: 0, end: text.length };
  if (text.trim() === '') return syntax('The expression is empty. Write a value, for example run.input.name.', all);
  if (text.length > graphLimits.expression)
    return syntax(`The expression has ${text.length} characters; ${graphLimits.expression} at most.`, all);
  try {
    const run = environment.parse(text);
    const ast = run.ast;
    const plain = onlyReads(ast);
    prepare(ast);
    const checked = run.check();
    return { ok: true, ast, run, plain, refused: checked.valid ? null : libraryProblem(checked.error, all) };
  } catch (error) {
    return { ok: false, problem: error instanceof ProblemFound ? error.problem : libraryProblem(error, all) };
  }
}

function syntax(message: string, range: { start: number; end: number }): NotParsed {
  return { ok: false, problem: { code: 'EXPRESSION_SYNTAX', message, range } };
}

/** The library's errors carry the bare sentence in `summary`; their `message` has a drawing of the line too. */
export type LibraryError = Error & { summary?: string; range?: { start: number; end: number } };

/** The sentence of an error of the library, or of a function of ours. */
export function sentenceOf({ summary, message }: LibraryError): string {
  return summary === undefined ? message : summary;
}

function libraryProblem(error: unknown, all: { start: number; end: number }): ExpressionProblem {
  const { name, range = all } = error as LibraryError;
  return {
    code: name === 'TypeError' ? 'EXPRESSION_TYPE' : 'EXPRESSION_SYNTAX',
    message: `${plainWords(sentenceOf(error as LibraryError))}.`,
    range: { start: range.start, end: Math.max(range.end, range.start) },
  };
}

function plainWords(summary: string): string {
  return summary
    .replace('Unexpected token: EOF', 'The expression ends too early')
    .replace('got EOF', 'but it ends')
    .replace('Expected RPAREN', 'A ) is missing')
    .replace('Expected RBRACKET', 'A ] is missing')
    .replace('Expected RBRACE', 'A } is missing')
    .replace('Expected IDENTIFIER', 'A name is missing')
    .replace(/\.$/, '');
}

function onlyReads(ast: ASTNode): boolean {
  if (ast.op === 'id') return true;
  if (ast.op === '.') return onlyReads(ast.args[0]);
  return ast.op === '[]' && ast.args[1].op === 'value' && onlyReads(ast.args[0]);
}
