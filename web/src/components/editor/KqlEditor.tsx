import { useEffect, useRef } from 'react';
import { monaco, teachSchema } from './monacoSetup';
import type { QueryEditorProps } from './QueryEditor';

const markerOwner = 'bongsu';
const minimumHeightPx = 74;
const maximumHeightPx = 340;

interface KqlEditorProps extends QueryEditorProps {
  /** Where the caret of the plain text area was, when it was in use while this editor was on its way. */
  readonly initialCaret: number | null;
}

/** The editor that knows KQL and the schema. Loaded on demand. */
export function KqlEditor(props: KqlEditorProps) {
  const { value, error, tables, schemaVersion, theme, label, initialCaret } = props;
  const host = useRef<HTMLDivElement>(null);
  const editorRef = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef(props);
  latest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; later values reach it by the effects below
  useEffect(() => {
    if (!host.current) {
      return;
    }

    const model = monaco.editor.createModel(value, 'kusto');
    const editor = monaco.editor.create(host.current, {
      model,
      theme: `bongsu-${theme}`,
      ariaLabel: label,
      automaticLayout: true,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: 13.5,
      lineHeight: 21,
      minimap: { enabled: false },
      lineNumbers: 'off',
      glyphMargin: false,
      folding: false,
      lineDecorationsWidth: 10,
      lineNumbersMinChars: 0,
      padding: { top: 8, bottom: 8 },
      scrollBeyondLastLine: false,
      wordWrap: 'on',
      wordBasedSuggestions: 'off',
      fixedOverflowWidgets: true,
      overviewRulerLanes: 0,
      hideCursorInOverviewRuler: true,
      scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 8 },
      renderLineHighlight: 'none',
      contextmenu: false,
      'semanticHighlighting.enabled': true,
    });
    editorRef.current = editor;
    const run = () => latest.current.onRun(editor.getValue());
    editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, run);
    editor.addCommand(monaco.KeyMod.Shift | monaco.KeyCode.Enter, run);
    const changes = model.onDidChangeContent(() => {
      monaco.editor.setModelMarkers(model, markerOwner, []);
      latest.current.onChange(model.getValue());
    });
    const resize = editor.onDidContentSizeChange(({ contentHeight }) => fitHeight(host.current, contentHeight));
    fitHeight(host.current, editor.getContentHeight());
    if (initialCaret !== null) {
      editor.focus();
      editor.setPosition(model.getPositionAt(initialCaret));
    }

    return () => {
      changes.dispose();
      resize.dispose();
      editor.dispose();
      model.dispose();
      editorRef.current = null;
    };
  }, []);

  useEffect(() => {
    const model = editorRef.current?.getModel();
    if (model && model.getValue() !== value) {
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
    }
  }, [value]);

  useEffect(() => monaco.editor.setTheme(`bongsu-${theme}`), [theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when names and types changed; row counts change all the time
  useEffect(() => {
    const model = editorRef.current?.getModel();
    if (model) {
      teachSchema(model.uri, tables, schemaVersion).catch((reason: unknown) => {
        console.error('the KQL language service did not take the schema', reason);
      });
    }
  }, [schemaVersion]);

  useEffect(() => {
    const model = editorRef.current?.getModel();
    if (model) {
      const markers =
        error?.line && error.column ? [markerOf(error.line, error.column, error.length, error.message)] : [];
      monaco.editor.setModelMarkers(model, markerOwner, markers);
    }
  }, [error]);

  return <div className="kql-editor" ref={host} data-testid="kql-editor" />;
}

function fitHeight(host: HTMLElement | null, contentHeightPx: number): void {
  if (host) {
    host.style.height = `${Math.min(Math.max(contentHeightPx, minimumHeightPx), maximumHeightPx)}px`;
  }
}

function markerOf(
  line: number,
  column: number,
  length: number | undefined,
  message: string,
): monaco.editor.IMarkerData {
  return {
    severity: monaco.MarkerSeverity.Error,
    startLineNumber: line,
    endLineNumber: line,
    startColumn: column,
    endColumn: column + Math.max(length ?? 1, 1),
    message,
    source: 'bongsu',
  };
}
