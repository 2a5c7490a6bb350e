import { describe, expect, it } from 'vitest';
import { conditionOf, literalOf, pathOf, quoteName, quoteString } from './literal';

describe('quoteString', () => {
  it.each([
    ['plain', '"plain"'],
    ['say "no"', '"say \\"no\\""'],
    ['C:\\temp', '"C:\\\\temp"'],
    ['a\nb\tc\r', '"a\\nb\\tc\\r"'],
    ['\u0000\u001b\u007f', '"\\u0000\\u001b\\u007f"'],
    ['결제 😀', '"결제 😀"'],
    ['" | take 0 //', '"\\" | take 0 //"'],
    ['\\" or 1==1', '"\\\\\\" or 1==1"'],
  ])('%j', (text, literal) => {
    expect(quoteString(text)).toBe(literal);
  });

  it('never lets a text end its literal', () => {
    let seed = 42;
    const random = (n: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed % n;
    };
    const alphabet = ['"', '\\', "'", '\n', 'a', '결', '|', '\u2028'];
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join('');
      expect(quoteString(text), JSON.stringify(text)).toMatch(/^"(?:[^"\\\n\r\u2028]|\\.)*"$/);
    }
  });
});

describe('names and paths', () => {
  it.each([
    ['level', 'level'],
    ['logs-app', "['logs-app']"],
    ['by', "['by']"],
    ["it's", "['it\\'s']"],
    ['응답', "['응답']"],
    ['http.status', "['http.status']"],
  ])('%s', (name, written) => {
    expect(quoteName(name)).toBe(written);
  });

  it('writes paths into dynamic columns', () => {
    expect(pathOf('attributes', ['http', 'k8s.pod', 0, 'ip'])).toBe("attributes.http['k8s.pod'][0].ip");
  });
});

describe('literalOf', () => {
  it.each([
    ['long', '9223372036854775807', '9223372036854775807'],
    ['long', '5; drop', null],
    ['real', 'NaN', 'real(nan)'],
    ['real', '-Infinity', 'real(-inf)'],
    ['real', '1.5e3', '1.5e3'],
    ['bool', 'True', 'true'],
    ['datetime', '2026-11-20T01:02:03.0000000Z', 'datetime(2026-11-20T01:02:03.0000000Z)'],
    ['datetime', 'now)', null],
    ['timespan', '1.02:03:04.5000000', 'timespan(1.02:03:04.5000000)'],
    ['timespan', '5m', '5m'],
    ['guid', '01234567-89ab-cdef-0123-456789abcdef', 'guid(01234567-89ab-cdef-0123-456789abcdef)'],
    ['decimal', '12.50', 'decimal(12.50)'],
  ] as const)('%s %s', (type, text, literal) => {
    expect(literalOf(type, text)).toBe(literal);
  });
});

describe('conditionOf', () => {
  it('compares by type and knows what is missing', () => {
    expect(conditionOf({ column: 'level', type: 'string', value: 'error' }, false)).toBe('level == "error"');
    expect(conditionOf({ column: 'level', type: 'string', value: '' }, true)).toBe('isnotempty(level)');
    expect(conditionOf({ column: 'ms', type: 'long', value: 9223372036854775807n }, true)).toBe(
      'ms != 9223372036854775807',
    );
    expect(conditionOf({ column: 'ms', type: 'real', value: null }, false)).toBe('isnull(ms)');
    expect(conditionOf({ column: 'a', type: 'dynamic', path: ['x', 'y'], value: 'v' }, false)).toBe(
      'tostring(a.x.y) == "v"',
    );
    expect(conditionOf({ column: 'a', type: 'dynamic', path: ['n'], value: 500 }, true)).toBe('tolong(a.n) != 500');
    expect(conditionOf({ column: 'a', type: 'dynamic', value: { b: 1 } }, false)).toBeNull();
  });
});
