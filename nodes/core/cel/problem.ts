/** Columns in the text of an expression, 0-based, end exclusive. */
export type Range = { start: number; end: number };

export type ExpressionCode = 'EXPRESSION_SYNTAX' | 'EXPRESSION_TYPE' | 'UNKNOWN_VARIABLE';

/** What is wrong with an expression, for the operator. */
export type ExpressionProblem = {
  code: ExpressionCode;
  message: string;
  range: Range;
  /** The member that may be absent where it is read as if it were there, e.g. `['nodes', 'draft']`. */
  absent?: string[];
  /** What was likely meant by the text at `range`. */
  instead?: string;
};

/** What a problem says beside where and what. */
export type More = Pick<ExpressionProblem, 'absent' | 'instead'>;

/** Carries a problem out of the depth of an expression; never leaves this folder. */
export class ProblemFound extends Error {
  readonly problem: ExpressionProblem;

  constructor(problem: ExpressionProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Stops the check of an expression with a problem at a part of it. */
export function refuse(code: ExpressionCode, at: Range, says: string | (More & { message: string })): never {
  const range = { start: at.start, end: at.end };
  throw new ProblemFound({ code, range, ...(typeof says === 'string' ? { message: says } : says) });
}
