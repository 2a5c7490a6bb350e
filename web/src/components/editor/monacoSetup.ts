/** Monaco with the KQL language; reached only by the lazily loaded editor, so that the first page stays small. */
import * as monaco from 'monaco-editor/esm/vs/editor/editor.api';
import 'monaco-editor/esm/vs/editor/edcore.main';
import { getKustoWorker, kustoDefaults } from '@kusto/monaco-kusto';
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker?worker';
import type { TableInfo } from '../../api/types';
import KqlWorker from './kql.worker?worker';

self.MonacoEnvironment = { getWorker: (_id, label) => (label === 'kusto' ? new KqlWorker() : new EditorWorker()) };

// Words are coloured by styles/editor.css, through the classes the language service gives them.
monaco.editor.defineTheme('bongsu-light', {
  base: 'vs',
  inherit: true,
  rules: [],
  colors: {
    'editor.foreground': '#1f1c18',
    'editor.background': '#ffffff',
    'editor.lineHighlightBackground': '#f6f4f0',
    'editorCursor.foreground': '#b83a0b',
    'editor.selectionBackground': '#f4d3c0',
  },
});
monaco.editor.defineTheme('bongsu-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [],
  colors: {
    'editor.foreground': '#eae7e1',
    'editor.background': '#22252c',
    'editor.lineHighlightBackground': '#2a2d35',
    'editorCursor.foreground': '#ff9560',
    'editor.selectionBackground': '#5a3423',
  },
});

kustoDefaults.setLanguageSettings({
  ...kustoDefaults.languageSettings,
  includeControlCommands: false,
  newlineAfterPipe: true,
  enableQueryWarnings: false,
  enableQuerySuggestions: false,
});

/** Teaches the language service the tables. `version` must rise with every change: equal or lower is ignored. */
export async function teachSchema(uri: monaco.Uri, tables: readonly TableInfo[], version: number): Promise<void> {
  const worker = await (await getKustoWorker())(uri);
  const database = {
    name: 'default',
    majorVersion: version,
    minorVersion: 0,
    entityGroups: [],
    functions: [],
    tables: tables.map(({ name, columns }) => ({
      name,
      entityType: 'Table' as const,
      columns: columns.map((column) => ({ name: column.name, type: column.type })),
    })),
  };
  await worker.setSchema({
    clusterType: 'Engine',
    cluster: { connectionString: 'https://bongsu', databases: [database] },
    database,
    globalScalarParameters: [],
  });
}

export { monaco };
