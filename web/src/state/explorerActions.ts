import type { Column, TableInfo } from '../api/types';
import { plainText } from '../lang/format';
import { conditionOf, quoteName, type ValueAt } from '../lang/kql/literal';
import { addWhere, rowsBehind } from '../lang/kql/pipeline';
import { addSearchTerm, parseSearch, resolveField, searchTermText } from '../lang/kql/search';
import type { ExplorerState } from './explorerUrl';
import { absolute } from './timeRange';

/** "Rows around this one" shows this much before and after it. */
const aroundMs = 10_000;
/** A trace seldom lasts longer, to either side of one of its rows. */
const traceMs = 3_600_000;
/** Ten seconds of a busy service are more than one page of rows. */
const aroundLimit = 5000;

type Change = Partial<ExplorerState>;

/** What the explorer is asking at the moment. */
export interface Asked {
  readonly state: Pick<ExplorerState, 'kql' | 'search'>;
  /** The table of the search box. */
  readonly chosen: Pick<TableInfo, 'name' | 'columns'> | null;
  /** The table the query begins with. */
  readonly source: Pick<TableInfo, 'name' | 'columns'> | null;
  readonly text: string;
  readonly isRows: boolean;
}

/** How the state changes when a value is clicked: one term more in the search box, or a `where` more in the query. */
export function filterChange({ state, chosen, text, isRows }: Asked, value: ValueAt, isExcluded: boolean): Change {
  const term = state.kql === null && chosen ? searchTermOf(value, isExcluded, chosen.columns) : null;
  if (term !== null) {
    return { search: addSearchTerm(state.search, term), row: null };
  }

  const condition = conditionOf(value, isExcluded);
  if (condition === null) {
    return {};
  }

  const kql = isRows ? addWhere(text, condition) : rowsBehind(text, [condition]);
  return { kql, row: null, view: 'auto' };
}

/** The value as the search box writes it; null where its syntax is not enough. */
function searchTermOf(value: ValueAt, isExcluded: boolean, columns: readonly Column[]): string | null {
  const path = value.path ?? [];
  const field = [value.column, ...path].join('.');
  const isPlain =
    /^[\p{L}_@][\p{L}\p{N}_.@-]*$/u.test(field) && !path.some((step) => typeof step === 'number' || step.includes('.'));
  if (!isPlain || !resolveField(field, columns)) {
    return null;
  }

  if (value.value === null) {
    return `${isExcluded ? '' : '-'}${field}:*`;
  }

  return typeof value.value === 'object' ? null : searchTermText(field, plainText(value.value), isExcluded);
}

/** True where a value of this column can narrow the rows: a column of the table, not one computed by grouping. */
export function canFilter({ isRows, source, chosen, state }: Asked, name: string): boolean {
  const table = source ?? (state.kql === null ? chosen : null);
  return isRows || (table?.columns.some((column) => column.name === name) ?? false);
}

/** Another table: a new search keeps its words, a query starts anew. */
export function tableChange(state: Pick<ExplorerState, 'kql'>, name: string): Change {
  return state.kql === null
    ? { table: name, columns: null, row: null }
    : { kql: quoteName(name), columns: null, row: null, view: 'auto' };
}

/** All rows of a table shortly before and after a moment. */
export function aroundChange(table: string, timestamp: string): Change {
  return { ...near(table, timestamp, aroundMs), search: '' };
}

/** The rows of one trace. */
export function traceChange(table: string, timestamp: string, trace: string): Change {
  return { ...near(table, timestamp, traceMs), search: searchTermText('trace_id', trace, false) };
}

function near(table: string, timestamp: string, spanMs: number): Change {
  const ms = Date.parse(timestamp);
  const range = absolute(ms - spanMs, ms + spanMs);
  return { kql: null, table, range, limit: aroundLimit, isTail: false };
}

/** What to mark in the grid: the words looked for, not those to be absent. One group spans the whole pattern. */
export function highlightOf(search: string, columns: readonly Column[]): RegExp | null {
  const words = parseSearch(search, columns)
    .groups.flat()
    .filter(({ field, isExcluded }) => field === null && !isExcluded)
    .map(({ text, isQuoted }) => (isQuoted ? text : text.replace(/\*$/, '')))
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return words.length > 0 ? new RegExp(`(${words.join('|')})`, 'giu') : null;
}
