import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteSavedQuery, getSavedQueries, saveQuery, updateSavedQuery } from '../../api/client';
import type { Column, QueryResult } from '../../api/types';
import { formatTime, toCsv, toJson } from '../../lang/format';
import { usePreferences } from '../../state/preferences';
import { clearHistory, readHistory } from '../../state/queryHistory';
import { Icon } from '../Icon';
import { Failure } from '../Notice';
import { Popover } from '../Popover';
import { showToast } from '../toast';

interface QueryMenuProps {
  readonly current: string;
  readonly onChoose: (kql: string) => void;
}

/** Queries kept on the server, for everyone of the tenant. */
export function SavedQueriesMenu({ current, onChoose }: QueryMenuProps) {
  const { t } = useTranslation();
  return (
    <Popover
      label={<span className="wide-only">{t('saved.title')}</span>}
      icon="star"
      ariaLabel={t('saved.title')}
      className="btn quiet small"
      align="end"
    >
      {(close) => (
        <SavedQueries
          current={current}
          onChoose={(kql) => {
            onChoose(kql);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function SavedQueries({ current, onChoose }: QueryMenuProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const saved = useQuery({ queryKey: ['saved'], queryFn: ({ signal }) => getSavedQueries(signal) });
  const known = saved.data?.find((entry) => entry.name === name.trim());
  const refresh = () => client.invalidateQueries({ queryKey: ['saved'] });
  const save = useMutation({
    mutationFn: () => (known ? updateSavedQuery(known.id, known.name, current) : saveQuery(name.trim(), current)),
    onSuccess: () => {
      setName('');
      showToast(t('saved.done'));
      return refresh();
    },
  });
  const remove = useMutation({ mutationFn: deleteSavedQuery, onSuccess: refresh });
  return (
    <div className="menu-wide">
      <form
        className="row menu-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && current.trim()) {
            save.mutate();
          }
        }}
      >
        <input
          data-autofocus
          className="input"
          value={name}
          maxLength={200}
          placeholder={t('saved.name')}
          aria-label={t('saved.name')}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="btn primary" disabled={!name.trim() || !current.trim() || save.isPending}>
          {t(known ? 'saved.replace' : 'saved.save')}
        </button>
      </form>
      {(saved.error ?? save.error ?? remove.error) && <Failure error={saved.error ?? save.error ?? remove.error} />}
      {saved.data?.length === 0 && <p className="menu-note">{t('saved.none')}</p>}
      <ul>
        {saved.data?.map((entry) => (
          <li key={entry.id} className="row">
            <button type="button" className="menu-item grow" onClick={() => onChoose(entry.query)}>
              <span className="grow">
                <span className="ellipsis block">{entry.name}</span>
                <code className="dim ellipsis block">{oneLine(entry.query)}</code>
              </span>
            </button>
            <button
              type="button"
              className="icon-btn small"
              aria-label={t('saved.remove', { name: entry.name })}
              title={t('saved.remove', { name: entry.name })}
              onClick={() => remove.mutate(entry.id)}
            >
              <Icon name="trash" size={14} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const oneLine = (query: string): string => query.replace(/\s+/g, ' ').slice(0, 120);

/** Queries run in this browser before. */
export function HistoryMenu({ onChoose }: { readonly onChoose: (kql: string) => void }) {
  const { t } = useTranslation();
  return (
    <Popover
      label={<span className="wide-only">{t('history.title')}</span>}
      icon="history"
      ariaLabel={t('history.title')}
      className="btn quiet small"
      align="end"
    >
      {(close) => (
        <History
          onChoose={(kql) => {
            onChoose(kql);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function History({ onChoose }: { readonly onChoose: (kql: string) => void }) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const [entries, setEntries] = useState(readHistory);
  if (entries.length === 0) {
    return <p className="menu-note">{t('history.none')}</p>;
  }

  return (
    <div className="menu-wide">
      <ul>
        {entries.map(({ kql, atMs }) => (
          <li key={kql}>
            <button type="button" className="menu-item" onClick={() => onChoose(kql)}>
              <span className="grow">
                <code className="ellipsis block">{oneLine(kql)}</code>
                <span className="dim nums">{formatTime(atMs, zone, 'minute')}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="btn quiet small"
        onClick={() => {
          clearHistory();
          setEntries([]);
        }}
      >
        {t('history.clear')}
      </button>
    </div>
  );
}

/** The result as a file, made of the rows that were loaded. */
export function ExportMenu({ result }: { readonly result: QueryResult }) {
  const { t } = useTranslation();
  const names = result.columns.map(({ name }) => name);
  const save = (kind: 'csv' | 'json') => {
    // Spreadsheets take a CSV without the mark for something older than UTF-8, and Hangul is lost.
    const text = kind === 'csv' ? `\uFEFF${toCsv(names, result.rows)}` : toJson(names, result.rows);
    const blob = new Blob([text], { type: kind === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `bongsu-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '')}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return (
    <Popover
      label={<span className="wide-only">{t('export.title')}</span>}
      icon="download"
      ariaLabel={t('export.title')}
      className="btn quiet small"
      align="end"
    >
      {(close) => (
        <>
          {(['csv', 'json'] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              className="menu-item"
              onClick={() => {
                save(kind);
                close();
              }}
            >
              {t(`export.${kind}`, { count: result.rows.length })}
            </button>
          ))}
        </>
      )}
    </Popover>
  );
}

interface ColumnMenuProps {
  readonly columns: readonly Column[];
  readonly shown: readonly string[];
  readonly onToggle: (name: string) => void;
  readonly onReset: () => void;
}

/** Which columns the grid shows. */
export function ColumnMenu({ columns, shown, onToggle, onReset }: ColumnMenuProps) {
  const { t } = useTranslation();
  const [narrow, setNarrow] = useState('');
  const found = columns.filter(({ name }) => name.toLowerCase().includes(narrow.toLowerCase()));
  return (
    <Popover
      label={<span className="wide-only">{t('columns.title')}</span>}
      icon="columns"
      ariaLabel={t('columns.title')}
      className="btn quiet small"
      align="end"
    >
      {() => (
        <div className="menu-narrow">
          <input
            data-autofocus
            className="input"
            type="search"
            value={narrow}
            placeholder={t('side.findColumn')}
            aria-label={t('side.findColumn')}
            onChange={(event) => setNarrow(event.target.value)}
          />
          <ul className="menu-scroll">
            {found.slice(0, 300).map(({ name }) => (
              <li key={name}>
                <label className="menu-item">
                  <input type="checkbox" checked={shown.includes(name)} onChange={() => onToggle(name)} />
                  <span className="ellipsis">{name}</span>
                </label>
              </li>
            ))}
          </ul>
          <button type="button" className="btn quiet small" onClick={onReset}>
            {t('columns.reset')}
          </button>
        </div>
      )}
    </Popover>
  );
}
