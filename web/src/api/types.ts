/** The answers of the server, as docs/guide/http-api.md describes them. */

export type KqlType =
  | 'bool'
  | 'int'
  | 'long'
  | 'real'
  | 'decimal'
  | 'datetime'
  | 'timespan'
  | 'guid'
  | 'string'
  | 'dynamic';

/** A value inside a `dynamic` cell. Integers past 2^53 arrive as bigint. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | { [key: string]: JsonValue };
export type Cell = JsonValue;
export type Row = Cell[];

export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

export interface QueryStats {
  readonly elapsedMs: number;
  readonly compileMs?: number;
  readonly rowsScanned: number;
  readonly rowsMatched?: number;
  readonly bytesScanned?: number;
  readonly partsScanned?: number;
  readonly blocksScanned?: number;
  readonly blocksSkipped?: number;
  readonly peakMemoryBytes?: number;
}

/** What `render` asked for; properties beside these two depend on the chart. */
export interface Visualization {
  readonly Visualization: string | null;
  readonly Title?: string | null;
  readonly [property: string]: JsonValue | undefined;
}

export interface QueryResult {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly visualization?: Visualization | null;
  readonly truncated: boolean;
  readonly stats: QueryStats;
}

export interface QueryRequest {
  readonly query: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly from?: string;
  readonly to?: string;
  readonly timeoutMs?: number;
  readonly maxRows?: number;
}

export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly length?: number;
  readonly expected?: readonly string[];
  readonly suggestion?: string;
}

export type CheckResult =
  | { readonly ok: true; readonly columns: readonly Column[] }
  | { readonly ok: false; readonly error: ErrorBody };

export interface TableInfo {
  readonly name: string;
  readonly rowCount: number;
  readonly sizeBytes: number;
  readonly headRows: number;
  readonly partCount: number;
  readonly minTime: string | null;
  readonly maxTime: string | null;
  readonly columns: readonly Column[];
}

export interface Tables {
  readonly schemaVersion: number;
  readonly tables: readonly TableInfo[];
}

export type RuleState = 'ok' | 'pending' | 'learning' | 'firing' | 'nodata' | 'error';

export interface Rule {
  readonly name: string;
  readonly file: string;
  readonly query: string;
  readonly table: string;
  readonly severity: number;
  readonly everySeconds: number;
  readonly windowSeconds: number;
  readonly latenessSeconds: number;
  readonly state: RuleState;
  readonly error: string | null;
  readonly lastEvaluated: string | null;
  readonly watermark: string | null;
  readonly lagSeconds: number | null;
  readonly rowsIn: number;
  readonly rowsLate: number;
  readonly rowsLateDropped: number;
  readonly rowsBackfill: number;
  /** Rows that passed its filters. */
  readonly rowsTaken: number;
  /** Rows left out since their time is too far ahead. */
  readonly rowsFuture: number;
  /** Rows left out since there were too many keys. */
  readonly rowsShed: number;
  readonly tooManyKeys: boolean;
  readonly keys: number;
  readonly windowsCorrected: number;
  readonly learnt: number | null;
  readonly series: number | null;
  readonly evaluationSeconds: number;
  readonly stateBytes: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly channels: readonly string[];
}

export interface RuleFileError {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly suggestion?: string | null;
}

export interface Rules {
  readonly rules: readonly Rule[];
  readonly errors: readonly RuleFileError[];
  readonly warnings: readonly RuleFileError[];
}

export interface Alert {
  readonly id: string;
  readonly rule: string;
  readonly key: Readonly<Record<string, JsonValue>>;
  readonly kind: string;
  readonly state: 'pending' | 'firing' | 'resolved';
  readonly severity: number;
  readonly startedAt: string;
  readonly firingSince: string | null;
  readonly resolvedAt: string | null;
  readonly firedAt: string | null;
  readonly revision: number;
  /** Late rows changed what had been told. */
  readonly corrected: boolean;
  readonly estimated: boolean;
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly query: string;
  /** Id of the storm it is part of: people were told of that instead. */
  readonly storm?: string | null;
  readonly evidence?: AlertEvidence | null;
}

/** What stood behind an alert when it fired. */
export interface AlertEvidence {
  readonly values: readonly EvidenceValue[];
  readonly patterns: readonly { readonly pattern: string; readonly count: number }[];
  readonly samples: readonly Readonly<Record<string, JsonValue>>[];
}

/** A value against its limit; without one it is only told. */
export interface EvidenceValue {
  readonly column: string;
  readonly value: number | null;
  readonly comparison: string;
  readonly limit: number | null;
}

export interface SavedQuery {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly updatedAt: string;
}

export interface Session {
  readonly authRequired: boolean;
  readonly signedIn: boolean;
  readonly tenant: string | null;
  readonly scopes: readonly string[];
  readonly version: string;
  readonly demo: boolean;
}
