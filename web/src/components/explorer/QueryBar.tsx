import { type Ref, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import type { Tables } from '../../api/types';
import { parseSearch, searchToKql } from '../../lang/kql/search';
import { useResolvedTheme } from '../../state/preferences';
import { spanOf, type TimeRange } from '../../state/timeRange';
import type { Explorer } from '../../state/useExplorer';
import { QueryEditor } from '../editor/QueryEditor';
import { Icon } from '../Icon';
import { HistoryMenu, SavedQueriesMenu } from './Menus';
import { RangePicker } from './RangePicker';

interface QueryBarProps {
  readonly explorer: Explorer;
  readonly schema: Tables;
  readonly isRunning: boolean;
  readonly canTail: boolean;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onRange: (range: TimeRange) => void;
  readonly onKql: (kql: string) => void;
}

/** The question: words or KQL, the time range, and the buttons to run, cancel and follow. */
export function QueryBar({ explorer, schema, isRunning, canTail, searchRef, onRange, onKql }: QueryBarProps) {
  const { t } = useTranslation();
  const theme = useResolvedTheme();
  const { state, chosen, text, update, run, cancel } = explorer;
  const isKql = state.kql !== null;
  const [draft, setDraft] = useState(state.kql ?? state.search);
  useEffect(() => setDraft(state.kql ?? state.search), [state.kql, state.search]);

  const unknown = useMemo(
    () => (isKql || !chosen ? [] : parseSearch(draft, chosen.columns).unknownFields),
    [isKql, chosen, draft],
  );
  const submit = (value: string) => {
    const isSame = value === (state.kql ?? state.search);
    update(isKql ? { kql: value, row: null } : { search: value, row: null });
    if (isSame) {
      run();
    }
  };
  const toKql = () => update({ kql: chosen && !isKql ? searchToKql(draft, chosen) : text, row: null });
  const error = explorer.rows.error instanceof ApiError ? explorer.rows.error.body : null;

  return (
    <section className="query-bar" aria-label={t('query.label')}>
      <div className="query-main">
        {isKql ? (
          <div className="kql-host">
            <QueryEditor
              value={draft}
              label={t('query.kqlLabel')}
              theme={theme}
              tables={schema.tables}
              schemaVersion={schema.schemaVersion}
              error={error}
              onChange={setDraft}
              onRun={submit}
            />
          </div>
        ) : (
          <form
            className="search-box"
            role="search"
            onSubmit={(event) => {
              event.preventDefault();
              submit(draft);
            }}
          >
            <Icon name="search" />
            <span className="search-table ellipsis">{chosen?.name}</span>
            <input
              ref={searchRef}
              value={draft}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              placeholder={t('query.placeholder')}
              aria-label={t('query.searchLabel')}
              onChange={(event) => setDraft(event.target.value)}
            />
            {draft !== '' && (
              <button
                type="button"
                className="icon-btn small"
                aria-label={t('query.clear')}
                title={t('query.clear')}
                onClick={() => {
                  setDraft('');
                  submit('');
                }}
              >
                <Icon name="close" size={13} />
              </button>
            )}
          </form>
        )}
        <div className="query-run">
          <RangePicker range={state.range} span={spanOf(state.range, explorer.nowMs)} onRange={onRange} />
          {isRunning ? (
            <button type="button" className="btn" onClick={cancel} data-testid="cancel">
              <Icon name="stop" size={12} /> {t('query.cancel')}
            </button>
          ) : (
            <button
              type="button"
              className="btn primary"
              onClick={() => submit(draft)}
              title={t('query.runTitle')}
              data-testid="run"
            >
              <Icon name="play" size={12} /> {t('query.run')}
            </button>
          )}
        </div>
      </div>
      <div className="query-extra">
        <div className="seg" role="group" aria-label={t('query.mode')}>
          <button
            type="button"
            aria-pressed={!isKql}
            onClick={() =>
              isKql && update({ kql: null, table: explorer.source?.name ?? state.table, search: '', row: null })
            }
          >
            {t('query.words')}
          </button>
          <button type="button" aria-pressed={isKql} onClick={() => !isKql && toKql()} title={t('query.showKql')}>
            <Icon name="code" size={14} /> KQL
          </button>
        </div>
        {unknown.length > 0 && (
          <span className="query-hint">
            <Icon name="warning" size={13} /> {t('query.unknownField', { field: unknown[0], table: chosen?.name })}
          </span>
        )}
        {isKql && <span className="query-hint wide-only">{t('query.runHint')}</span>}
        <span className="grow" />
        <button
          type="button"
          className="btn quiet small"
          aria-pressed={state.isTail}
          disabled={!canTail && !state.isTail}
          title={canTail ? t('tail.title') : t('tail.impossible')}
          onClick={() => update({ isTail: !state.isTail, row: null })}
          data-testid="tail"
        >
          <Icon name="live" /> {t('tail.button')}
        </button>
        <SavedQueriesMenu current={isKql ? draft : text} onChoose={onKql} />
        <HistoryMenu onChoose={onKql} />
      </div>
    </section>
  );
}
