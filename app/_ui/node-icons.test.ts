import { expect, it } from 'vitest';
import { definitions } from '#nodes/index.gen.ts';
import { nodeIcons } from './node-icons.gen.ts';

it.each([...definitions.values()].map(({ type, icon }) => [type, icon]))(
  '%s names an icon that the pages have: %s',
  (_, icon) => {
    expect(Object.keys(nodeIcons)).toContain(icon);
  },
);
