import { lazy, Suspense, useRef } from 'react';
import type { ErrorBody, TableInfo } from '../../api/types';

export interface QueryEditorProps {
  readonly value: string;
  readonly label: string;
  readonly theme: 'light' | 'dark';
  readonly tables: readonly TableInfo[];
  readonly schemaVersion: number;
  readonly error: ErrorBody | null;
  readonly onChange: (value: string) => void;
  readonly onRun: (value: string) => void;
}

const KqlEditor = lazy(() => import('./KqlEditor').then((module) => ({ default: module.KqlEditor })));

/** KQL text: a plain text area at once, the full editor as soon as it has been fetched. */
export function QueryEditor(props: QueryEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const noteCaret = () => {
    caret.current = document.activeElement === area.current ? (area.current?.selectionStart ?? null) : null;
  };
  const plain = (
    <textarea
      ref={area}
      className="kql-plain"
      aria-label={props.label}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      rows={Math.min(Math.max(props.value.split('\n').length, 3), 14)}
      value={props.value}
      onFocus={noteCaret}
      onBlur={noteCaret}
      onSelect={noteCaret}
      onChange={(event) => {
        noteCaret();
        props.onChange(event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey)) {
          event.preventDefault();
          props.onRun(event.currentTarget.value);
        }
      }}
    />
  );
  return (
    <Suspense fallback={plain}>
      <EditorWithCaret {...props} caret={caret} />
    </Suspense>
  );
}

function EditorWithCaret({ caret, ...props }: QueryEditorProps & { readonly caret: { current: number | null } }) {
  return <KqlEditor {...props} initialCaret={caret.current} />;
}
