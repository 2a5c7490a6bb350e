// Runs one step of one engine in this process: node peer.mjs chdb|duckdb FOLDER THREADS JOB.json RESULT.json
// The job is {action: "load", load: [sql], settle: [sql], size: sql|null} or
// {action: "query", queries: [{name, sql}], minRuns, maxRuns, enoughMs}.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [engine, folder, threads, jobPath, resultPath] = process.argv.slice(2);
const job = JSON.parse(fs.readFileSync(jobPath, 'utf8'));

async function openClickHouse() {
  const { Session } = createRequire(import.meta.url)('chdb');
  const session = new Session(folder);
  session.query('CREATE DATABASE IF NOT EXISTS peer');
  session.query('USE peer');
  return {
    version: session.query('SELECT version()', 'TSV').trim(),
    run: (sql) => session.query(sql),
    ask: (sql) => session.query(sql, 'JSONCompactEachRowWithNames'),
    table: (text) => {
      const [columns, ...rows] = text.trim().split('\n').map((line) => JSON.parse(line));
      return { columns, rows };
    },
    close: () => undefined,
  };
}

async function openDuckDb() {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads });
  const connection = await instance.connect();
  await connection.run(`ATTACH '${folder}/logs.duckdb' AS peer (STORAGE_VERSION 'latest')`);
  await connection.run('USE peer');
  return {
    version: (await connection.runAndReadAll('SELECT version()')).getRows()[0][0],
    run: (sql) => connection.run(sql),
    ask: (sql) => connection.runAndReadAll(sql),
    table: (reader) => ({ columns: reader.columnNames(), rows: reader.getRowsJson() }),
    close: async () => {
      await connection.run('USE memory');
      await connection.run('DETACH peer');
    },
  };
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const peakMb = () =>
  (Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) * 1024) / 1e6;
const folderBytes = (at) =>
  fs.readdirSync(at, { withFileTypes: true })
    .map((entry) => path.join(at, entry.name))
    .reduce((sum, entry) => sum + (fs.lstatSync(entry).isDirectory() ? folderBytes(entry) : fs.lstatSync(entry).size), 0);

async function load(db) {
  const startedAt = performance.now();
  const cpuBefore = cpuSeconds();
  for (const sql of job.load) await db.run(sql);
  const insertSeconds = (performance.now() - startedAt) / 1000;
  const insertCpuSeconds = cpuSeconds() - cpuBefore;
  for (const sql of job.settle) await db.run(sql);
  const figures = { insertSeconds, insertCpuSeconds, cpuSeconds: cpuSeconds() - cpuBefore, peakMb: peakMb() };
  const size = job.size ? Number(db.table(await db.ask(job.size)).rows[0][0]) : undefined;
  await db.close();
  return { version: db.version, ...figures, sizeBytes: size ?? folderBytes(folder) };
}

// The time is that of the engine and of its rows in this process, without turning them into a table of ours.
async function query(db) {
  const results = {};
  for (const { name, sql } of job.queries) {
    const times = [];
    let first;
    let answer;
    let spent = 0;
    while (times.length < job.minRuns || (times.length < job.maxRuns && spent < job.enoughMs)) {
      const startedAt = performance.now();
      const result = await db.ask(sql);
      const elapsed = performance.now() - startedAt;
      if (first === undefined) {
        first = elapsed;
        answer = db.table(result);
      } else {
        times.push(elapsed);
        spent += elapsed;
      }
    }
    times.sort((a, b) => a - b);
    results[name] = { ...answer, firstMs: first, medianMs: times[times.length >> 1] };
  }
  await db.close();
  return results;
}

const db = await (engine === 'chdb' ? openClickHouse() : openDuckDb());
const result = await (job.action === 'load' ? load(db) : query(db));
fs.writeFileSync(resultPath, JSON.stringify(result));
// chdb keeps its threads running.
process.exit(0);
