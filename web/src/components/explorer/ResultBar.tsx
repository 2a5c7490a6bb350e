import { useTranslation } from 'react-i18next';
import type { QueryResult } from '../../api/types';
import { formatCount } from '../../lang/format';
import type { ValueAt } from '../../lang/kql/literal';
import { levels } from '../../lang/levels';
import { maxLimit } from '../../state/explorerUrl';
import { setPreferences, usePreferences } from '../../state/preferences';
import type { Explorer } from '../../state/useExplorer';
import { Icon } from '../Icon';
import { ColumnMenu, ExportMenu } from './Menus';

interface ResultBarProps {
  readonly explorer: Explorer;
  readonly result: QueryResult;
  readonly isTail: boolean;
  /** Null where the result makes no chart. */
  readonly isChart: boolean | null;
  readonly shown: readonly string[];
  readonly onFilter: (value: ValueAt, isExcluded: boolean) => void;
  readonly onToggleColumn: (name: string) => void;
}

/** How many rows there are, of which levels, and in which form they are shown. */
export function ResultBar({ explorer, result, isTail, isChart, shown, onFilter, onToggleColumn }: ResultBarProps) {
  const { t } = useTranslation();
  const { isWrapped } = usePreferences();
  const { update, isRows, histogram } = explorer;
  return (
    <div className="result-bar">
      <ResultCount explorer={explorer} result={result} isTail={isTail} />
      {isRows && !isTail && histogram.data && !histogram.isError && (
        <LevelCounts explorer={explorer} onFilter={onFilter} />
      )}
      <span className="grow" />
      {isChart !== null && (
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
        aria-pressed={isWrapped}
        onClick={() => setPreferences({ isWrapped: !isWrapped })}
        title={t('result.wrap')}
        aria-label={t('result.wrap')}
      >
        <Icon name="wrap" />
      </button>
      <ColumnMenu
        columns={result.columns}
        shown={shown}
        onToggle={onToggleColumn}
        onReset={() => update({ columns: null }, { replace: true })}
      />
      <ExportMenu result={result} />
    </div>
  );
}

interface ResultPartProps {
  readonly explorer: Explorer;
  readonly result: QueryResult;
}

/** True when there are more rows than were fetched. */
export function isPartial({ histogram, state }: Explorer, result: QueryResult): boolean {
  return result.truncated || (result.rows.length >= state.limit && (histogram.data?.total ?? 0) > result.rows.length);
}

function ResultCount({ explorer, result, isTail }: ResultPartProps & { readonly isTail: boolean }) {
  const { t, i18n } = useTranslation();
  const shown = formatCount(result.rows.length, i18n.language);
  if (isTail || !isPartial(explorer, result)) {
    return (
      <b className="nums nowrap" data-testid="count">
        {t('result.rows', { count: result.rows.length, shown })}
      </b>
    );
  }

  const total = explorer.histogram.data?.total;
  return (
    <span className="row" data-testid="count">
      <b className="nums nowrap">
        {explorer.isRows && total
          ? t('result.newestOf', { shown, total: formatCount(total, i18n.language) })
          : t('result.firstOf', { shown })}
      </b>
      <span className="badge state-pending">{t('result.partial')}</span>
    </span>
  );
}

function LevelCounts({ explorer, onFilter }: Pick<ResultBarProps, 'explorer' | 'onFilter'>) {
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

/** At the end of the rows, when there are more: says so and fetches more, up to the limit of the page. */
export function PartialEnd({ explorer, result }: ResultPartProps) {
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
