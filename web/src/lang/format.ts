import { stringifyJson } from '../api/json';
import type { Cell, KqlType, Row } from '../api/types';
import type { Zone } from '../state/preferences';

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-11-20 10:02:03.123` in the chosen zone; ISO order, since rows are compared by eye. */
export function formatTime(ms: number, zone: Zone, precision: 'minute' | 'second' | 'ms' = 'ms'): string {
  return `${formatDay(ms, zone)} ${formatClock(ms, zone, precision)}`;
}

export function formatDay(ms: number, zone: Zone): string {
  const date = new Date(ms);
  return zone === 'utc'
    ? `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
    : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

export function formatClock(ms: number, zone: Zone, precision: 'minute' | 'second' | 'ms' = 'ms'): string {
  const date = new Date(ms);
  const [hour, minute, second] =
    zone === 'utc'
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      : [date.getHours(), date.getMinutes(), date.getSeconds()];
  const toMinute = `${pad(hour)}:${pad(minute)}`;
  if (precision === 'minute') {
    return toMinute;
  }

  const toSecond = `${toMinute}:${pad(second)}`;
  return precision === 'second' ? toSecond : `${toSecond}.${pad(date.getUTCMilliseconds(), 3)}`;
}

/** A cell on one line, as the grid shows it. */
export function formatCell(value: Cell, type: KqlType, zone: Zone): string {
  if (value === null) {
    return '';
  }

  if (type === 'datetime' && typeof value === 'string') {
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? value : formatTime(ms, zone);
  }

  return plainText(value);
}

/** A value as text with nothing lost: strings bare, everything else as JSON. */
export function plainText(value: Cell): string {
  return value === null ? '' : typeof value === 'string' ? value : stringifyJson(value);
}

/** A count with thousands separated. */
export function formatCount(count: number | bigint, language: string): string {
  return count.toLocaleString(language);
}

/** A number for an axis or a card: at most four significant digits, then k, M, G. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) {
    return String(value);
  }

  for (const [unit, suffix] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e4, 'k'],
  ] as const) {
    if (size >= unit) {
      const divisor = unit === 1e4 ? 1e3 : unit;
      return `${trimZeros((value / divisor).toPrecision(3))}${suffix}`;
    }
  }

  return size >= 1 || size === 0 ? trimZeros(value.toFixed(size >= 100 ? 0 : 2)) : trimZeros(value.toPrecision(3));
}

const trimZeros = (text: string): string =>
  text.includes('e') ? String(Number(text)) : text.includes('.') ? text.replace(/\.?0+$/, '') : text;

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }

  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

const durationUnits = {
  en: { d: 'd', h: 'h', m: 'm', s: 's', ms: 'ms' },
  ko: { d: '일', h: '시간', m: '분', s: '초', ms: 'ms' },
} as const;

/** A span of time in its two largest units: `2h 5m`, `45s`, `120ms`; in Korean `2시간 5분`. */
export function formatDuration(ms: number, language = 'en'): string {
  const units = language.startsWith('ko') ? durationUnits.ko : durationUnits.en;
  const size = Math.abs(ms);
  if (size < 1000) {
    return `${size < 10 && size % 1 !== 0 ? size.toFixed(1) : Math.round(size)}${units.ms}`;
  }

  if (size < 10_000 && size % 1000 !== 0) {
    return `${trimZeros((size / 1000).toFixed(1))}${units.s}`;
  }

  const seconds = Math.round(size / 1000);
  const parts = [
    [Math.floor(seconds / 86400), units.d],
    [Math.floor(seconds / 3600) % 24, units.h],
    [Math.floor(seconds / 60) % 60, units.m],
    [seconds % 60, units.s],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(' ');
}

/** A key that names a row by what it holds, so that it finds the row again after a reload. */
export function rowKey(row: Row): string {
  // FNV-1a, 32 bits, twice with different offsets: rows of one result, not of all results, must differ.
  const text = stringifyJson(row);
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
  }

  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}

/** RFC 4180: CRLF, fields quoted where they must be; dynamic values as JSON, null as nothing. */
export function toCsv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => csvField(plainText(cell))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The rows as a JSON array of objects. */
export function toJson(columns: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    stringifyJson(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
  );
  return `[\n${lines.join(',\n')}\n]\n`;
}
