// The Kusto language service expects Node's `global`. Its own file, because imports run before statements.
(globalThis as { global?: unknown }).global = globalThis;
