import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryResult, Row, Tables } from '../../api/types';
import { asksForChart, chartOf } from '../../lang/chart';
import { formatCount, plainText, rowKey } from '../../lang/format';
import { conditionOf, quoteName, type ValueAt } from '../../lang/kql/literal';
import { addWhere, rowsBehind, tailQuery } from '../../lang/kql/pipeline';
import { addSearchTerm, parseSearch, resolveField, searchTermText } from '../../lang/kql/search';
import { levels } from '../../lang/levels';
import { isRawResult, visibleColumns } from '../../state/columns';
import { maxLimit } from '../../state/explorerUrl';
import { setPreferences, usePreferences } from '../../state/preferences';
import { absolute, type TimeRange } from '../../state/timeRange';
import { type Explorer as ExplorerModel, useExplorer } from '../../state/useExplorer';
import { ChartView } from '../charts/ChartView';
import { Icon } from '../Icon';
import { Empty, Loading } from '../Notice';
import { useKeys } from '../useKeys';
import { DetailPanel } from './DetailPanel';
import { EmptyResult } from './EmptyResult';
import { GuideCard } from './GuideCard';
import { Histogram } from './Histogram';
import { ColumnMenu, ExportMenu } from './Menus';
import { QueryBar } from './QueryBar';
import { QueryError } from './QueryError';
import { type GridHandle, ResultGrid } from './ResultGrid';
import { SidePanel } from './SidePanel';
import { StatsFooter } from './StatsFooter';
import { type TailHandle, type TailSnapshot, TailView, TailWaiting } from './TailView';

/** "Around this row" shows this much before and after it. */
const aroundMs = 10_000;
const traceMs = 3_600_000;
const emptyTail: TailSnapshot = { columns: [], rows: [] };

interface ExplorerProps {
  readonly schema: Tables;
  readonly isDemo: boolean;
}

/** Question, histogram, rows or chart, and the detail of one row. */
export function Explorer({ schema, isDemo }: ExplorerProps) {
  const { t, i18n } = useTranslation();
  const preferences = usePreferences();
  const explorer = useExplorer(schema);
  const { state, chosen, source, text, isRows, rows, histogram, update, run } = explorer;
  const [tail, setTail] = useState<TailSnapshot>(emptyTail);
  const [isAway, setIsAway] = useState(false);
  const [cursor, setCursor] = useState<number | null>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const tailView = useRef<TailHandle>(null);

  const following = tailQuery(text);
  const isTail = state.isTail && following !== null;
  const result: QueryResult | null = useMemo(
    () => (isTail ? { ...tail, truncated: false, stats: { elapsedMs: 0, rowsScanned: 0 } } : (rows.data ?? null)),
    [isTail, tail, rows.data],
  );
  const isRunning = !isTail && rows.isFetching;
  const table = source ?? (state.kql === null ? chosen : null);
  const isRaw = isRows && table !== null && result !== null && isRawResult(result.columns, table.columns);
  const visible = useMemo(
    () => (result ? visibleColumns(result, state.columns, isRaw) : []),
    [result, state.columns, isRaw],
  );
  const shown = visible.flatMap((index) => result?.columns[index]?.name ?? []);
  const selected = useSelected(result, state.row);
  const chart = useMemo(() => (result && !isRows ? chartOf(result) : null), [result, isRows]);
  const isChart =
    chart !== null &&
    (state.view === 'chart' ||
      (state.view === 'auto' && result !== null && (asksForChart(result) || chart.kind === 'card')));
  const highlight = useMemo(
    () => (state.kql === null && chosen ? highlightOf(state.search, chosen.columns) : null),
    [state.kql, state.search, chosen],
  );

  const setRange = useCallback((range: TimeRange) => update({ range, row: null, isTail: false }), [update]);
  const openKql = (kql: string) => {
    if (kql === state.kql) {
      run();
    }

    update({ kql, row: null, isTail: false, view: 'auto', columns: null });
  };
  const open = useCallback(
    (index: number) => {
      const row = result?.rows[index];
      setCursor(index);
      if (row) {
        update({ row: rowKey(row) }, { replace: state.row !== null });
      }
    },
    [result, state.row, update],
  );
  const move = (step: number) => {
    const count = result?.rows.length ?? 0;
    const next = Math.min(Math.max((selected ?? cursor ?? -1) + step, 0), count - 1);
    if (count > 0 && !isChart) {
      setCursor(next);
      if (state.row !== null) {
        open(next);
      }
    }
  };
  const filter = (value: ValueAt, isExcluded: boolean) => update(filterChange(explorer, value, isExcluded));
  const toggleColumn = (name: string) =>
    update(
      { columns: shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name] },
      { replace: true },
    );

  useEffect(() => setCursor(selected), [selected]);
  useKeys({
    '/': () => (state.kql === null ? searchInput.current?.focus() : focusEditor()),
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(20),
    PageUp: () => move(-20),
    Home: () => move(Number.NEGATIVE_INFINITY),
    Enter: () => cursor !== null && open(cursor),
    Escape: () => (state.row !== null ? update({ row: null }) : undefined),
    l: () => following !== null && update({ isTail: !state.isTail, row: null }),
  });

  const detailRow = selected === null ? null : (result?.rows[selected] ?? null);
  const showsHistogram = !isTail && isRows && histogram.data && !histogram.isError;
  return (
    <div className={preferences.isSideOpen ? 'explorer' : 'explorer is-side-closed'}>
      {preferences.isSideOpen && (
        <SidePanel
          tables={schema.tables}
          explorer={explorer}
          shown={shown}
          onTable={(name) =>
            update(
              state.kql === null
                ? { table: name, columns: null, row: null }
                : { kql: quoteName(name), columns: null, row: null, view: 'auto' },
            )
          }
          onFilter={filter}
          onToggleColumn={toggleColumn}
        />
      )}
      <main className="explorer-main" id="main">
        <h1 className="visually-hidden">{t('nav.explore')}</h1>
        <QueryBar
          explorer={explorer}
          schema={schema}
          isRunning={isRunning}
          canTail={following !== null}
          searchRef={searchInput}
          onRange={setRange}
          onKql={openKql}
        />
        {isDemo && !isTail && <GuideCard onExample={openKql} />}
        {rows.error && !isTail && !isRunning && (
          <div className="query-error-host">
            <QueryError error={rows.error} query={state.kql ?? text} onFix={(kql) => openKql(kql)} onRetry={run} />
          </div>
        )}
        {showsHistogram && histogram.data.total > 0 && (
          <Histogram data={histogram.data} isStale={histogram.isPlaceholderData} onRange={setRange} />
        )}
        {isTail && (
          <TailView
            ref={tailView}
            query={following}
            isAway={isAway || state.row !== null}
            onSnapshot={setTail}
            onResume={() => {
              update({ row: null }, { replace: true });
              grid.current?.scrollToTop();
              setIsAway(false);
            }}
            onStop={() => update({ isTail: false, row: null })}
          />
        )}
        <section
          className={isRunning && rows.isPlaceholderData ? 'results is-stale' : 'results'}
          aria-label={t('result.label')}
          aria-busy={isRunning}
        >
          <div className={isRunning ? 'progress is-on' : 'progress'} />
          {result && !(rows.error && !isTail) && (
            <div className="result-bar">
              <ResultCount explorer={explorer} result={result} isTail={isTail} />
              {showsHistogram && !isTail && <LevelCounts explorer={explorer} onFilter={filter} />}
              <span className="grow" />
              {chart && (
                <div className="seg" role="group" aria-label={t('result.view')}>
                  <button type="button" aria-pressed={!isChart} onClick={() => update({ view: 'table' })}>
                    <Icon name="table" size={14} /> {t('result.table')}
                  </button>
                  <button type="button" aria-pressed={isChart} onClick={() => update({ view: 'chart' })}>
                    <Icon name="chart" size={14} /> {t('result.chart')}
                  </button>
                </div>
              )}
              <button
                type="button"
                className="btn quiet small"
                aria-pressed={preferences.isWrapped}
                onClick={() => setPreferences({ isWrapped: !preferences.isWrapped })}
                title={t('result.wrap')}
                aria-label={t('result.wrap')}
              >
                <Icon name="wrap" />
              </button>
              <ColumnMenu
                columns={result.columns}
                shown={shown}
                onToggle={toggleColumn}
                onReset={() => update({ columns: null }, { replace: true })}
              />
              <ExportMenu result={result} />
            </div>
          )}
          <div className="result-body">
            <div className="result-view">
              {!result && rows.isFetching && !isTail && <Loading label={t('result.running')} />}
              {!result && !rows.isFetching && !rows.error && !isTail && (
                <Empty icon="stop" title={t(text.trim() ? 'result.cancelled' : 'result.noQuery')}>
                  {text.trim() && (
                    <button type="button" className="btn" onClick={run}>
                      {t('result.again')}
                    </button>
                  )}
                </Empty>
              )}
              {result && isChart && chart && (
                <ChartView chart={chart} onRange={(fromMs, toMs) => setRange(absolute(fromMs, toMs))} />
              )}
              {result && !isChart && result.rows.length > 0 && !(rows.error && !isTail) && (
                <ResultGrid
                  ref={grid}
                  columns={result.columns}
                  rows={result.rows}
                  visible={visible}
                  selected={selected}
                  cursor={cursor}
                  isWrapped={preferences.isWrapped}
                  zone={preferences.zone}
                  highlight={highlight}
                  label={t('result.label')}
                  onCursor={setCursor}
                  onOpen={open}
                  onScrolledAway={isTail ? setIsAway : undefined}
                  footer={
                    !isTail && isPartial(explorer, result) ? <Partial explorer={explorer} result={result} /> : null
                  }
                />
              )}
              {isTail && result?.rows.length === 0 && <TailWaiting />}
              {!isTail && result?.rows.length === 0 && !rows.isPlaceholderData && (
                <EmptyResult explorer={explorer} onRange={setRange} />
              )}
            </div>
            {result && detailRow && (
              <DetailPanel
                columns={result.columns}
                row={detailRow}
                position={`${formatCount((selected ?? 0) + 1, i18n.language)} / ${formatCount(result.rows.length, i18n.language)}`}
                visible={shown}
                canFilter={(name) => canFilter(explorer, name)}
                onFilter={filter}
                onToggleColumn={toggleColumn}
                onAround={table && isRaw ? (timestamp) => update(around(table.name, timestamp, aroundMs)) : null}
                onTrace={
                  table
                    ? (trace) =>
                        update({
                          ...around(
                            table.name,
                            plainText(detailRow[result.columns.findIndex(({ name }) => name === 'timestamp')] ?? null),
                            traceMs,
                          ),
                          search: searchTermText('trace_id', trace, false),
                        })
                    : null
                }
                onMove={move}
                onClose={() => {
                  update({ row: null });
                  grid.current?.focus();
                }}
              />
            )}
          </div>
        </section>
        {rows.data && !isTail && !rows.error && <StatsFooter stats={rows.data.stats} />}
      </main>
    </div>
  );
}

function focusEditor(): void {
  document.querySelector<HTMLElement>('.kql-editor textarea, .kql-editor .native-edit-context, .kql-plain')?.focus();
}

/** The index of the row the address names; in live tail rows move, so it is found anew for each result. */
function useSelected(result: QueryResult | null, key: string | null): number | null {
  return useMemo(() => {
    if (!result || key === null) {
      return null;
    }

    const index = result.rows.findIndex((row: Row) => rowKey(row) === key);
    return index < 0 ? null : index;
  }, [result, key]);
}

/** What to mark in the grid: the words looked for, not those to be absent. */
function highlightOf(search: string, columns: Parameters<typeof parseSearch>[1]): RegExp | null {
  const words = parseSearch(search, columns)
    .groups.flat()
    .filter(({ field, isExcluded, text }) => field === null && !isExcluded && text !== '')
    .map(({ text, isQuoted }) => (isQuoted ? text : text.replace(/\*$/, '')).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .filter((word) => word !== '');
  return words.length > 0 ? new RegExp(`(${words.join('|')})`, 'giu') : null;
}

/** True where a value of this column can narrow the rows: it is a column of the table, not one computed by grouping. */
function canFilter({ isRows, source, chosen, state }: ExplorerModel, name: string): boolean {
  const table = source ?? (state.kql === null ? chosen : null);
  return isRows || (table?.columns.some((column) => column.name === name) ?? false);
}

/** How the state changes when a value is clicked: a word more in the search box, or a `where` more in the query. */
function filterChange({ state, chosen, text, isRows }: ExplorerModel, value: ValueAt, isExcluded: boolean) {
  const field = [value.column, ...(value.path ?? [])].join('.');
  if (state.kql === null && chosen) {
    const place = resolveField(field, chosen.columns);
    const isPlain =
      /^[\p{L}_@][\p{L}\p{N}_.@-]*$/u.test(field) &&
      !value.path?.some((step) => typeof step === 'number' || step.includes('.'));
    if (place && isPlain && typeof value.value !== 'object') {
      return {
        search: addSearchTerm(state.search, searchTermText(field, plainText(value.value), isExcluded)),
        row: null,
      };
    }

    if (place && isPlain && value.value === null) {
      return { search: addSearchTerm(state.search, `${isExcluded ? '' : '-'}${field}:*`), row: null };
    }
  }

  const condition = conditionOf(value, isExcluded);
  if (condition === null) {
    return {};
  }

  return { kql: isRows ? addWhere(text, condition) : rowsBehind(text, [condition]), row: null, view: 'auto' as const };
}

function around(table: string, timestamp: string, spanMs: number) {
  const ms = Date.parse(timestamp);
  return { kql: null, table, search: '', range: absolute(ms - spanMs, ms + spanMs), limit: 5000, isTail: false };
}

interface ResultPartProps {
  readonly explorer: ExplorerModel;
  readonly result: QueryResult;
}

/** True when there are more rows than were fetched. */
function isPartial({ histogram, state }: ExplorerModel, result: QueryResult): boolean {
  return result.truncated || (result.rows.length >= state.limit && (histogram.data?.total ?? 0) > result.rows.length);
}

function ResultCount({ explorer, result, isTail }: ResultPartProps & { readonly isTail: boolean }) {
  const { t, i18n } = useTranslation();
  const shown = formatCount(result.rows.length, i18n.language);
  if (isTail || !isPartial(explorer, result)) {
    return (
      <b className="nums" data-testid="count">
        {t('result.rows', { count: result.rows.length, shown })}
      </b>
    );
  }

  const total = explorer.histogram.data?.total;
  return (
    <span className="row" data-testid="count">
      <b className="nums">
        {explorer.isRows && total
          ? t('result.newestOf', { shown, total: formatCount(total, i18n.language) })
          : t('result.firstOf', { shown })}
      </b>
      <span className="badge state-pending">{t('result.partial')}</span>
    </span>
  );
}

/** At the end of the rows, when there are more: says so and fetches more, up to the limit of the page. */
function Partial({ explorer, result }: ResultPartProps) {
  const { t, i18n } = useTranslation();
  const { state, update } = explorer;
  const count = (value: number) => formatCount(value, i18n.language);
  return (
    <div className="grid-end">
      <span>{t('result.cut', { shown: count(result.rows.length) })}</span>
      {state.limit < maxLimit ? (
        <button type="button" className="btn small" onClick={() => update({ limit: maxLimit }, { replace: true })}>
          {t('result.loadMore', { limit: count(maxLimit) })}
        </button>
      ) : (
        <span className="dim">{t('result.narrow')}</span>
      )}
    </div>
  );
}

function LevelCounts({
  explorer,
  onFilter,
}: {
  readonly explorer: ExplorerModel;
  readonly onFilter: (value: ValueAt, isExcluded: boolean) => void;
}) {
  const { t, i18n } = useTranslation();
  const byLevel = explorer.histogram.data?.byLevel ?? {};
  return (
    <ul className="level-counts">
      {levels
        .filter((level) => byLevel[level])
        .map((level) => (
          <li key={level}>
            <button
              type="button"
              className="legend-item"
              disabled={level === 'other'}
              title={level === 'other' ? undefined : t('side.only', { value: level })}
              onClick={() => onFilter({ column: 'level', type: 'string', value: level }, false)}
            >
              <span className="swatch" style={{ background: `var(--${level}-fill)` }} />
              {t(`level.${level}`)} <b className="nums">{formatCount(byLevel[level] ?? 0, i18n.language)}</b>
            </button>
          </li>
        ))}
    </ul>
  );
}
