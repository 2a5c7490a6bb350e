import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tables } from '../../api/types';
import { formatCount, plainText, rowKey } from '../../lang/format';
import type { ValueAt } from '../../lang/kql/literal';
import { tailQuery } from '../../lang/kql/pipeline';
import {
  aroundChange,
  canFilter,
  filterChange,
  highlightOf,
  tableChange,
  traceChange,
} from '../../state/explorerActions';
import { usePreferences } from '../../state/preferences';
import type { TimeRange } from '../../state/timeRange';
import { useExplorer } from '../../state/useExplorer';
import { type TailRows, useResult } from '../../state/useResult';
import { useKeys } from '../useKeys';
import { DetailPanel } from './DetailPanel';
import { GuideCard } from './GuideCard';
import { Histogram } from './Histogram';
import { QueryBar } from './QueryBar';
import { QueryError } from './QueryError';
import { ResultBar } from './ResultBar';
import type { GridHandle } from './ResultGrid';
import { ResultView } from './ResultView';
import { SidePanel } from './SidePanel';
import { StatsFooter } from './StatsFooter';
import { TailView } from './TailView';

const noRows: TailRows = { columns: [], rows: [] };
const pageRows = 20;

interface ExplorerProps {
  readonly schema: Tables;
  readonly isDemo: boolean;
}

/** Question, histogram, rows or chart, and the detail of one row. */
export function Explorer({ schema, isDemo }: ExplorerProps) {
  const { t, i18n } = useTranslation();
  const { isSideOpen } = usePreferences();
  const explorer = useExplorer(schema);
  const { state, chosen, text, isRows, rows, histogram, update, run } = explorer;
  const following = tailQuery(text);
  const isTail = state.isTail && following !== null;
  const [tail, setTail] = useState<TailRows>(noRows);
  const [isAway, setIsAway] = useState(false);
  const { result, table, isRaw, visible, shown, selected, chart, isChart } = useResult(explorer, isTail ? tail : null);
  const [cursor, setCursor] = useState<number | null>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);

  const isRunning = !isTail && rows.isFetching;
  const failure = !isTail && !isRunning ? rows.error : null;
  const highlight = useMemo(
    () => (state.kql === null && chosen ? highlightOf(state.search, chosen.columns) : null),
    [state.kql, state.search, chosen],
  );
  const setRange = useCallback((range: TimeRange) => update({ range, row: null, isTail: false }), [update]);
  const filter = (value: ValueAt, isExcluded: boolean) => update(filterChange(explorer, value, isExcluded));
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
  const toggleColumn = (name: string) => {
    const columns = shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name];
    update({ columns }, { replace: true });
  };

  useEffect(() => setCursor(selected), [selected]);
  useKeys({
    '/': () => (state.kql === null ? searchInput.current?.focus() : focusEditor()),
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(pageRows),
    PageUp: () => move(-pageRows),
    Home: () => move(Number.NEGATIVE_INFINITY),
    Enter: () => cursor !== null && open(cursor),
    Escape: () => state.row !== null && update({ row: null }),
    l: () => following !== null && update({ isTail: !state.isTail, row: null }),
  });

  const row = selected === null ? null : (result?.rows[selected] ?? null);
  const cell = (name: string) =>
    plainText(row?.[result?.columns.findIndex((column) => column.name === name) ?? -1] ?? null);
  const count = (value: number) => formatCount(value, i18n.language);
  return (
    <div className={isSideOpen ? 'explorer' : 'explorer is-side-closed'}>
      {isSideOpen && (
        <SidePanel
          tables={schema.tables}
          explorer={explorer}
          shown={shown}
          onTable={(name) => update(tableChange(state, name))}
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
        {failure && (
          <div className="query-error-host">
            <QueryError error={failure} query={text} onFix={openKql} onRetry={run} />
          </div>
        )}
        {!isTail && isRows && histogram.data && !histogram.isError && histogram.data.total > 0 && (
          <Histogram data={histogram.data} isStale={histogram.isPlaceholderData} onRange={setRange} />
        )}
        {isTail && (
          <TailView
            query={following}
            isAway={isAway || state.row !== null}
            onRows={setTail}
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
          {result && !failure && (
            <ResultBar
              explorer={explorer}
              result={result}
              isTail={isTail}
              isChart={isChart}
              shown={shown}
              onFilter={filter}
              onToggleColumn={toggleColumn}
            />
          )}
          <div className="result-body">
            <div className="result-view">
              <ResultView
                explorer={explorer}
                result={result}
                isTail={isTail}
                chart={isChart ? chart : null}
                visible={visible}
                selected={selected}
                cursor={cursor}
                highlight={highlight}
                gridRef={grid}
                onOpen={open}
                onRange={setRange}
                onScrolledAway={setIsAway}
              />
            </div>
            {result && row && (
              <DetailPanel
                columns={result.columns}
                row={row}
                position={`${count((selected ?? 0) + 1)} / ${count(result.rows.length)}`}
                visible={shown}
                canFilter={(name) => canFilter(explorer, name)}
                onFilter={filter}
                onToggleColumn={toggleColumn}
                onAround={table && isRaw ? (timestamp) => update(aroundChange(table.name, timestamp)) : null}
                onTrace={table ? (trace) => update(traceChange(table.name, cell('timestamp'), trace)) : null}
                onMove={move}
                onClose={() => {
                  update({ row: null });
                  grid.current?.focus();
                }}
              />
            )}
          </div>
        </section>
        {rows.data && !isTail && !failure && <StatsFooter stats={rows.data.stats} />}
      </main>
    </div>
  );
}

function focusEditor(): void {
  const inputs = '.kql-editor textarea, .kql-editor .native-edit-context, .kql-plain';
  document.querySelector<HTMLElement>(inputs)?.focus();
}
