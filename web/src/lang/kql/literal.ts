import type { JsonValue, KqlType } from '../../api/types';

const bareName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Words that mean something else where a name is expected; written as `['word']` they are names again. */
const reserved = new Set(
  (
    'and or not in has contains startswith endswith matches between by asc desc nulls first last true false null ' +
    'let where filter project extend summarize sort order top take limit distinct count join union search find parse ' +
    'print range datatable render evaluate invoke as on with of step to from kind set alias declare restrict pattern ' +
    'bool int long real decimal datetime timespan time date guid string dynamic typeof'
  ).split(' '),
);

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A KQL string literal; whatever the text holds, it cannot end the literal. */
export function quoteString(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
  const escaped = text.replace(/[\\"\u0000-\u001f\u007f\u2028\u2029]/g, (character) => {
    return escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** A column or table name as KQL accepts it: bare where possible, else in brackets. */
export function quoteName(name: string): string {
  if (bareName.test(name) && !reserved.has(name)) {
    return name;
  }

  return `['${name.replace(/[\\']/g, (character) => `\\${character}`)}']`;
}

/** A column, or a place inside a dynamic column: keys as strings, array positions as numbers. */
export function pathOf(column: string, path: readonly (string | number)[] = []): string {
  return quoteName(column) + path.map((step) => stepOf(step)).join('');
}

function stepOf(step: string | number): string {
  if (typeof step === 'number') {
    return `[${step}]`;
  }

  return bareName.test(step) && !reserved.has(step) ? `.${step}` : `['${step.replace(/[\\']/g, (c) => `\\${c}`)}']`;
}

/** A literal of the given type; null when the text is no value of that type. */
export function literalOf(type: KqlType, text: string): string | null {
  switch (type) {
    case 'string':
      return quoteString(text);
    case 'int':
    case 'long':
      return /^-?\d{1,19}$/.test(text) ? text : null;
    case 'real':
      return realLiteral(text);
    case 'decimal':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? `decimal(${text})` : null;
    case 'bool':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : null;
    case 'datetime':
      return /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
        ? `datetime(${text})`
        : null;
    case 'timespan':
      return /^(-?(\d+\.)?\d\d?:\d\d(:\d\d(\.\d{1,7})?)?|\d+(\.\d+)?(d|h|m|s|ms|us))$/.test(text)
        ? timespanLiteral(text)
        : null;
    case 'guid':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? `guid(${text})` : null;
    case 'dynamic':
      return null;
  }
}

function realLiteral(text: string): string | null {
  if (text === 'NaN') {
    return 'real(nan)';
  }

  if (/^-?Infinity$/.test(text)) {
    return text.startsWith('-') ? 'real(-inf)' : 'real(+inf)';
  }

  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? text : null;
}

const timespanLiteral = (text: string): string => (/[a-z]$/.test(text) ? text : `timespan(${text})`);

/** One value the reader pointed at: a cell, or a leaf inside a dynamic cell. */
export interface ValueAt {
  readonly column: string;
  readonly type: KqlType;
  readonly path?: readonly (string | number)[];
  readonly value: JsonValue;
}

/** The condition that keeps (or, negated, drops) rows with this value. Null where KQL has no such comparison. */
export function conditionOf({ column, type, path = [], value }: ValueAt, isExcluded: boolean): string | null {
  const place = pathOf(column, path);
  if (type === 'string' && (value === null || value === '')) {
    return `${isExcluded ? 'isnotempty' : 'isempty'}(${place})`;
  }

  if (value === null) {
    return `${isExcluded ? 'isnotnull' : 'isnull'}(${place})`;
  }

  const operator = isExcluded ? '!=' : '==';
  if (type !== 'dynamic') {
    const literal = typeof value === 'object' ? null : literalOf(type, String(value));
    return literal === null ? null : `${place} ${operator} ${literal}`;
  }

  switch (typeof value) {
    case 'string':
      return `tostring(${place}) ${operator} ${quoteString(value)}`;
    case 'bigint':
      return `tolong(${place}) ${operator} ${value}`;
    case 'number':
      return `${Number.isInteger(value) ? 'tolong' : 'todouble'}(${place}) ${operator} ${value}`;
    case 'boolean':
      return `tobool(${place}) ${operator} ${value}`;
    default:
      return null;
  }
}
