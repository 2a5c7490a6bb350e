import { quoteName } from './literal';

/** One step of a pipeline: `where level == "error"`, with its place in the whole text. */
export interface Stage {
  readonly keyword: string;
  readonly text: string;
  /** Offset of the first character that is not a space. */
  readonly start: number;
  /** Offset after the last character that is not a space. */
  readonly end: number;
}

export interface Pipeline {
  /** Offset where the last statement begins: `let` and other statements before it stay as they are. */
  readonly bodyStart: number;
  readonly stages: readonly Stage[];
}

const filters = new Set(['where', 'filter', 'extend', 'parse', 'parse-where', 'parse-kv', 'search', 'serialize', 'as']);
const projections = new Set(['project', 'project-away', 'project-keep', 'project-rename', 'project-reorder']);
const limits = new Set(['sort', 'order', 'take', 'limit', 'top']);
const notTables = new Set(['print', 'range', 'datatable', 'externaldata', 'evaluate', 'search', 'union', 'find']);

/** Splits a query at the pipes and semicolons of its outermost level; strings and comments are skipped. */
export function parsePipeline(query: string): Pipeline {
  let depth = 0;
  let bodyStart = 0;
  let pipes: number[] = [];
  for (let at = 0; at < query.length; at++) {
    const next = skipLiteral(query, at);
    if (next > at) {
      at = next - 1;
      continue;
    }

    const character = query[at] ?? '';
    if ('([{'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character)) {
      depth--;
    } else if (depth === 0 && character === ';' && query.slice(at + 1).trim() !== '') {
      bodyStart = at + 1;
      pipes = [];
    } else if (depth === 0 && character === '|') {
      pipes.push(at);
    }
  }

  return { bodyStart, stages: cutStages(query, bodyStart, pipes) };
}

function cutStages(query: string, bodyStart: number, pipes: readonly number[]): Stage[] {
  const bounds = [bodyStart - 1, ...pipes, query.length];
  return bounds.slice(0, -1).map((from, index) => {
    const raw = query.slice(from + 1, bounds[index + 1]);
    const text = withoutTrailingComment(raw).replace(/;\s*$/, '').trimEnd();
    const start = from + 1 + (raw.length - raw.trimStart().length);
    const bare = stripLeadingComments(text);
    return { keyword: /^[\w-]+/.exec(bare)?.[0] ?? '', text: text.trimStart(), start, end: from + 1 + text.length };
  });
}

/** Where a string or comment that begins at `at` ends; `at` itself when none begins there. */
function skipLiteral(query: string, at: number): number {
  const rest = query.slice(at, at + 3);
  if (rest.startsWith('//')) {
    const end = query.indexOf('\n', at);
    return end < 0 ? query.length : end;
  }

  if (rest === '```' || rest === '~~~') {
    const end = query.indexOf(rest, at + 3);
    return end < 0 ? query.length : end + 3;
  }

  if (rest[0] === '@' && (rest[1] === '"' || rest[1] === "'")) {
    const end = query.indexOf(rest[1], at + 2);
    return end < 0 ? query.length : end + 1;
  }

  if (rest[0] !== '"' && rest[0] !== "'") {
    return at;
  }

  for (let end = at + 1; end < query.length; end++) {
    if (query[end] === '\\') {
      end++;
    } else if (query[end] === rest[0]) {
      return end + 1;
    }
  }

  return query.length;
}

function withoutTrailingComment(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const next = skipLiteral(text, at);
    if (next > at) {
      if (text.startsWith('//', at) && text.slice(next).trim() === '') {
        return withoutTrailingComment(text.slice(0, at));
      }

      at = next - 1;
    }
  }

  return text.trimEnd();
}

function stripLeadingComments(text: string): string {
  let rest = text.trimStart();
  while (rest.startsWith('//')) {
    const end = rest.indexOf('\n');
    rest = end < 0 ? '' : rest.slice(end).trimStart();
  }

  return rest;
}

/** True when the query yields log rows as they are stored: it only filters, computes, projects, sorts and limits. */
export function yieldsRows(query: string): boolean {
  const [source, ...rest] = parsePipeline(query).stages;
  if (!source || source.text === '' || (notTables.has(source.keyword) && !isTabularSearch(source.keyword))) {
    return false;
  }

  return rest.every(({ keyword }) => filters.has(keyword) || projections.has(keyword) || limits.has(keyword));
}

const isTabularSearch = (keyword: string): boolean => keyword === 'search' || keyword === 'union';

/** The table a query begins with, when it begins with one by name. */
export function sourceTable(query: string): string | null {
  const source = parsePipeline(query).stages[0];
  if (!source) {
    return null;
  }

  const bare = stripLeadingComments(source.text);
  const quoted = /^\[\s*(['"])((?:[^\\]|\\.)*?)\1\s*\]$/.exec(bare);
  if (quoted) {
    return (quoted[2] ?? '').replace(/\\(.)/g, '$1');
  }

  return /^[A-Za-z_]\w*$/.test(bare) && !notTables.has(bare) ? bare : null;
}

/** The query with newest rows first and no more of them than `limit`, unless it sorts or limits by itself. */
export function rowsQuery(query: string, limit: number): string {
  const { stages } = parsePipeline(query);
  if (!yieldsRows(query) || stages.some(({ keyword }) => limits.has(keyword))) {
    return query;
  }

  // Sorting comes before the first projection, which may drop the timestamp; rows keep their order through the rest.
  const projection = stages.findIndex(({ keyword }) => projections.has(keyword));
  const hasLaterFilter = projection > 0 && stages.slice(projection).some(({ keyword }) => keyword === 'where');
  const steps = [`| sort by timestamp desc`, ...(hasLaterFilter ? [] : [`| take ${limit}`])].join('\n');
  const sorted = insertAfter(query, projection > 0 ? projection - 1 : stages.length - 1, steps);
  return hasLaterFilter ? insertAfter(sorted, parsePipeline(sorted).stages.length - 1, `| take ${limit}`) : sorted;
}

/** Counts of the rows the query filters, in steps of time, by level where there is one. Null for other queries. */
export function histogramQuery(query: string, step: string, levelColumn: string | null): string | null {
  if (!yieldsRows(query)) {
    return null;
  }

  const { stages } = parsePipeline(query);
  const end = leadingFilters(stages);
  const by = levelColumn === null ? '' : `, ${quoteName(levelColumn)}`;
  return `${query.slice(0, stages[end - 1]?.end)}\n| summarize count() by bin(timestamp, ${step})${by}`;
}

/** The query as live tail takes it: a table and row operators. Null when it is something else. */
export function tailQuery(query: string): string | null {
  const { stages, bodyStart } = parsePipeline(query);
  if (!yieldsRows(query) || sourceTable(query) === null || bodyStart > 0) {
    return null;
  }

  const kept = stages.filter(({ keyword }, index) => index === 0 || !limits.has(keyword));
  return kept.map(({ text }, index) => (index === 0 ? text : `| ${text}`)).join('\n');
}

/** Adds a condition where it belongs: after the filters the query begins with, before it projects or groups. */
export function addWhere(query: string, condition: string): string {
  const { stages } = parsePipeline(query);
  return stages.some(({ text }) => text === `where ${condition}`)
    ? query
    : insertAfter(query, leadingFilters(stages) - 1, `| where ${condition}`);
}

/** The rows a grouping query was made of: what comes before the grouping, with conditions of the group added. */
export function rowsBehind(query: string, conditions: readonly string[]): string {
  const { stages } = parsePipeline(query);
  const kept = query.slice(0, stages[leadingFilters(stages) - 1]?.end);
  return [kept, ...conditions.map((condition) => `| where ${condition}`)].join('\n');
}

/** How many stages from the start only filter or compute; at least one, the source. */
function leadingFilters(stages: readonly Stage[]): number {
  const end = stages.findIndex(({ keyword }, index) => index > 0 && !filters.has(keyword));
  return end < 0 ? stages.length : end;
}

function insertAfter(query: string, stage: number, text: string): string {
  const end = parsePipeline(query).stages[stage]?.end ?? query.length;
  return `${query.slice(0, end)}\n${text}${query.slice(end)}`;
}

/** Replaces the characters an error points at. Line and column count from 1. */
export function replaceAt(query: string, line: number, column: number, length: number, text: string): string {
  const lines = query.split('\n');
  const offset = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return query.slice(0, offset) + text + query.slice(offset + length);
}
