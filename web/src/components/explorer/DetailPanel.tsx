import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stringifyJson } from '../../api/json';
import type { Cell, Column, JsonValue, Row } from '../../api/types';
import { formatCell, plainText } from '../../lang/format';
import type { ValueAt } from '../../lang/kql/literal';
import { usePreferences } from '../../state/preferences';
import { Icon } from '../Icon';
import { copyText } from '../toast';
import { LevelTag } from './ResultGrid';

interface DetailPanelProps {
  readonly columns: readonly Column[];
  readonly row: Row;
  readonly position: string;
  readonly visible: readonly string[];
  readonly canFilter: (column: string) => boolean;
  readonly onFilter: (value: ValueAt, isExcluded: boolean) => void;
  readonly onToggleColumn: (name: string) => void;
  readonly onAround: ((timestamp: string) => void) | null;
  readonly onTrace: ((trace: string) => void) | null;
  readonly onMove: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** One row with all its fields; every value can be copied and made a filter. */
export function DetailPanel(props: DetailPanelProps) {
  const { columns, row, position, onMove, onClose, onAround, onTrace } = props;
  const { t } = useTranslation();
  const [showsEmpty, setShowsEmpty] = useState(false);
  const cellOf = (name: string): Cell => row[columns.findIndex((column) => column.name === name)] ?? null;
  const timestamp = cellOf('timestamp');
  const trace = cellOf('trace_id');
  const message = cellOf('message');
  const fields = columns.map((column, index) => ({ column, value: row[index] ?? null }));
  const isEmpty = ({ value }: { value: Cell }) => value === null || value === '';
  const emptyCount = fields.filter(isEmpty).length;
  const asObject = () =>
    Object.fromEntries(fields.filter((field) => !isEmpty(field)).map((f) => [f.column.name, f.value]));

  return (
    <aside className="detail" aria-label={t('detail.title')} data-testid="detail">
      <header className="detail-head">
        <LevelTag value={cellOf('level')} />
        <span className="grow dim nums">{position}</span>
        <button
          type="button"
          className="icon-btn"
          aria-label={t('detail.previous')}
          title={`${t('detail.previous')} (k)`}
          onClick={() => onMove(-1)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          className="icon-btn"
          aria-label={t('detail.next')}
          title={`${t('detail.next')} (j)`}
          onClick={() => onMove(1)}
        >
          <Icon name="down" />
        </button>
        <button
          type="button"
          className="icon-btn"
          aria-label={t('common.close')}
          title={`${t('common.close')} (Esc)`}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="detail-actions">
        {onAround && typeof timestamp === 'string' && (
          <button type="button" className="btn small" onClick={() => onAround(timestamp)}>
            <Icon name="around" size={14} /> {t('detail.around')}
          </button>
        )}
        {onTrace && typeof trace === 'string' && trace !== '' && (
          <button type="button" className="btn small" onClick={() => onTrace(trace)}>
            <Icon name="trace" size={14} /> {t('detail.sameTrace')}
          </button>
        )}
        <button
          type="button"
          className="btn small"
          onClick={() => copyText(stringifyJson(asObject(), 2), t('common.copied'))}
        >
          <Icon name="copy" size={14} /> {t('detail.copyJson')}
        </button>
      </div>
      <div className="detail-scroll">
        {typeof message === 'string' && message !== '' && <pre className="detail-message">{message}</pre>}
        <dl className="fields">
          {fields
            .filter((field) => showsEmpty || !isEmpty(field))
            .map(({ column, value }) => (
              <Field key={column.name} {...props} column={column} value={value} />
            ))}
        </dl>
        {emptyCount > 0 && (
          <button type="button" className="btn quiet small" onClick={() => setShowsEmpty(!showsEmpty)}>
            {showsEmpty ? t('detail.hideEmpty') : t('detail.showEmpty', { count: emptyCount })}
          </button>
        )}
      </div>
    </aside>
  );
}

interface FieldProps extends DetailPanelProps {
  readonly column: Column;
  readonly value: Cell;
}

function Field({ column, value, visible, canFilter, onFilter, onToggleColumn }: FieldProps) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const isTree = value !== null && typeof value === 'object';
  const isShown = visible.includes(column.name);
  const toggleLabel = t(isShown ? 'detail.hideColumn' : 'detail.showColumn', { column: column.name });
  return (
    <div className="field">
      <dt title={column.type}>
        <span className="ellipsis">{column.name}</span>
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
      </dt>
      <dd>
        {isTree ? (
          <Tree value={value} column={column} path={[]} depth={0} onFilter={canFilter(column.name) ? onFilter : null} />
        ) : (
          <Leaf
            text={formatCell(value, column.type, zone)}
            full={plainText(value)}
            target={{ column: column.name, type: column.type, value }}
            onFilter={canFilter(column.name) ? onFilter : null}
          />
        )}
      </dd>
    </div>
  );
}

interface LeafProps {
  readonly text: string;
  readonly full: string;
  readonly target: ValueAt;
  readonly onFilter: DetailPanelProps['onFilter'] | null;
}

function Leaf({ text, full, target, onFilter }: LeafProps) {
  const { t } = useTranslation();
  const name = [target.column, ...(target.path ?? [])].join('.');
  const kind = target.value === null ? 'null' : typeof target.value;
  return (
    <span className="leaf">
      <span className={`leaf-text kind-${kind}`}>{text === '' ? t('detail.empty') : text}</span>
      <span className="leaf-actions reveal">
        {onFilter && (
          <>
            <button
              type="button"
              className="icon-btn small"
              aria-label={t('detail.include', { name })}
              title={t('detail.include', { name })}
              onClick={() => onFilter(target, false)}
            >
              <Icon name="plus" size={13} />
            </button>
            <button
              type="button"
              className="icon-btn small"
              aria-label={t('detail.exclude', { name })}
              title={t('detail.exclude', { name })}
              onClick={() => onFilter(target, true)}
            >
              <Icon name="minus" size={13} />
            </button>
          </>
        )}
        <button
          type="button"
          className="icon-btn small"
          aria-label={t('detail.copy', { name })}
          title={t('detail.copy', { name })}
          onClick={() => copyText(full, t('common.copied'))}
        >
          <Icon name="copy" size={13} />
        </button>
      </span>
    </span>
  );
}

interface TreeProps {
  readonly value: JsonValue;
  readonly column: Column;
  readonly path: readonly (string | number)[];
  readonly depth: number;
  readonly onFilter: DetailPanelProps['onFilter'] | null;
}

/** More entries than this are cut: a log line may carry an array of thousands. */
const maxEntries = 200;
const openDepth = 2;

function Tree({ value, column, path, depth, onFilter }: TreeProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(depth < openDepth);
  if (value === null || typeof value !== 'object') {
    const target = { column: column.name, type: column.type, path, value };
    return (
      <Leaf
        text={value === null ? 'null' : plainText(value)}
        full={plainText(value)}
        target={target}
        onFilter={onFilter}
      />
    );
  }

  const isArray = Array.isArray(value);
  const entries: [string | number, JsonValue][] = isArray ? value.map((item, at) => [at, item]) : Object.entries(value);
  return (
    <span className="tree">
      <button type="button" className="tree-toggle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevron' : 'right'} size={12} />
        <span className="dim">{isArray ? `[${entries.length}]` : `{${entries.length}}`}</span>
      </button>
      {isOpen && (
        <ul>
          {entries.slice(0, maxEntries).map(([key, inner]) => (
            <li key={key}>
              <span className="tree-key">{key}</span>
              <Tree value={inner} column={column} path={[...path, key]} depth={depth + 1} onFilter={onFilter} />
            </li>
          ))}
          {entries.length > maxEntries && (
            <li className="dim">{t('detail.more', { count: entries.length - maxEntries })}</li>
          )}
        </ul>
      )}
    </span>
  );
}
