import { describe, expect, it } from 'vitest';
import { formatBytes, formatCell, formatDuration, formatShort, formatTime, rowKey, toCsv, toJson } from './format';
import { levelOf } from './levels';

const ms = Date.parse('2026-11-20T01:02:03.045Z');

describe('times', () => {
  it('shows UTC whatever the machine is set to', () => {
    expect(formatTime(ms, 'utc')).toBe('2026-11-20 01:02:03.045');
    expect(formatTime(ms, 'utc', 'minute')).toBe('2026-11-20 01:02');
    expect(formatCell('2026-11-20T01:02:03.0450000Z', 'datetime', 'utc')).toBe('2026-11-20 01:02:03.045');
    expect(formatCell('not a time', 'datetime', 'utc')).toBe('not a time');
  });

  it.each([
    [0.4, '0.4ms'],
    [0, '0ms'],
    [950, '950ms'],
    [1500, '1.5s'],
    [45_000, '45s'],
    [3_600_000, '1h'],
    [7_500_000, '2h 5m'],
    [90_061_000, '1d 1h'],
  ])('%d ms is %s', (duration, text) => {
    expect(formatDuration(duration)).toBe(text);
  });
});

it('speaks Korean', () => {
  expect(formatDuration(7_500_000, 'ko')).toBe('2시간 5분');
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [12, '12'],
    [0.5, '0.5'],
    [0.00012345, '0.000123'],
    [9999, '9999'],
    [12_345, '12.3k'],
    [1_000_000, '1M'],
    [-2_500_000_000, '-2.5G'],
    [Number.NaN, 'NaN'],
  ])('%d is %s', (value, text) => {
    expect(formatShort(value)).toBe(text);
  });

  it('counts bytes in powers of 1024', () => {
    expect([0, 1023, 1536, 150 * 1024 * 1024].map(formatBytes)).toEqual(['0 B', '1023 B', '1.5 KiB', '150 MiB']);
  });
});

describe('cells', () => {
  it('keeps every digit and writes JSON for dynamic values', () => {
    expect(formatCell(9223372036854775807n, 'long', 'utc')).toBe('9223372036854775807');
    expect(formatCell({ a: [1, 9007199254740993n] }, 'dynamic', 'utc')).toBe('{"a":[1,9007199254740993]}');
    expect(formatCell(null, 'string', 'utc')).toBe('');
  });

  it('names rows by their content', () => {
    expect(rowKey(['a', 1])).toBe(rowKey(['a', 1]));
    expect(rowKey(['a', 1])).not.toBe(rowKey(['a', 2]));
  });
});

describe('export', () => {
  const columns = ['message', 'n', 'd'];
  const rows = [
    ['say "hi",\nthen go', 9007199254740993n, { a: 1 }],
    [null, 2, null],
  ];

  it('writes CSV that any reader takes', () => {
    expect(toCsv(columns, rows)).toBe('message,n,d\r\n"say ""hi"",\nthen go",9007199254740993,"{""a"":1}"\r\n,2,\r\n');
  });

  it('writes JSON with all digits', () => {
    expect(toJson(columns, rows)).toContain('"n":9007199254740993,');
    expect(JSON.parse(toJson(columns, rows))).toHaveLength(2);
  });
});

describe('levels', () => {
  it.each([
    ['ERROR', 'error'],
    ['Warning', 'warn'],
    ['crit', 'fatal'],
    ['notice', 'info'],
    ['whatever', 'other'],
    [null, 'other'],
  ])('%s is %s', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });
});
