import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { runQuery } from '../../api/client';
import type { Cell, Column, TableInfo } from '../../api/types';
import { formatBytes, formatCell, formatCount, plainText } from '../../lang/format';
import { quoteName, type ValueAt } from '../../lang/kql/literal';
import { rowsBehind } from '../../lang/kql/pipeline';
import { usePreferences } from '../../state/preferences';
import type { Explorer } from '../../state/useExplorer';
import { Icon } from '../Icon';
import { useErrorText } from '../Notice';

const topCount = 8;
/** With more columns than this a box to narrow them down appears. */
const filterFrom = 12;
/** Columns listed at once; a table may have thousands. */
const maxListed = 250;

interface SidePanelProps {
  readonly tables: readonly TableInfo[];
  readonly explorer: Explorer;
  readonly shown: readonly string[];
  readonly onTable: (name: string) => void;
  readonly onFilter: (value: ValueAt, isExcluded: boolean) => void;
  readonly onToggleColumn: (name: string) => void;
}

/** The tables, and the columns of the one looked at with their commonest values. */
export function SidePanel({ tables, explorer, shown, onTable, onFilter, onToggleColumn }: SidePanelProps) {
  const { t, i18n } = useTranslation();
  const [narrow, setNarrow] = useState('');
  const current = explorer.state.kql === null ? explorer.chosen : explorer.source;
  const columns = (current?.columns ?? []).filter(({ name }) => name.toLowerCase().includes(narrow.toLowerCase()));
  return (
    <nav className="side" aria-label={t('side.label')}>
      <h2 className="side-title">{t('side.tables')}</h2>
      <ul>
        {tables.map((table) => (
          <li key={table.name}>
            <button
              type="button"
              className="side-table"
              aria-current={table === current ? 'true' : undefined}
              onClick={() => onTable(table.name)}
              title={t('side.tableInfo', {
                rows: formatCount(table.rowCount, i18n.language),
                size: formatBytes(table.sizeBytes),
              })}
            >
              <Icon name="table" size={14} />
              <span className="grow ellipsis">{table.name}</span>
              <span className="dim nums">{formatCount(table.rowCount, i18n.language)}</span>
            </button>
          </li>
        ))}
      </ul>
      {current && (
        <>
          <h2 className="side-title">{t('side.columns')}</h2>
          {current.columns.length > filterFrom && (
            <input
              className="input side-filter"
              type="search"
              value={narrow}
              placeholder={t('side.findColumn')}
              aria-label={t('side.findColumn')}
              onChange={(event) => setNarrow(event.target.value)}
            />
          )}
          <ul className="side-columns">
            {columns.slice(0, maxListed).map((column) => (
              <ColumnEntry
                key={`${current.name}/${column.name}`}
                column={column}
                explorer={explorer}
                isShown={shown.includes(column.name)}
                onFilter={onFilter}
                onToggleColumn={onToggleColumn}
              />
            ))}
          </ul>
          {columns.length > maxListed && (
            <p className="side-note">{t('side.moreColumns', { count: columns.length - maxListed })}</p>
          )}
          {columns.length === 0 && <p className="side-note">{t('side.noColumns')}</p>}
        </>
      )}
    </nav>
  );
}

const typeMarks: Readonly<Record<string, string>> = {
  string: 'T',
  datetime: '◷',
  timespan: '◷',
  bool: '✓',
  dynamic: '{}',
  guid: 'id',
};

interface ColumnEntryProps {
  readonly column: Column;
  readonly explorer: Explorer;
  readonly isShown: boolean;
  readonly onFilter: SidePanelProps['onFilter'];
  readonly onToggleColumn: SidePanelProps['onToggleColumn'];
}

function ColumnEntry({ column, explorer, isShown, onFilter, onToggleColumn }: ColumnEntryProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const toggleLabel = t(isShown ? 'detail.hideColumn' : 'detail.showColumn', { column: column.name });
  return (
    <li>
      <div className="side-column">
        <button
          type="button"
          className="grow row"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          title={t('side.showValues', { column: column.name })}
        >
          <span className="type-mark" title={column.type} aria-hidden="true">
            {typeMarks[column.type] ?? '#'}
          </span>
          <span className="ellipsis">{column.name}</span>
          <span className="visually-hidden">{column.type}</span>
        </button>
        <button
          type="button"
          className="icon-btn small reveal"
          aria-label={toggleLabel}
          title={toggleLabel}
          aria-pressed={isShown}
          onClick={() => onToggleColumn(column.name)}
        >
          <Icon name="columns" size={13} />
        </button>
      </div>
      {isOpen && <TopValues column={column} explorer={explorer} onFilter={onFilter} />}
    </li>
  );
}

interface TopValuesProps {
  readonly column: Column;
  readonly explorer: Explorer;
  readonly onFilter: SidePanelProps['onFilter'];
}

/** The commonest values among the rows now matched, or the extent of times and measures. */
function TopValues({ column, explorer, onFilter }: TopValuesProps) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const isMeasure =
    column.type === 'datetime' || column.type === 'timespan' || column.type === 'real' || column.type === 'decimal';
  const name = quoteName(column.name);
  const key = column.type === 'dynamic' ? `value = tostring(${name})` : name;
  const steps = isMeasure
    ? `| summarize first = min(${name}), last = max(${name})`
    : `| summarize total = count() by ${key}\n| top ${topCount + 1} by total`;
  const query = `${rowsBehind(explorer.text, [])}\n${steps}`;
  const { data, error, isPending } = useQuery({
    queryKey: ['values', query, explorer.bounds],
    queryFn: ({ signal }) => runQuery({ query, ...explorer.bounds }, signal),
    retry: false,
    gcTime: 10_000,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const errorText = useErrorText(error);
  if (error) {
    return <p className="side-note">{errorText}</p>;
  }

  if (isPending) {
    return <p className="side-note">{t('common.loading')}</p>;
  }

  const rows = data.rows;
  if (isMeasure) {
    const [first, last] = rows[0] ?? [];
    return (
      <p className="side-note nums">
        {formatCell(first ?? null, column.type, zone) || '–'}
        <br />
        {formatCell(last ?? null, column.type, zone) || '–'}
      </p>
    );
  }

  const valueIndex = data.columns.findIndex(({ name }) => name !== 'total');
  const totalIndex = data.columns.findIndex(({ name }) => name === 'total');
  const most = Number(rows[0]?.[totalIndex] ?? 1);
  return (
    <ul className="top-values">
      {rows.slice(0, topCount).map((row) => {
        const value: Cell = row[valueIndex] ?? null;
        const text = plainText(value);
        const total = Number(row[totalIndex] ?? 0);
        const target = {
          column: column.name,
          type: column.type === 'dynamic' ? ('string' as const) : column.type,
          value,
        };
        return (
          <li key={text} className="top-value">
            <span className="value-bar" style={{ width: `${(total / most) * 100}%` }} />
            <span className="grow ellipsis" title={text}>
              {text || t('detail.empty')}
            </span>
            <span className="dim nums">{formatCount(total, i18n.language)}</span>
            {column.type !== 'dynamic' && (
              <span className="top-actions">
                <button
                  type="button"
                  className="icon-btn small"
                  aria-label={t('side.only', { value: text })}
                  title={t('side.only', { value: text })}
                  onClick={() => onFilter(target, false)}
                >
                  <Icon name="plus" size={13} />
                </button>
                <button
                  type="button"
                  className="icon-btn small"
                  aria-label={t('side.without', { value: text })}
                  title={t('side.without', { value: text })}
                  onClick={() => onFilter(target, true)}
                >
                  <Icon name="minus" size={13} />
                </button>
              </span>
            )}
          </li>
        );
      })}
      {rows.length > topCount && <li className="side-note">{t('side.andMore')}</li>}
      {rows.length === 0 && <li className="side-note">{t('side.noValues')}</li>}
    </ul>
  );
}
