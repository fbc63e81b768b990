import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NodeError } from './errors.ts';
import { checkExpression, evaluate, expressionFunctions } from './expressions.ts';
import type { Json } from './json.ts';
import { checkValue, describeType, type Type, t } from './types.ts';

const lead = t.object({ companyName: t.string(), score: t.number(), email: t.nullable(t.string()) });
const scope: Record<string, Type> = {
  run: t.object({
    input: t.object({ count: t.integer(), name: t.string(), note: t.string(), file: t.file() }, [
      'count',
      'name',
      'file',
    ]),
    startedAt: t.string({ format: 'date-time' }),
  }),
  nodes: t.object(
    {
      draft: t.object({ subject: t.string(), tone: t.string({ enum: ['warm', 'dry'] }) }),
      sent: t.union(t.object({ messageId: t.string() }), t.object({ code: t.string(), message: t.string() })),
      leads: t.array(lead),
      maybe: t.object({ id: t.string(), tags: t.array(t.string()) }),
      table: t.record(t.string()),
      any: t.any(),
      pick: t.union(t.string(), t.object({ id: t.string() })),
      empty: t.object({}),
    },
    ['draft', 'sent', 'leads', 'table', 'any', 'pick', 'empty'],
  ),
  type: t.string(),
};
const values: Record<string, Json> = {
  run: {
    input: { count: 7, name: 'Ada', file: { kind: 'file', id: 'f', name: 'a.csv', mime: 'text/csv', bytes: 3 } },
    startedAt: '2026-01-31T12:00:00Z',
  },
  nodes: {
    draft: { subject: 'Hello', tone: 'warm' },
    sent: { messageId: 'm1' },
    leads: [
      { companyName: 'Alfreds', score: 1.5, email: null },
      { companyName: 'Bólido', score: 2.5, email: 'b@example.test' },
    ],
    table: { 'Company Name': 'Alfreds' },
    any: { list: [1, 'a', [true]] },
    pick: 'x',
    empty: {},
  },
  type: 'T',
};

describe('an expression that fits gives a value of the type that was found', () => {
  test.each<[string, Json, string]>(
    [
      ['run.input.count + 1', 8, 'whole number'],
      ['5 / 2', 2.5, 'number'],
      ['run.input.count / 2', 3.5, 'number'],
      ['run.input.count * 2 - 1', 13, 'whole number'],
      ['run.input.count * 0.5', 3.5, 'number'],
      ['run.input.count % 2 == 1', true, 'true or false'],
      ['-run.input.count', -7, 'whole number'],
      ['1.5 + 1', 2.5, 'number'],
      ['size(nodes.leads) > 1', true, 'true or false'],
      ['nodes.leads.size() / 4', 0.5, 'number'],
      ['1 == 1.0', true, 'true or false'],
      ['run.input.name + "!"', 'Ada!', 'text'],
      ['"a" < "b" && "b" <= "b" && "c" > "b" && "b" >= "c" || 1 >= 1', true, 'true or false'],
      ['1 < 2 && 2 <= 2 && 3 > 2', true, 'true or false'],
      ['string(run.input.count) + "x"', '7x', 'text'],
      ['[1] + ["a"]', [1, 'a'], 'list of whole number or the text "a"'],
      ['nodes.draft["subject"]', 'Hello', 'text'],
      ['nodes.leads[1].companyName', 'Bólido', 'text'],
      ['nodes.leads.map(l, l.companyName)', ['Alfreds', 'Bólido'], 'list of text'],
      ['nodes.leads.map(l, l.score > 2, l.score)', [2.5], 'list of number'],
      ['nodes.leads.filter(l, l.email != null && l.email.endsWith("test")).size()', 1, 'whole number'],
      ['nodes.leads.all(l, l.score > 1)', true, 'true or false'],
      ['nodes.leads.exists(l, l.companyName == "Alfreds")', true, 'true or false'],
      ['nodes.leads.exists_one(l, l.score == 1.5)', true, 'true or false'],
      ['nodes.leads.map(l, nodes.leads.map(l, l.score).size() + l.companyName.size())', [9, 8], 'list of whole number'],
      ['nodes.draft.map(key, key)', ['subject', 'tone'], 'list of text'],
      ['nodes.any.list.map(x, x)', [1, 'a', [true]], 'list'],
      ['7 in [7, "a"]', true, 'true or false'],
      ['7 in [7] ? "in" : "out"', 'in', 'one of "in", "out"'],
      ['("a" + "b") in {"ab": 1} && true', true, 'true or false'],
      ['bool("true") && true', true, 'true or false'],
      ['"a" in nodes.any.list && "tone" in nodes.draft && !("x" in nodes.table)', true, 'true or false'],
      ['nodes.any.list[0] + 1', 2, 'number'],
      ['nodes.any.list[1] + "b"', 'ab', 'text'],
      ['nodes.any.list[2] + [false]', [true, false], 'list'],
      ['nodes.any.list[0] < 2', true, 'true or false'],
      ['nodes.any.list[0] * 2', 2, 'number'],
      ['nodes.any.list[0] + nodes.any.list[0]', 2, 'anything'],
      ['nodes.any.list[0] - nodes.any.list[0]', 0, 'anything'],
      ['nodes.any["list"][0]', 1, 'anything'],
      ['nodes.table["Company Name"]', 'Alfreds', 'text'],
      ['nodes.table["Company" + " Name"]', 'Alfreds', 'text'],
      ['nodes.draft["sub" + "ject"]', 'Hello', 'text'],
      ['[nodes.empty].map(e, "x" in e ? e["x" + ""] : 1)', [1], 'list'],
      ['has(nodes.sent.code) && !has(nodes.sent.code) ? nodes.sent.?messageId.orValue("") : "-"', '-', 'text'],
      ['run.input.file.name', 'a.csv', 'text'],
      ['run.input.?note.orValue("none")', 'none', 'text'],
      ['run.input.?note', null, 'text or null'],
      ['run.?input.?name.or(run.input.?note).orValue("")', 'Ada', 'text'],
      ['run.input.?note.hasValue()', false, 'true or false'],
      ['run.input.?name.value()', 'Ada', 'text'],
      ['nodes.?maybe.?id.orValue("-")', '-', 'text'],
      ['nodes.?maybe.id.orValue("-")', '-', 'text'],
      ['nodes.?maybe.?tags[?0].orValue("-")', '-', 'text'],
      ['nodes.?maybe.?tags[0].orValue("-")', '-', 'text'],
      ['nodes.leads[?5].?email.orValue("-")', '-', 'text or null'],
      ['nodes[?"maybe"].?id.orValue("-")', '-', 'text'],
      ['nodes.any.?list[?9].orValue("-")', '-', 'anything'],
      ['has(nodes.maybe) ? nodes.maybe.id : "-"', '-', 'text'],
      ['has(nodes.maybe.id) || true', false, ''],
      ['!has(nodes.maybe) ? "-" : nodes.maybe.id', '-', 'text'],
      ['has(nodes.maybe) && nodes.maybe.id == "x"', false, 'true or false'],
      ['!has(nodes.maybe) || nodes.maybe.id == "x"', true, 'true or false'],
      ['"maybe" in nodes ? nodes.maybe.id : "-"', '-', 'text'],
      ['has(nodes.?maybe.id)', false, 'true or false'],
      ['has(nodes.sent.code) ? nodes.sent.message : nodes.sent.messageId', 'm1', 'text'],
      ['nodes.leads[0].email == null ? "-" : "x"', '-', 'one of "-", "x"'],
      ['nodes.leads.map(l, null != l.email ? l.email : "-")', ['-', 'b@example.test'], 'list of text'],
      ['nodes.leads.map(l, l.email == null ? 0 : l.email.size())', [0, 14], 'list of whole number'],
      ['nodes.pick.?id.orValue("-")', '-', 'text'],
      ['nodes.draft.tone == "warm" ? 1 : "no"', 1, 'whole number or the text "no"'],
      ['{"a": 1, "b": run.input.name}', { a: 1, b: 'Ada' }, 'object {a, b}'],
      ['{run.input.name: 1, "x" + "y": 2}', { Ada: 1, xy: 2 }, 'object of whole number'],
      ['{nodes.any.list[1]: true}', { a: true }, 'object of true or false'],
      ['{}', {}, 'object'],
      ['[]', [], 'list'],
      ['optional.of(3).orValue(4)', 3, 'whole number'],
      ['optional.none().orValue(4)', 4, 'anything'],
      ['[timestamp(run.startedAt)].size()', 1, 'whole number'],
      ['type', 'T', 'text'],
      ['type == "T" ? null : "x"', null, 'null or the text "x"'],
      ['date("2026-02-01") - timestamp(run.startedAt)', '43200s', 'text'],
      ['timestamp(run.startedAt) + duration("12h")', '2026-02-01T00:00:00.000Z', 'date and time'],
      ['duration("1h") + timestamp(run.startedAt) - duration("1h")', '2026-01-31T12:00:00.000Z', 'date and time'],
      ['duration("1h") - duration("30m") == duration("30m") + duration("0s")', true, 'true or false'],
      ['duration("1h") > duration("30m") && date("2026-01-01") < date("2026-01-02")', true, 'true or false'],
      ['date("2026-01-01") == date("2026-01-01T00:00:00Z")', true, 'true or false'],
      ['date("2026-01-01") == timestamp(run.startedAt) || duration("1s") == duration("2s")', false, 'true or false'],
      ['date(nodes.any.list[1] + "") == nodes.any || true', true, ''],
      ['[1, {"a": [2]}] == [1, {"a": [2.0]}]', true, 'true or false'],
      ['[1, 2] == [1] || {"a": 1} == {"b": 1} || {"a": 1} == {"a": 1, "b": 2}', false, 'true or false'],
      ['nodes.any == [1] || nodes.any.list == nodes.draft || nodes.any == duration("1s")', false, 'true or false'],
      ['nodes.any.list != null', true, 'true or false'],
      ['true && (false || !false)', true, 'true or false'],
      ['"it\'s" + \'a "quote"\' + r"\\n"', 'it\'sa "quote"\\n', 'text'],
      ['dyn(1) == "1"', false, 'true or false'],
      ['run.input.count > 3 ? timestamp(0) : timestamp(1)', '1970-01-01T00:00:00.000Z', 'date and time'],
      ['run.input.count > 3 ? timestamp(0) : nodes.any', '1970-01-01T00:00:00.000Z', 'anything'],
      ['run.input.count > 3 ? run.input.?name : run.input.?note', 'Ada', 'text or null'],
      ['nodes.maybe', null, ''],
    ].filter(([, , words]) => words !== '') as [string, Json, string][],
  )('%s', (expr, value, words) => {
    const checked = checkExpression(expr, scope);
    expect(checked).toMatchObject({ ok: true });
    if (!checked.ok) return;
    expect(describeType(checked.type)).toBe(words);
    const result = evaluate(expr, values);
    expect(result).toEqual(value);
    expect(checkValue(checked.type, result)).toBeNull();
  });
});

describe('an expression that does not fit is refused with what to do', () => {
  const syntax = 'EXPRESSION_SYNTAX';
  const type = 'EXPRESSION_TYPE';
  const unknown = 'UNKNOWN_VARIABLE';
  test.each<[string, string, string]>([
    ['', syntax, 'empty'],
    ['   ', syntax, 'empty'],
    ['1 +', syntax, 'ends too early'],
    ['(1', syntax, 'A ) is missing, but it ends'],
    ['a b', syntax, "Unexpected character: 'b'"],
    ['"abc', syntax, 'Unterminated string'],
    ['for', syntax, 'Reserved identifier'],
    ['x'.repeat(4_001), syntax, '4000 at most'],
    [`${'('.repeat(80)}1${')'.repeat(80)}`, syntax, 'maxDepth'],
    [`${'!'.repeat(300)}true`, syntax, 'nested too deeply'],
    [`[${'1,'.repeat(501)}1]`, syntax, 'maxListElements'],
    ['b"bytes"', type, 'Bytes'],
    ['1u', type, 'unsigned'],
    ['xs.map(1, 2)', syntax, 'iteration variable'],
    ['has(run)', type, 'has takes a member by its name'],
    ['has(run["input"])', type, 'has takes a member by its name'],
    ['has([run][0].input)', type, 'has() invalid argument'],
    ['run.inptu.name', unknown, 'There is no "inptu" in run. Did you mean input? There is: input, startedAt.'],
    ['nodes.leads.map(l, l.companyNmae)', unknown, 'Did you mean companyName?'],
    ['nodes.darft.subject', unknown, 'Did you mean draft?'],
    ['rnu.input', unknown, 'There is no variable rnu here. Did you mean run? There is: run, nodes, type.'],
    ['subject', unknown, 'There is: run, nodes, type.'],
    ['input.name', unknown, 'Did you mean run.input?'],
    ['nodes.leads.map(l, zzz)', unknown, 'There is: l, run, nodes, type.'],
    ['nodes.empty.x', unknown, 'There is none here.'],
    ['has(nodes.nope)', unknown, 'There is no "nope" in nodes'],
    ['run.?nope', unknown, 'There is no "nope" in run'],
    ['foo(1)', unknown, 'There is no function foo'],
    ['run.input.name.uper()', unknown, 'Did you mean upper?'],
    ['size(1, 2)', type, 'size is not called like this'],
    ['lower()', type, 'Use text.lower(): text or lower(text): text'],
    ['size(1)', type, 'size does not take whole number'],
    ['run.input.name.matches("a+")', type, 'a pattern may run for ever'],
    ['run.input.note', type, 'run.input.note may be absent. Write run.input.?note.orValue(…)'],
    ['nodes.maybe.id', type, 'nodes.maybe may be absent'],
    ['nodes.sent.messageId', type, 'nodes.sent.messageId may be absent'],
    ['nodes.leads[0].email.size()', type, 'size does not take text or null'],
    ['nodes.leads.map(l, l.email + "x")', type, 'one may be null'],
    ['lower(run.input.?note)', type, 'What may be absent needs .orValue(…) first'],
    ['run.input.?note + "x"', type, 'one may be absent'],
    ['run.input.?note == "x"', type, '.hasValue()'],
    ['"x" == run.input.?note', type, '.hasValue()'],
    ['run.input.name + run.input.count', type, 'Convert with string(x)'],
    ['run.input.name - 1', type, 'Convert one of them'],
    ['run.input.file + "x"', type, 'file + the text "x" does not fit'],
    ['nodes.any + run.input.file', type, 'does not fit'],
    ['nodes.any * "x"', type, 'does not fit'],
    ['nodes.any - [1]', type, 'does not fit'],
    ['nodes.any < true', type, 'does not fit'],
    ['true < false', type, 'does not fit'],
    ['date("2026-01-01") < duration("1s")', type, 'a time < a duration does not fit'],
    ['date("2026-01-01") + date("2026-01-01")', type, 'does not fit'],
    ['-run.input.name', type, 'does not fit'],
    ['run.input.name == 5', type, 'text and whole number are never equal'],
    ['nodes.draft.tone == "cold"', type, 'one of "warm", "dry" and the text "cold" are never equal'],
    ['run.input.file == "x"', type, 'never equal'],
    ['5 in ["a"]', type, 'does not fit'],
    ['5 in nodes.draft', type, 'does not fit'],
    ['"a" in "abc"', type, 'does not fit'],
    ['nodes.draft == nodes.leads', type, 'never equal'],
    ['run.input.name && true', type, 'A condition is true or false; this is text'],
    ['true || 1', type, 'A condition is true or false'],
    ['!run.input.count', type, 'Compare it'],
    ['run.input.?note ? 1 : 2', type, 'Add .orValue(false) to it'],
    ['nodes.leads.filter(l, l.score)', type, 'filter takes a condition; this is number'],
    ['run.input.count.map(x, x)', type, 'has no items to go through. Use it on a list or an object.'],
    ['run.input.?note.map(x, x)', type, 'Add .orValue([]) to it'],
    ['nodes.leads.companyName', type, 'Take one item, nodes.leads[0].companyName, or all'],
    ['run.input.name.first', type, 'run.input.name is text; it has no member first.'],
    ['nodes.leads["a"]', type, 'it has no member a'],
    ['nodes.leads[true]', type, 'A list takes a number, an object a text'],
    ['nodes.draft[0]', type, 'has no place'],
    ['run.input.name[0]', type, 'has no place'],
    ['nodes.any[true]', type, 'has no place'],
    ['run.input.count > 3 ? timestamp(0) : "x"', type, 'One value is a time, the other the text "x". Convert'],
    ['run.input.count > 3 ? run.input.?note : "x"', type, 'Add .orValue(…) to it'],
    ['{"__proto__": 1}', type, 'The name __proto__ is not allowed'],
    ['{1: 2}', type, 'The name of a member is text'],
    ['run.input.name.orValue("x")', type, 'orValue is for what may be absent'],
    ['run.input.?note.or("x")', type, 'or takes another optional value; use orValue'],
    ['dyn(run.input.?note)', type, 'dyn does not take text that may be absent'],
    ['nodes.leads[0].email.x', type, 'may be null. Test it first'],
    ['nodes.leads.map(l, l.email.x)', type, 'l.email may be null'],
  ])('%s', (expr, code, message) => {
    const checked = checkExpression(expr, scope);
    expect(checked).toMatchObject({ ok: false, code });
    if (checked.ok) return;
    expect(checked.message).toContain(message);
    expect(checked.range.start).toBeLessThanOrEqual(checked.range.end);
    expect(checked.range.end).toBeLessThanOrEqual(Math.max(expr.length, 1));
  });

  test('what may be another optional value is taken for one', () => {
    expect(checkExpression('run.input.?note.or(nodes.any)', scope)).toMatchObject({ ok: true, type: t.any() });
  });

  test('the range is the part that is wrong', () => {
    const expr = 'run.input.name + nodes.draft.subjct';
    const checked = checkExpression(expr, scope);
    expect(checked.ok ? null : expr.slice(checked.range.start, checked.range.end)).toBe('nodes.draft.subjct');
  });

  test('the path of what may be absent is told', () => {
    expect(checkExpression('nodes.maybe.id', scope)).toMatchObject({ absent: ['nodes', 'maybe'] });
    expect(checkExpression('[run.input][0].note', scope)).toMatchObject({ absent: [] });
  });
});

describe('what an expression reads', () => {
  test.each<[string, string[]]>([
    ['1', []],
    ['nodes.draft.subject + nodes.draft.subject', ['nodes.draft.subject']],
    ['nodes.leads[0].companyName', ['nodes.leads']],
    ['nodes.leads.map(l, l.score + run.input.count)', ['nodes.leads', 'run.input.count']],
    ['has(nodes.maybe) ? nodes.maybe.id : ""', ['nodes.maybe', 'nodes.maybe.id']],
    ['nodes.?maybe.?id', ['nodes.maybe.id']],
    ['nodes.table[run.input.name]', ['nodes.table', 'run.input.name']],
    ['nodes["draft"]["subject"]', ['nodes.draft.subject']],
    ['nodes.leads.map(run, run.score)', ['nodes.leads']],
  ])('%s', (expr, reads) => {
    const checked = checkExpression(expr, scope);
    expect(checked.ok && checked.reads.map((path) => path.join('.'))).toEqual(reads);
  });
});

describe('an evaluation that fails names the expression and the cause', () => {
  test.each<[string, string]>([
    ['nodes.any.nope', 'The expression "nodes.any.nope" failed: there is no "nope". Use .?nope and orValue(…)'],
    ['nope', 'there is no variable "nope"'],
    ['nodes.any + 1', 'object + number does not fit'],
    ['nodes.any.list[0] + "x"', 'number + text does not fit'],
    ['nodes.any.list[1] * 2', 'text * number does not fit'],
    ['nodes.any.list[2] < 1', 'list < number does not fit'],
    ['dyn(date("2026-01-01")) * 2', 'time * number does not fit'],
    ['1 / 0', 'division by zero'],
    ['1 % 0', 'division by zero'],
    ['1e308 * 10.0', 'the number is Infinity'],
    ['date("yesterday")', '"yesterday" is not a date such as 2026-01-31'],
    ['date("2026-02-31")', 'is not a date'],
    ['date(dyn(1))', '1 is not a date'],
    ['run.input.nope[0]', 'there is no "nope"'],
    ['nodes.leads[9]', 'index out of bounds'],
    ['int("x")', 'cannot convert to int'],
    ['"abc".substring(2, 9)', 'substring(2, 9) is out of range: the text has 3 characters'],
    ['sum([1, dyn("a")])', 'sum adds numbers; the list has "a"'],
    ['round(1.5, 20)', 'round takes 0 to 10 decimal places'],
    ['5 in dyn("x")', 'does not fit'],
    ['has([1][0].x)', 'has() invalid argument'],
    ['1 +', 'The expression ends too early.'],
    [`${'"'}${'a'.repeat(300)}${'"'} + `, '…" failed'],
  ])('%s', (expr, message) => {
    const thrown = catchError(() => evaluate(expr, values));
    expect(thrown).toBeInstanceOf(NodeError);
    expect(thrown).toMatchObject({ code: 'EXPRESSION_FAILED', happened: 'no' });
    expect((thrown as NodeError).message).toContain(message);
    expect((thrown as NodeError).details).toMatchObject({ expression: expr });
  });
});

describe('no expression runs away', () => {
  const many: Json[] = Array.from({ length: 20_000 }, (_, index) => index);
  test.each<[string, string]>([
    ['many.map(a, many.map(b, a + b))', 'too many steps'],
    ['many.all(a, many.all(b, many.all(c, a + b + c >= 0.0)))', 'too many steps'],
    ['many.filter(a, a in many)', 'too many steps'],
    ['many.exists(a, many == [a])  || many.all(a, json(many) != "")', 'too many steps'],
    [`[${'"x"'}]${'.map(a, (a + a + a + a + a + a + a + a + a + a) + a)'.repeat(20)}`, 'a text of more than'],
    [`[[1]]${'.map(a, a + a + a + a + a + a + a + a + a + a)'.repeat(20)}`, 'too many steps'],
    ['join(many, "x").replace("x", join(many, "y"))', 'too many steps'],
  ])('%s', (expr, message) => {
    const started = performance.now();
    const thrown = catchError(() => evaluate(expr, { many }));
    expect(thrown).toMatchObject({ code: 'EXPRESSION_FAILED' });
    expect((thrown as NodeError).message).toContain(message);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('what is nested too deeply is not stored', () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 70; depth += 1) deep = [deep];
    expect(() => evaluate('[deep]', { deep })).toThrow('nested too deeply');
  });

  test('any text is checked without a crash', () => {
    const pieces = fc.constantFrom(
      'run',
      '.',
      'input',
      '?',
      '(',
      ')',
      '[',
      ']',
      '"a"',
      '1',
      '+',
      '==',
      'has',
      'map',
      ',',
      'x',
      '{',
      '}',
      ':',
      '!',
      ' in ',
      '&&',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const checked = checkExpression(text, scope);
          if (!checked.ok) expect(checked.message.length).toBeGreaterThan(5);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

test('thousands of expressions are forgotten again, the latest stay', () => {
  for (let index = 0; index < 5_100; index += 1) expect(evaluate(`x + ${index}`, { x: 1 })).toBe(index + 1);
  expect(evaluate('x + 0', { x: 1 })).toBe(1);
});

test('every function is documented with how it is called', () => {
  for (const { text, help } of expressionFunctions) {
    expect(text).toMatch(/\(.*\): \w+/);
    expect(help.length).toBeGreaterThan(5);
  }
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
