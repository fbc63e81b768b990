import { expect, it } from 'vitest';
import { namesRead } from './names-read.ts';

it('finds the members of the item that are read, and no methods of it', () => {
  expect(
    namesRead({
      a: { kind: 'expr', expr: 'item.email + item["Company Name"] + nodes.other.item.x' },
      b: { kind: 'template', template: 'Dear {{ item.?person.orValue("") }}, {{ item.upper() }} {{ item.email }}' },
      c: { kind: 'value', value: 'item.nothing' },
    }),
  ).toEqual(['Company Name', 'email', 'person', 'x']);
});
