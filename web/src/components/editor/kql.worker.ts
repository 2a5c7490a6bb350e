import './workerGlobals';
import '@kusto/monaco-kusto/release/esm/kusto.worker';

/** The little of the language service's global namespace that is used here. */
interface KustoSymbols {
  readonly ScalarTypes: { GetSymbol: (name: string) => unknown };
  readonly DynamicBagSymbol: { readonly ctor: new (columns: readonly unknown[]) => unknown };
  readonly ColumnSymbol: new (name: string, type: unknown) => unknown;
}

type Shape = string | { readonly [key: string]: Shape };

const symbols = (globalThis as unknown as { Kusto: { Language: { Symbols: KustoSymbols } } }).Kusto.Language.Symbols;
const plain = symbols.ScalarTypes.GetSymbol.bind(symbols.ScalarTypes);

// The schema the service takes has no way to say which keys a dynamic column holds; a type spelled
// `dynamic{"key":"type"}` says it here.
symbols.ScalarTypes.GetSymbol = (name) =>
  name.startsWith('dynamic{') ? bagOf(JSON.parse(name.slice(7)) as Shape) : plain(name);

function bagOf(shape: Shape): unknown {
  return typeof shape === 'string'
    ? plain(shape)
    : new symbols.DynamicBagSymbol.ctor(
        Object.entries(shape).map(([key, inner]) => new symbols.ColumnSymbol(key, bagOf(inner))),
      );
}
