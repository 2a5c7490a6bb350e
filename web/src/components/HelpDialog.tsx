import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';

const groups = {
  everywhere: { goExplore: ['g', 'e'], goAlerts: ['g', 'a'], goRules: ['g', 'r'], help: ['?'] },
  query: { focus: ['/'], run: ['Ctrl', '↵'], live: ['l'] },
  rows: { down: ['j', '↓'], up: ['k', '↑'], open: ['↵'], close: ['Esc'] },
  histogram: { zoom: ['+', '−'], shift: ['←', '→'] },
} as const;

const searchExamples = {
  word: 'timeout',
  hangul: '결제',
  phrase: '"connection refused"',
  field: 'service:payments',
  exclude: '-level:info',
  compare: 'status:>=500',
  prefix: 'time*',
  either: 'a OR b',
} as const;

/** The keys, and what the search box understands. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on the backdrop
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby="help-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      data-testid="help"
    >
      <div className="sheet-head">
        <h1 id="help-title">{t('help.title')}</h1>
        <button
          type="button"
          className="icon-btn"
          aria-label={t('common.close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="sheet-body">
        <div className="help-keys">
          {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
            <section key={group}>
              <h2>{t(`help.groups.${group}`)}</h2>
              <dl>
                {Object.entries(groups[group]).map(([name, keys]) => (
                  <div key={name}>
                    <dt>
                      {keys.map((key: string) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{t(`help.keys.${name as 'goExplore'}`)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <h2>{t('help.searchTitle')}</h2>
        <dl className="help-search">
          {(Object.keys(searchExamples) as (keyof typeof searchExamples)[]).map((name) => (
            <div key={name}>
              <dt>
                <code>{searchExamples[name]}</code>
              </dt>
              <dd>{t(`help.search.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
