import type { Column, KqlType } from '../../api/types';
import { literalOf, pathOf, quoteName, quoteString } from './literal';

/** One piece of the search box: `word`, `"a phrase"`, `pre*`, `field:value`, `field:>=5`, each with `-` to exclude. */
export interface SearchTerm {
  readonly isExcluded: boolean;
  /** Column or `column.key.key`; null for a term looked for in the message. */
  readonly field: string | null;
  readonly operator: ':' | '>' | '>=' | '<' | '<=';
  readonly text: string;
  readonly isQuoted: boolean;
}

export interface ParsedSearch {
  /** All groups must hold; of a group (terms joined by OR) one must. */
  readonly groups: readonly (readonly SearchTerm[])[];
  /** Names before a colon that are no column of the table: those pieces were searched as text. */
  readonly unknownFields: readonly string[];
}

export interface SearchTable {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Scripts written without spaces, or with particles clinging to the word: whole-term search would miss them. */
const clinging = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const piece = /(-?)(?:([\p{L}_@][\p{L}\p{N}_.@-]*):(>=|<=|>|<)?)?(?:"((?:[^"\\]|\\.)*)"?|(\S+))/gu;

/** Reads the text of the search box. It has no syntax errors: what is no field is a word. */
export function parseSearch(text: string, columns: readonly Column[]): ParsedSearch {
  const groups: SearchTerm[][] = [];
  const unknownFields: string[] = [];
  let joinsPrevious = false;
  for (const match of text.matchAll(piece)) {
    const [whole, minus, field, operator, quoted, bare] = match;
    if (whole === 'OR') {
      joinsPrevious = groups.length > 0;
      continue;
    }

    const term = termOf(whole, { minus, field, operator, quoted, bare }, columns, unknownFields);
    const last = groups.at(-1);
    if (joinsPrevious && last) {
      last.push(term);
    } else {
      groups.push([term]);
    }

    joinsPrevious = false;
  }

  return { groups, unknownFields };
}

interface Parts {
  readonly minus: string | undefined;
  readonly field: string | undefined;
  readonly operator: string | undefined;
  readonly quoted: string | undefined;
  readonly bare: string | undefined;
}

function termOf(whole: string, parts: Parts, columns: readonly Column[], unknownFields: string[]): SearchTerm {
  const isExcluded = parts.minus === '-';
  const text = parts.quoted === undefined ? (parts.bare ?? '') : parts.quoted.replace(/\\(.)/g, '$1');
  const isQuoted = parts.quoted !== undefined;
  if (parts.field === undefined) {
    return { isExcluded, field: null, operator: ':', text, isQuoted };
  }

  if (resolveField(parts.field, columns)) {
    return { isExcluded, field: parts.field, operator: (parts.operator as '>' | undefined) ?? ':', text, isQuoted };
  }

  if (!text.startsWith('//')) {
    unknownFields.push(parts.field);
  }

  return { isExcluded, field: null, operator: ':', text: isExcluded ? whole.slice(1) : whole, isQuoted: false };
}

interface Field {
  readonly place: string;
  readonly type: KqlType;
}

/** Finds the column a name stands for: exactly, ignoring case, or as a path into a dynamic column. */
export function resolveField(name: string, columns: readonly Column[]): Field | null {
  const column =
    columns.find((candidate) => candidate.name === name) ??
    columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (column) {
    return { place: quoteName(column.name), type: column.type };
  }

  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const root = columns.find((candidate) => candidate.name === name.slice(0, dot) && candidate.type === 'dynamic');
    if (root) {
      return { place: pathOf(root.name, name.slice(dot + 1).split('.')), type: 'dynamic' };
    }
  }

  return null;
}

/** The KQL of a search: the table, then one `where` for each thing that must hold. */
export function searchToKql(text: string, table: SearchTable): string {
  const { groups } = parseSearch(text, table.columns);
  const textColumn = table.columns.some((column) => column.name === 'message') ? 'message' : '*';
  const lines = groups.map((group) => {
    const conditions = group.map((term) => termToKql(term, table.columns, textColumn));
    return `| where ${conditions.join(' or ')}`;
  });
  return [quoteName(table.name), ...lines].join('\n');
}

function termToKql(term: SearchTerm, columns: readonly Column[], textColumn: string): string {
  const field = term.field === null ? null : resolveField(term.field, columns);
  return field ? fieldCondition(field, term) : textCondition(term, textColumn);
}

function textCondition({ text, isQuoted, isExcluded }: SearchTerm, column: string): string {
  const isPrefix = !isQuoted && text.length > 1 && text.endsWith('*');
  const word = isPrefix ? text.slice(0, -1) : text;
  const hasTerm = /[\p{L}\p{N}]/u.test(word);
  const operator = clinging.test(word) || !hasTerm ? 'contains' : isPrefix ? 'hasprefix' : 'has';
  return isExcluded && column !== '*'
    ? `${column} !${operator} ${quoteString(word)}`
    : negate(`${column} ${operator} ${quoteString(word)}`, isExcluded);
}

function fieldCondition({ place, type }: Field, term: SearchTerm): string {
  const { text, isQuoted, isExcluded, operator } = term;
  if (text === '*' && !isQuoted && operator === ':') {
    const test = type === 'string' ? 'empty' : 'null';
    return `is${isExcluded ? '' : 'not'}${test}(${place})`;
  }

  if (operator !== ':') {
    const literal = type === 'dynamic' ? literalOf('real', text) : literalOf(type, text);
    const subject = type === 'dynamic' ? `todouble(${place})` : place;
    return negate(`${subject} ${operator} ${literal ?? quoteString(text)}`, isExcluded);
  }

  if (!isQuoted && text.length > 1 && text.endsWith('*')) {
    return `${asString(place, type)} ${isExcluded ? '!' : ''}startswith ${quoteString(text.slice(0, -1))}`;
  }

  const literal = type === 'dynamic' ? null : literalOf(type, text);
  const equals = isExcluded ? '!=' : '==';
  return literal === null ? `${asString(place, type)} ${equals} ${quoteString(text)}` : `${place} ${equals} ${literal}`;
}

const asString = (place: string, type: KqlType): string => (type === 'string' ? place : `tostring(${place})`);
const negate = (condition: string, isExcluded: boolean): string => (isExcluded ? `not(${condition})` : condition);

/** Writes `field:value` as the search box reads it back. */
export function searchTermText(field: string, value: string, isExcluded: boolean): string {
  const isPlain = value !== '' && /^[^\s"\\*<>]+$/.test(value);
  const written = isPlain ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
  return `${isExcluded ? '-' : ''}${field}:${written}`;
}

/** Adds a term to a search; a term that says the opposite gives way. */
export function addSearchTerm(search: string, term: string): string {
  const opposite = term.startsWith('-') ? term.slice(1) : `-${term}`;
  const pieces = Array.from(search.matchAll(piece), (match) => match[0]).filter((each) => each !== opposite);
  return pieces.includes(term) ? pieces.join(' ') : [...pieces, term].join(' ');
}
