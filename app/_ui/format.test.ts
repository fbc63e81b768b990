import { describe, expect, it } from 'vitest';
import {
  absolute,
  age,
  ageLong,
  amount,
  bytes,
  clock,
  duration,
  exactMicros,
  integer,
  moment,
  money,
  percent,
  plural,
  risk,
  statement,
} from './format.ts';

describe('money', () => {
  it.each([
    [0, '$0'],
    [1, '$0.000001'],
    [1_590, '$0.00159'],
    [4_000, '$0.004'],
    [23_864, '$0.02386'],
    [500_000, '$0.50'],
    [2_847_185, '$2.847'],
    [8_000_000, '$8.00'],
    [12_345_678, '$12.35'],
    [1_234_567_000, '$1,234.57'],
    [-1_590, '−$0.00159'],
  ])('shows %d micro-dollars on a chip with four significant digits: %s', (micros, text) => {
    expect(money(micros)).toBe(text);
  });

  it('shows every digit in a statement, so that columns add up', () => {
    expect(statement(1_590)).toBe('$0.001590');
    expect(statement(0)).toBe('$0.000000');
    expect(statement(-12)).toBe('−$0.000012');
    expect(amount(1_412_300)).toBe('1.412300');
    expect(amount(2_000_000_001)).toBe('2,000.000001');
  });

  it('names what is stored', () => {
    expect(exactMicros(1_590)).toBe('1,590 micro-dollars');
    expect(exactMicros(1)).toBe('1 micro-dollar');
  });
});

describe('spans', () => {
  it.each([
    [0, '0.00 s'],
    [80, '0.08 s'],
    [1_890, '1.89 s'],
    [9_999, '10.0 s'],
    [38_300, '38.3 s'],
    [59_999, '1 min 0 s'],
    [1_872_000, '31 min 12 s'],
    [7_560_000, '2 h 06 min'],
    [273_600_000, '3 d 4 h'],
    [-5, '0.00 s'],
  ])('says that %d ms took %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [-1_000, '0 s', '0 s'],
    [12_400, '12 s', '12 s'],
    [1_440_000, '24 min', '24 min'],
    [4_320_000, '1 h', '1 h 12 min'],
    [273_600_000, '3 d', '3 d 4 h'],
  ])('says that %d ms ago is %s, or %s at length', (ms, short, long) => {
    expect(age(ms)).toBe(short);
    expect(ageLong(ms)).toBe(long);
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 18, 8, 38).getTime();
  it('leaves out what is clear from today', () => {
    expect(absolute(new Date(2026, 10, 17, 8, 30, 2).getTime(), now)).toBe('Tue 17 Nov, 08:30:02');
    expect(absolute(new Date(2025, 10, 17, 8, 30, 2).getTime(), now)).toBe('17 Nov 2025, 08:30:02');
    expect(moment(new Date(2026, 10, 18, 6, 12).getTime(), now)).toBe('06:12');
    expect(moment(new Date(2026, 10, 17, 6, 12).getTime(), now)).toBe('17 Nov, 06:12');
    expect(moment(new Date(2025, 10, 17, 6, 12).getTime(), now)).toBe('17 Nov 2025');
    expect(clock(new Date(2026, 10, 17, 8, 30, 2, 640).getTime())).toBe('08:30:02.6');
  });
});

describe('numbers', () => {
  it('separates thousands and names units', () => {
    expect(integer(3_394)).toBe('3,394');
    expect(percent(0.356)).toBe('36 %');
    expect(plural(1, 'run')).toBe('1 run');
    expect(plural(3, 'run')).toBe('3 runs');
    expect(plural(2, 'reply', 'replies')).toBe('2 replies');
    expect(bytes(812)).toBe('812 B');
    expect(bytes(14_200)).toBe('14.2 KB');
    expect(bytes(3_100_000)).toBe('3.1 MB');
    expect(risk(0.6000001)).toBe('0.6');
  });
});
