import { describe, expect, it } from 'vitest';
import {
  addWhere,
  histogramQuery,
  parsePipeline,
  replaceAt,
  rowsBehind,
  rowsQuery,
  sourceTable,
  tailQuery,
  yieldsRows,
} from './pipeline';

const keywords = (query: string) => parsePipeline(query).stages.map(({ keyword }) => keyword);

describe('parsePipeline', () => {
  it('splits only at the outermost pipes', () => {
    const query =
      'let n = 5; logs | where a == "x|y" // | no\n| join (b | take 1) on k\n| where c == @\'\\\' | take 3;';
    expect(keywords(query)).toEqual(['logs', 'where', 'join', 'where', 'take']);
  });

  it('knows multi-line strings and escapes', () => {
    expect(keywords('logs | where m has "a\\"|b" and n == ```x | y``` | count')).toEqual(['logs', 'where', 'count']);
  });
});

describe('yieldsRows', () => {
  it.each([
    ['logs', true],
    ["['logs-app'] | where a == 1 | project a | take 5", true],
    ['let x = 1; logs | where a == x', true],
    ['search "x" | where level == "error"', true],
    ['logs | summarize count() by level', false],
    ['logs | count', false],
    ['print 1', false],
    ['', false],
  ])('%s → %s', (query, expected) => {
    expect(yieldsRows(query)).toBe(expected);
  });
});

describe('sourceTable', () => {
  it.each([
    ['logs | take 1', 'logs'],
    ["// newest\n['logs-app'] | take 1", 'logs-app'],
    ['union a, b', null],
    ['print 1', null],
  ])('%s → %s', (query, expected) => {
    expect(sourceTable(query)).toBe(expected);
  });
});

describe('rowsQuery', () => {
  it.each([
    ['logs', 'logs\n| sort by timestamp desc\n| take 100'],
    ['logs | where a == 1 // note', 'logs | where a == 1\n| sort by timestamp desc\n| take 100 // note'],
    ['logs | project a', 'logs\n| sort by timestamp desc\n| take 100 | project a'],
    ['logs | project a | where a > 1', 'logs\n| sort by timestamp desc | project a | where a > 1\n| take 100'],
    ['logs | take 5', 'logs | take 5'],
    ['logs | summarize count()', 'logs | summarize count()'],
  ])('%s', (query, expected) => {
    expect(rowsQuery(query, 100)).toBe(expected);
  });
});

describe('histogramQuery', () => {
  it('counts what the filters let through', () => {
    expect(histogramQuery('let x = 1; logs | where a == x | project a | take 5', '30s', 'level')).toBe(
      'let x = 1; logs | where a == x\n| summarize count() by bin(timestamp, 30s), level',
    );
    expect(histogramQuery('logs', '1m', null)).toBe('logs\n| summarize count() by bin(timestamp, 1m)');
    expect(histogramQuery('logs | count', '1m', null)).toBeNull();
  });
});

describe('editing', () => {
  it('adds a condition before projections and groupings, once', () => {
    const added = addWhere('logs | where a == 1 | summarize count() by b', 'b == 2');
    expect(added).toBe('logs | where a == 1\n| where b == 2 | summarize count() by b');
    expect(addWhere(added, 'b == 2')).toBe(added);
  });

  it('finds the rows behind a group', () => {
    expect(rowsBehind('logs | where a == 1 | summarize count() by b | render piechart', ['b == 2'])).toBe(
      'logs | where a == 1\n| where b == 2',
    );
  });

  it('replaces what an error points at', () => {
    expect(replaceAt('logs\n| wher a', 2, 3, 4, 'where')).toBe('logs\n| where a');
  });

  it('makes a query that can be followed', () => {
    expect(tailQuery('logs | where a == 1 | sort by timestamp desc | take 5')).toBe('logs\n| where a == 1');
    expect(tailQuery('logs | count')).toBeNull();
    expect(tailQuery('union a, b')).toBeNull();
  });
});
