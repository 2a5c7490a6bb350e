import { useMemo } from 'react';
import type { QueryResult, Row } from '../api/types';
import { asksForChart, chartOf } from '../lang/chart';
import { rowKey } from '../lang/format';
import { isRawResult, visibleColumns } from './columns';
import type { Explorer } from './useExplorer';

/** Rows of live tail, in the shape of a result. */
export interface TailRows {
  readonly columns: QueryResult['columns'];
  readonly rows: readonly Row[];
}

const noStats = { elapsedMs: 0, rowsScanned: 0 };

/** What is shown of an answer: which columns, which row, whether as a chart. */
export function useResult(explorer: Explorer, tail: TailRows | null) {
  const { state, source, chosen, isRows, rows } = explorer;
  const result: QueryResult | null = useMemo(
    () => (tail ? { ...tail, truncated: false, stats: noStats } : (rows.data ?? null)),
    [tail, rows.data],
  );
  const table = source ?? (state.kql === null ? chosen : null);
  const isRaw = isRows && table !== null && result !== null && isRawResult(result.columns, table.columns);
  const visible = useMemo(
    () => (result ? visibleColumns(result, state.columns, isRaw) : []),
    [result, state.columns, isRaw],
  );
  const shown = visible.flatMap((index) => result?.columns[index]?.name ?? []);
  const selected = useMemo(() => {
    const index = state.row === null ? -1 : (result?.rows.findIndex((row) => rowKey(row) === state.row) ?? -1);
    return index < 0 ? null : index;
  }, [result, state.row]);

  const chart = useMemo(() => (result && !isRows ? chartOf(result) : null), [result, isRows]);
  const isWanted = result !== null && (asksForChart(result) || chart?.kind === 'card');
  const isChart = chart === null ? null : state.view === 'chart' || (state.view === 'auto' && isWanted);
  return { result, table, isRaw, visible, shown, selected, chart, isChart };
}
