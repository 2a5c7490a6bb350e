import type { Column, QueryResult, Row } from '../api/types';

/** What a reader of logs wants to see first, in this order; the rest is in the detail. */
const preferred = ['timestamp', 'level', 'service', 'message'];
/** A table without these columns shows its first ones. */
const automaticColumns = 8;

/** Which columns of a result to show, as indexes: the chosen ones, else a good guess. */
export function visibleColumns(
  result: Pick<QueryResult, 'columns'>,
  chosen: readonly string[] | null,
  isRawRows: boolean,
): readonly number[] {
  const indexOf = (name: string) => result.columns.findIndex((column) => column.name === name);
  if (chosen) {
    const indexes = chosen.map(indexOf).filter((index) => index >= 0);
    if (indexes.length > 0) {
      return indexes;
    }
  }

  const all = result.columns.map((_, index) => index);
  if (!isRawRows || indexOf('message') < 0) {
    return isRawRows ? all.slice(0, automaticColumns) : all;
  }

  return preferred.map(indexOf).filter((index) => index >= 0);
}

/** True when the result has the columns of the table as they are stored, in whole rows. */
export function isRawResult(columns: readonly Column[], tableColumns: readonly Column[]): boolean {
  return columns.length >= tableColumns.length && columns.length > 0;
}

const characterPx = 7.6;
const paddingPx = 18;
const sampledRows = 200;

/** A width for a column of the grid that fits most of its values. The last text column takes what is left. */
export function columnWidth(
  column: Column,
  index: number,
  rows: readonly Row[],
  lengthOf: (row: Row, index: number) => number,
): number {
  if (column.type === 'datetime') {
    return Math.ceil(23 * characterPx + paddingPx);
  }

  let longest = column.name.length + 2;
  for (const row of rows.slice(0, sampledRows)) {
    longest = Math.max(longest, Math.min(lengthOf(row, index), 44));
  }

  return Math.ceil(Math.max(longest, 5) * characterPx + paddingPx);
}
