import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const patienceMs = 30_000;

/** The server under test; tests are skipped without it. */
export const executable = process.env.BONGSU_EXE;

/** A real server on a free port, with a data directory of its own. */
export class Server {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #dataDirectory: string;

  private constructor(url: string, process: ChildProcess, dataDirectory: string) {
    this.url = url;
    this.#process = process;
    this.#dataDirectory = dataDirectory;
  }

  static async start(dataDirectory: string, ...more: readonly string[]): Promise<Server> {
    const child = spawn(need(executable), ['serve', '--data', dataDirectory, '--http', '127.0.0.1:0', ...more], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no ready line within ${patienceMs} ms:\n${output}`)),
        patienceMs,
      );
      const read = (chunk: Buffer) => {
        output += chunk;
        const found = / at (http:\/\/\S+)/.exec(output);
        if (found?.[1]) {
          clearTimeout(timer);
          resolve(found[1]);
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)));
    });
    return new Server(url, child, dataDirectory);
  }

  /** Posts rows as NDJSON; fails unless every one is accepted. */
  async ingest(table: string, rows: readonly object[], key?: string): Promise<void> {
    const response = await fetch(`${this.url}/ingest/${table}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', ...(key && { Authorization: `Bearer ${key}` }) },
      body: rows.map((row) => JSON.stringify(row)).join('\n'),
    });
    const answer = (await response.json()) as { accepted?: number };
    if (answer.accepted !== rows.length) {
      throw new Error(`ingest answered ${response.status}: ${JSON.stringify(answer)}`);
    }
  }

  /** Writes a rule file; its rules run when this returns. */
  async writeRule(file: string, text: string): Promise<void> {
    const response = await fetch(`${this.url}/api/rules/files/${file}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text, version: null }),
    });
    if (!response.ok) {
      throw new Error(`${file}: ${response.status} ${await response.text()}`);
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill('SIGTERM');
      const kill = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(kill);
    }

    rmSync(this.#dataDirectory, { recursive: true, force: true });
  }
}

/** Runs a verb of the executable to its end; what it printed. */
export function runVerb(...args: readonly string[]): string {
  return execFileSync(need(executable), args, { encoding: 'utf8', timeout: patienceMs }).trim();
}

export const temporaryDirectory = (): string => mkdtempSync(path.join(tmpdir(), 'bongsu-e2e-'));

function need(text: string | undefined): string {
  if (!text) {
    throw new Error('BONGSU_EXE is not set');
  }

  return text;
}
