import type { NodeCase } from '#nodes/testing/node-case.ts';

const url = 'https://api.example.test/rates';
const pages = {
  [`GET ${url}`]: { body: '{"eur": 1.1}' },
  [`POST ${url}`]: { status: 201, body: '' },
  'GET https://api.example.test/page': { headers: { 'content-type': 'text/html' }, body: '<p>Hello</p>' },
  'GET https://api.example.test/gone': { status: 404, body: 'gone' },
};
const world = { pages };

export default [
  { title: 'reads JSON', inputs: { url }, world, ends: { outcome: 'ok' } },
  {
    title: 'sends a body',
    config: { method: 'POST' },
    inputs: { url, body: { eur: 1.2 } },
    world,
    ends: { outcome: 'ok' },
  },
  {
    title: 'gives text as it is',
    config: { expect: 'text' },
    inputs: { url: 'https://api.example.test/page' },
    world,
    ends: { outcome: 'ok' },
  },
  {
    title: 'gives the status where that is wanted',
    config: { failOnStatus: false },
    inputs: { url: 'https://api.example.test/gone' },
    world,
    ends: { outcome: 'ok' },
  },
  {
    title: 'fails on a status of 400 and above',
    inputs: { url: 'https://api.example.test/gone' },
    world,
    ends: { code: 'HTTP_STATUS' },
  },
  {
    title: 'fails where the answer is not the expected JSON',
    inputs: { url: 'https://api.example.test/page' },
    world,
    ends: { code: 'OUTPUT_INVALID' },
  },
  {
    title: 'fails on an answer that is too large',
    config: { maxBytes: 3 },
    inputs: { url },
    world,
    ends: { code: 'TOO_LARGE' },
  },
  {
    title: 'fails where nobody answers',
    inputs: { url: 'https://nobody.example.test/' },
    ends: { code: 'HTTP_UNAVAILABLE' },
  },
  {
    title: 'refuses what is not a web address',
    inputs: { url: 'file:///etc/passwd' },
    ends: { code: 'INPUT_INVALID' },
  },
] satisfies NodeCase[];
