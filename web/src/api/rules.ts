import { ApiError, errorBody, request, send } from './client';
import { parseJson } from './json';
import type { Alert, ErrorBody, RuleFileError } from './types';

export interface RuleFile {
  readonly file: string;
  readonly text: string;
  readonly version: string;
}

export interface RuleCheck {
  readonly rules: readonly string[];
  readonly errors: readonly RuleFileError[];
  readonly warnings: readonly RuleFileError[];
}

export interface BacktestRequest {
  readonly file: string;
  readonly text: string;
  /** Another version of the file, to be held against. */
  readonly before?: string;
  readonly from: string;
  readonly to?: string;
  /** Each row counts as come in time: for rows that were imported. */
  readonly byEventTime: boolean;
}

export interface BacktestProgress {
  readonly stage: 'learning' | 'reading';
  readonly share: number;
  readonly rows: number;
  readonly reached: string | null;
}

export interface BacktestLine {
  readonly key: Alert['key'];
  readonly alerts: number;
  readonly firingWindows: number;
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
  readonly firing: readonly { readonly from: string; readonly to: string | null }[];
  /** Annotated spans, which its band does not learn from. */
  readonly leftOut: readonly { readonly from: string; readonly to: string; readonly text: string }[];
}

export interface BacktestSeries {
  readonly start: string;
  readonly stepSeconds: number;
  readonly points: number;
  readonly value: string | null;
  readonly columns: readonly string[];
  readonly thresholds: readonly { readonly column: string; readonly op: string; readonly value: number }[];
  readonly keyCount: number;
  readonly lines: readonly BacktestLine[];
}

export interface BacktestReport {
  readonly rule: string;
  readonly alerts: readonly Alert[];
  readonly alertCount: number;
  readonly pages: number;
  readonly pagesPerDay: readonly { readonly day: string; readonly pages: number }[];
  readonly doubtfulWindowCount: number;
  readonly windows: number;
  readonly rows: number;
  readonly rowsLate: number;
  readonly error: string | null;
  readonly series: BacktestSeries | null;
}

export interface ComparedAlert {
  readonly key: Alert['key'];
  readonly startedAt: string;
  readonly resolvedAt: string | null;
}

export interface Comparison {
  readonly rule: string;
  readonly beforeRule: string | null;
  readonly added: readonly ComparedAlert[];
  readonly lost: readonly ComparedAlert[];
  readonly bothCount: number;
  readonly addedCount: number;
  readonly lostCount: number;
}

export interface BacktestResult {
  readonly reports: readonly BacktestReport[];
  readonly before: readonly BacktestReport[] | null;
  readonly comparisons: readonly Comparison[] | null;
}

const placeOf = (file: string) => `/api/rules/files/${file.split('/').map(encodeURIComponent).join('/')}`;

export const getRuleFile = (file: string, signal?: AbortSignal): Promise<RuleFile> =>
  request('GET', placeOf(file), { signal });

/** Writes a file; `version` is that of the text it was made of, null for a new one. Its rules run when this returns. */
export const saveRuleFile = (file: string, text: string, version: string | null): Promise<RuleFile> =>
  request('PUT', placeOf(file), { body: { text, version } });

export const deleteRuleFile = (file: string, version: string): Promise<void> =>
  request('DELETE', `${placeOf(file)}?version=${encodeURIComponent(version)}`);

export const checkRuleFile = (file: string, text: string, signal?: AbortSignal): Promise<RuleCheck> =>
  request('POST', '/api/rules/check', { body: { file, text }, signal });

/** Runs a rule file over stored rows; tells how far it is while it runs. */
export async function backtest(
  body: BacktestRequest,
  onProgress: (progress: BacktestProgress) => void,
  signal: AbortSignal,
): Promise<BacktestResult> {
  const response = await send('POST', '/api/rules/test', { body: { ...body, series: true }, signal });
  if (!response.ok || !response.body) {
    throw new ApiError(response.status, errorBody(response, await response.text()));
  }

  for await (const line of linesOf(response.body)) {
    const answer = parseJson(line) as BacktestProgress | BacktestResult | { readonly error: ErrorBody };
    if ('reports' in answer) {
      return answer;
    }

    if ('error' in answer) {
      throw new ApiError(response.status, answer.error);
    }

    onProgress(answer);
  }

  throw new ApiError(0, { code: 'unreachable', message: 'the answer ended early' });
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? '';
    const lines = rest.split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      if (line.trim()) {
        yield line;
      }
    }

    if (done) {
      return;
    }
  }
}
