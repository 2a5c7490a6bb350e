import { describe, expect, it } from 'vitest';
import type { Column } from '../api/types';
import { visibleColumns } from './columns';

const named = (...names: string[]): { columns: Column[] } => ({
  columns: names.map((name) => ({ name, type: 'string' })),
});

describe('visibleColumns', () => {
  it('shows what matters of a log row, and everything of a computed result', () => {
    expect(visibleColumns(named('a', 'message', 'timestamp', 'level'), null, true)).toEqual([2, 3, 1]);
    expect(visibleColumns(named('a', 'message'), null, false)).toEqual([0, 1]);
  });

  it('shows the chosen columns in their order, unless none of them is there', () => {
    expect(visibleColumns(named('a', 'b', 'c'), ['c', 'gone', 'a'], true)).toEqual([2, 0]);
    expect(visibleColumns(named('a', 'b'), ['gone'], false)).toEqual([0, 1]);
  });

  it('is bounded for tables of another kind', () => {
    expect(visibleColumns(named(...'abcdefghijkl'), null, true)).toHaveLength(8);
  });
});
