import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { ApiError, checkQuery, runQuery } from '../api/client';
import type { QueryRequest, QueryResult, TableInfo, Tables } from '../api/types';
import { histogramQuery, rowsBehind, rowsQuery, sourceTable, yieldsRows } from '../lang/kql/pipeline';
import { searchToKql } from '../lang/kql/search';
import { type ExplorerState, formatExplorer, parseExplorer } from './explorerUrl';
import { type HistogramData, histogramOf, maxBins } from './histogram';
import { navigate, usePlace } from './location';
import { remember } from './queryHistory';
import { binStep, boundsOf, formatRange } from './timeRange';

/** Results are large: they are forgotten soon after nobody shows them. */
const keepResultMs = 15_000;
const common = {
  retry: false,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: keepResultMs,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  // Comparing ten thousand rows with their predecessors would cost more than drawing them.
  structuralSharing: false,
} as const;

/** Where rows that match the query are, when the chosen range holds none. */
export interface Whereabouts {
  readonly count: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** The table shown when the address names none: `logs`, else the one with most rows. */
export function defaultTable(tables: readonly TableInfo[]): TableInfo | null {
  const byRows = tables.toSorted((a, b) => b.rowCount - a.rowCount);
  return tables.find(({ name, rowCount }) => name === 'logs' && rowCount > 0) ?? byRows[0] ?? null;
}

/** Everything the explorer asks and knows, for the address it is at. */
export function useExplorer(schema: Tables) {
  const { search } = usePlace();
  const client = useQueryClient();
  const state = useMemo(() => parseExplorer(search), [search]);
  const [runCount, setRunCount] = useState(0);

  const chosen = schema.tables.find(({ name }) => name === state.table) ?? defaultTable(schema.tables);
  const text = state.kql ?? (chosen ? searchToKql(state.search, chosen) : '');
  const source = schema.tables.find(({ name }) => name === sourceTable(text)) ?? null;
  const isRows = yieldsRows(text);
  const rangeText =
    state.range.kind === 'absolute' ? `${state.range.from}/${state.range.to}` : formatRange(state.range);
  // A relative range means "until the moment of asking": the moment is taken anew for each run.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what makes it another run
  const nowMs = useMemo(() => Date.now(), [text, rangeText, runCount, state.limit]);

  const bounds = boundsOf(state.range, nowMs);
  const request: QueryRequest = { query: rowsQuery(text, state.limit), ...bounds, maxRows: state.limit };
  const isEnabled = text.trim() !== '' && !state.isTail;
  const rows = useQuery({
    ...common,
    queryKey: ['rows', request, runCount],
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const result = await runChecked(request, text, signal);
      if (state.kql !== null) {
        remember(state.kql, Date.now());
      }

      return result;
    },
  });

  const histogram = useHistogram({ schema, source, state, text, nowMs, runCount, isEnabled: isEnabled && isRows });
  const isEmpty = rows.data?.rows.length === 0 && !rows.isPlaceholderData;
  const whereabouts = useWhereabouts(text, runCount, isEnabled && isRows && isEmpty && state.range.kind !== 'all');

  const update = useCallback(
    (change: Partial<ExplorerState>, options?: { readonly replace?: boolean }) =>
      navigate(formatExplorer({ ...parseExplorer(window.location.search), ...change }), options),
    [],
  );
  const run = useCallback(() => setRunCount((count) => count + 1), []);
  const cancel = useCallback(() => {
    for (const key of ['rows', 'histogram', 'whereabouts']) {
      void client.cancelQueries({ queryKey: [key] });
    }
  }, [client]);

  return { state, chosen, source, text, isRows, nowMs, bounds, rows, histogram, whereabouts, update, run, cancel };
}

export type Explorer = ReturnType<typeof useExplorer>;

/** Runs a query; when it is refused, asks about the text as the reader wrote it, so that the position is theirs. */
async function runChecked(request: QueryRequest, text: string, signal: AbortSignal): Promise<QueryResult> {
  try {
    return await runQuery(request, signal);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 400 || request.query === text) {
      throw error;
    }

    const check = await checkQuery(text, signal).catch(() => null);
    throw check && !check.ok ? new ApiError(400, check.error) : error;
  }
}

interface HistogramInputs {
  readonly schema: Tables;
  readonly source: TableInfo | null;
  readonly state: ExplorerState;
  readonly text: string;
  readonly nowMs: number;
  readonly runCount: number;
  readonly isEnabled: boolean;
}

function useHistogram({ schema, source, state, text, nowMs, runCount, isEnabled }: HistogramInputs) {
  const extent = useMemo(
    () => extentOf(state, source ? [source] : schema.tables, nowMs),
    [state, source, schema.tables, nowMs],
  );
  const step = extent ? binStep(extent.toMs - extent.fromMs, maxBins) : null;
  const columns =
    (source ?? schema.tables.find(({ columns }) => columns.some(({ name }) => name === 'level')))?.columns ?? [];
  const levelColumn = columns.some(({ name }) => name === 'level') ? 'level' : null;
  const query = step && histogramQuery(text, step.kql, levelColumn);
  const request: QueryRequest | null = query ? { query, ...boundsOf(state.range, nowMs) } : null;
  return useQuery<HistogramData>({
    ...common,
    queryKey: ['histogram', request, runCount],
    enabled: isEnabled && request !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      if (!request || !extent || !step) {
        throw new Error('the histogram ran without a query');
      }

      return histogramOf(await runQuery(request, signal), extent.fromMs, extent.toMs, step.ms);
    },
  });
}

function extentOf(state: ExplorerState, tables: readonly TableInfo[], nowMs: number) {
  if (state.range.kind === 'absolute') {
    return { fromMs: Date.parse(state.range.from), toMs: Date.parse(state.range.to) };
  }

  if (state.range.kind === 'relative') {
    return { fromMs: nowMs - state.range.seconds * 1000, toMs: nowMs };
  }

  const starts = tables.flatMap(({ minTime }) => (minTime ? [Date.parse(minTime)] : []));
  const ends = tables.flatMap(({ maxTime }) => (maxTime ? [Date.parse(maxTime)] : []));
  return starts.length > 0 ? { fromMs: Math.min(...starts), toMs: Math.max(...ends) + 1 } : null;
}

function useWhereabouts(text: string, runCount: number, isEnabled: boolean) {
  return useQuery<Whereabouts>({
    ...common,
    queryKey: ['whereabouts', text, runCount],
    enabled: isEnabled,
    queryFn: async ({ signal }) => {
      const query = `${rowsBehind(text, [])}\n| summarize total = count(), first = min(timestamp), last = max(timestamp)`;
      const { rows } = await runQuery({ query }, signal);
      const [total, first, last] = rows[0] ?? [];
      return { count: Number(total ?? 0), minMs: Date.parse(String(first)), maxMs: Date.parse(String(last)) };
    },
  });
}
