import { defaultRange, formatRange, parseRange, type TimeRange } from './timeRange';

/** Everything the log explorer shows, as kept in the address. */
export interface ExplorerState {
  readonly table: string | null;
  /** Text of the search box; not used while `kql` is there. */
  readonly search: string;
  /** Text of the editor; null in search mode. */
  readonly kql: string | null;
  readonly range: TimeRange;
  readonly view: 'auto' | 'table' | 'chart';
  /** Columns shown, in order; null for the automatic choice. */
  readonly columns: readonly string[] | null;
  /** Key of the row whose detail is open. */
  readonly row: string | null;
  readonly isTail: boolean;
  readonly limit: number;
}

export const defaultLimit = 1000;
export const maxLimit = 10_000;

export const initialState: ExplorerState = {
  table: null,
  search: '',
  kql: null,
  range: defaultRange,
  view: 'auto',
  columns: null,
  row: null,
  isTail: false,
  limit: defaultLimit,
};

/** Reads the query part of the address; what it does not understand is left at its default. */
export function parseExplorer(search: string): ExplorerState {
  const parameters = new URLSearchParams(search);
  const view = parameters.get('view');
  const columns = parameters.get('cols');
  const limit = Number(parameters.get('limit') ?? defaultLimit);
  return {
    table: parameters.get('table') || null,
    search: parameters.get('search') ?? '',
    kql: parameters.get('kql'),
    range: rangeOf(parameters),
    view: view === 'table' || view === 'chart' ? view : 'auto',
    columns: columns ? columns.split(',').map(decodeURIComponent) : null,
    row: parameters.get('row') || null,
    isTail: parameters.get('tail') === '1',
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, maxLimit) : defaultLimit,
  };
}

function rangeOf(parameters: URLSearchParams): TimeRange {
  const from = parameters.get('from');
  const to = parameters.get('to');
  if (from && to && Date.parse(from) < Date.parse(to)) {
    return { kind: 'absolute', from, to };
  }

  return parseRange(parameters.get('range') ?? '') ?? defaultRange;
}

/** The address that shows this state; defaults are left out, so that short states have short addresses. */
export function formatExplorer(state: ExplorerState): string {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | null) => value !== null && value !== '' && parameters.set(name, value);
  set('table', state.table);
  if (state.kql === null) {
    set('search', state.search);
  } else {
    parameters.set('kql', state.kql);
  }

  if (state.range.kind === 'absolute') {
    set('from', state.range.from);
    set('to', state.range.to);
  } else {
    set('range', formatRange(state.range) === formatRange(defaultRange) ? null : formatRange(state.range));
  }

  set('view', state.view === 'auto' ? null : state.view);
  set('cols', state.columns?.map(encodeURIComponent).join(',') ?? null);
  set('row', state.row);
  set('tail', state.isTail ? '1' : null);
  set('limit', state.limit === defaultLimit ? null : String(state.limit));
  const text = parameters.toString();
  return text ? `/explore?${text}` : '/explore';
}
