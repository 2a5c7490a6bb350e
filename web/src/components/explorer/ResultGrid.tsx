import { useVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell, Column, Row } from '../../api/types';
import { formatCell, plainText } from '../../lang/format';
import { levelOf } from '../../lang/levels';
import { columnWidth } from '../../state/columns';
import type { Zone } from '../../state/preferences';

const rowHeightPx = 26;
const minimumColumnPx = 48;

export interface GridHandle {
  readonly focus: () => void;
  readonly scrollToTop: () => void;
}

interface ResultGridProps {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly visible: readonly number[];
  readonly selected: number | null;
  readonly cursor: number | null;
  readonly isWrapped: boolean;
  readonly zone: Zone;
  readonly highlight: RegExp | null;
  readonly label: string;
  readonly onOpen: (index: number) => void;
  readonly onScrolledAway?: (isAway: boolean) => void;
  readonly footer?: ReactNode;
  readonly ref?: Ref<GridHandle>;
}

/** Rows as a grid; only those in sight exist in the page. Up to ten thousand rows. */
export function ResultGrid(props: ResultGridProps) {
  const { columns, rows, visible, selected, cursor, isWrapped, zone, highlight, label, footer, ref } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 12,
  });
  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus(),
    scrollToTop: () => virtual.scrollToOffset(0),
  }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: heights change with wrapping and with another result
  useEffect(() => virtual.measure(), [isWrapped, rows, visible]);

  const cursorRef = useRef(cursor);
  useEffect(() => {
    if (cursor !== null && cursor !== cursorRef.current && cursor < rows.length) {
      virtual.scrollToIndex(cursor, { align: 'auto' });
    }

    cursorRef.current = cursor;
  }, [cursor, rows.length, virtual]);

  const shown = useMemo(
    () => visible.flatMap((index) => (columns[index] ? [{ index, column: columns[index] }] : [])),
    [visible, columns],
  );
  const fitted = useFittedWidths(shown, rows, zone);
  const template = useMemo(() => templateOf(shown, { ...fitted, ...widths }, widths), [shown, fitted, widths]);
  const levelIndex = columns.findIndex(({ name }) => name === 'level');
  const open = useCallback((index: number) => props.onOpen(index), [props.onOpen]);

  return (
    <div
      ref={scroller}
      className={isWrapped ? 'grid is-wrapped' : 'grid'}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={shown.length}
      aria-activedescendant={cursor === null ? undefined : `row-${cursor}`}
      tabIndex={0}
      onScroll={(event) => props.onScrolledAway?.(event.currentTarget.scrollTop > rowHeightPx * 2)}
      data-testid="grid"
    >
      <div role="rowgroup" className="grid-head">
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid itself holds the focus (aria-activedescendant) */}
        <div role="row" className="grid-row" style={{ gridTemplateColumns: template }} aria-rowindex={1}>
          {shown.map(({ column }) => (
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div role="columnheader" className="grid-cell" key={column.name} title={`${column.name}: ${column.type}`}>
              <span className="ellipsis">{column.name}</span>
              <Resizer label={t('grid.resize')} onWidth={(px) => setWidths((old) => ({ ...old, [column.name]: px }))} />
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <GridRow
            key={item.key}
            row={rows[item.index] ?? []}
            index={item.index}
            shown={shown}
            template={template}
            level={levelIndex < 0 ? null : levelOf(rows[item.index]?.[levelIndex])}
            levelIndex={levelIndex}
            offset={item.start}
            isSelected={item.index === selected}
            isCursor={item.index === cursor}
            zone={zone}
            highlight={highlight}
            measure={isWrapped ? virtual.measureElement : null}
            onOpen={open}
          />
        ))}
      </div>
      {footer}
    </div>
  );
}

interface ShownColumn {
  readonly index: number;
  readonly column: Column;
}

type Widths = Readonly<Record<string, number>>;

/** Widths that fit the values. For the same columns they only grow, so that live rows do not make the grid jump. */
function useFittedWidths(shown: readonly ShownColumn[], rows: readonly Row[], zone: Zone): Widths {
  const last = useRef<{ readonly names: string; readonly widths: Widths }>({ names: '', widths: {} });
  return useMemo(() => {
    const names = shown.map(({ column }) => column.name).join('\n');
    const before = last.current.names === names ? last.current.widths : {};
    const widths = Object.fromEntries(
      shown.map(({ column, index }) => {
        const lengthOf = (row: Row, at: number) => formatCell(row[at] ?? null, column.type, zone).length;
        return [column.name, Math.max(before[column.name] ?? 0, columnWidth(column, index, rows, lengthOf))];
      }),
    );
    last.current = { names, widths };
    return widths;
  }, [shown, rows, zone]);
}

/** Tracks of the grid; the message, or else the last text column, takes what is left unless it was given a width. */
function templateOf(shown: readonly ShownColumn[], widths: Widths, chosen: Widths): string {
  const flexible =
    shown.find(({ column }) => column.name === 'message') ??
    shown.findLast(({ column }) => column.type === 'string' || column.type === 'dynamic') ??
    shown.at(-1);
  return shown
    .map((each) => {
      const width = widths[each.column.name] ?? minimumColumnPx;
      const takesRest = each === flexible && chosen[each.column.name] === undefined;
      return takesRest ? `minmax(${Math.min(Math.max(width, 140), 420)}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}

interface GridRowProps {
  readonly row: Row;
  readonly index: number;
  readonly shown: readonly ShownColumn[];
  readonly template: string;
  readonly level: string | null;
  readonly levelIndex: number;
  readonly offset: number;
  readonly isSelected: boolean;
  readonly isCursor: boolean;
  readonly zone: Zone;
  readonly highlight: RegExp | null;
  readonly measure: ((element: HTMLElement | null) => void) | null;
  readonly onOpen: (index: number) => void;
}

const GridRow = memo(function GridRow(props: GridRowProps) {
  const {
    row,
    index,
    shown,
    template,
    level,
    levelIndex,
    offset,
    isSelected,
    isCursor,
    zone,
    highlight,
    measure,
    onOpen,
  } = props;
  const state = `${isSelected ? ' is-selected' : ''}${isCursor ? ' is-cursor' : ''}`;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus (aria-activedescendant)
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and arrows are handled by the page for the active row
    <div
      role="row"
      id={`row-${index}`}
      ref={measure}
      data-index={index}
      className={`grid-row is-data${level ? ` level-${level}` : ''}${state}`}
      style={{ gridTemplateColumns: template, transform: `translateY(${offset}px)` }}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onClick={() => {
        // Marking text to copy it is no click on the row.
        if (window.getSelection()?.isCollapsed !== false) {
          onOpen(index);
        }
      }}
    >
      {shown.map(({ index: at, column }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div role="gridcell" key={column.name} className={`grid-cell type-${column.type}`}>
          {at === levelIndex ? (
            <LevelTag value={row[at] ?? null} />
          ) : (
            <CellText
              value={row[at] ?? null}
              column={column}
              zone={zone}
              highlight={highlight}
              isWrapped={measure !== null}
            />
          )}
        </div>
      ))}
    </div>
  );
});

/** A level in its colour. */
export function LevelTag({ value }: { readonly value: Cell }) {
  const text = plainText(value);
  return text ? <span className={`level level-${levelOf(text)}`}>{text}</span> : null;
}

/** Longer texts are cut in the grid, where they could not be read anyway; the detail has all of it. */
const maxCellCharacters = 2000;

interface CellTextProps {
  readonly value: Cell;
  readonly column: Column;
  readonly zone: Zone;
  readonly highlight: RegExp | null;
  readonly isWrapped: boolean;
}

function CellText({ value, column, zone, highlight, isWrapped }: CellTextProps) {
  const full = formatCell(value, column.type, zone).slice(0, maxCellCharacters);
  const text = isWrapped ? full : full.replace(/\s*[\r\n]+\s*/g, ' ⏎ ');
  if (column.type === 'datetime' && text.length === 23) {
    return (
      <>
        <span className="dim">{text.slice(0, 11)}</span>
        {text.slice(11)}
      </>
    );
  }

  return column.type === 'string' && highlight ? <Highlighted text={text} pattern={highlight} /> : text;
}

/** Text with what was searched for marked. `pattern` has one group around everything, so that split keeps it. */
function Highlighted({ text, pattern }: { readonly text: string; readonly pattern: RegExp }) {
  const parts = text.split(pattern);
  return parts.map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
    at % 2 === 1 ? <mark key={at}>{part}</mark> : part,
  );
}

function Resizer({ label, onWidth }: { readonly label: string; readonly onWidth: (px: number) => void }) {
  return (
    <span
      className="grid-resizer"
      title={label}
      aria-hidden="true"
      onPointerDown={(event) => {
        const cell = event.currentTarget.parentElement;
        const start = event.clientX - (cell?.offsetWidth ?? 0);
        const handle = event.currentTarget;
        handle.setPointerCapture(event.pointerId);
        handle.onpointermove = (move) => onWidth(Math.max(move.clientX - start, minimumColumnPx));
        handle.onpointerup = () => {
          handle.onpointermove = null;
        };
      }}
    />
  );
}
