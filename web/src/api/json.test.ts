import { describe, expect, it } from 'vitest';
import { parseJson, stringifyJson } from './json';

const text = '{"a":9223372036854775807,"b":[-9007199254740993,12,0.1234567890123456,1e300],"c":"12345678901234567890"}';

describe('parseJson', () => {
  for (const useSource of [undefined, false]) {
    it(`keeps every digit of a 64-bit integer (source access: ${useSource ?? 'as the engine offers'})`, () => {
      const value = parseJson(text, useSource) as { a: bigint; b: unknown[]; c: string };
      expect(value.a).toBe(9223372036854775807n);
      expect(value.b).toEqual([-9007199254740993n, 12, 0.1234567890123456, 1e300]);
      expect(value.c).toBe('12345678901234567890');
    });
  }

  it('leaves digits inside strings alone, whatever surrounds them', () => {
    const tricky = { s: 'x:[12345678901234567890, "9999999999999999999"', t: '\uE0F05', u: 12 };
    expect(parseJson(`${JSON.stringify(tricky).slice(0, -1)},"v":12345678901234567890}`, false)).toEqual({
      ...tricky,
      v: 12345678901234567890n,
    });
  });
});

describe('stringifyJson', () => {
  it('writes what parseJson reads', () => {
    expect(stringifyJson(parseJson(text, false))).toBe(text.replace('1e300', '1e+300'));
  });

  it('indents', () => {
    expect(stringifyJson({ a: [1, 2n], b: {} }, 2)).toBe('{\n  "a": [\n    1,\n    2\n  ],\n  "b": {}\n}');
  });
});
