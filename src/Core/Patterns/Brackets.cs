namespace Bongsu.Core.Patterns;

/// <summary>Finds the partners of brackets.</summary>
internal static class Brackets
{
    /// <summary>The index behind the partner of an opening bracket; -1 if it has none.</summary>
    public static int End(IReadOnlyList<Atom> atoms, int start)
    {
        int depth = 0;
        for (int atom = start; atom < atoms.Count; atom++)
        {
            if (atoms[atom].Kind != AtomKind.Mark)
            {
                continue;
            }

            depth += atoms[atom].Text[0] switch
            {
                '(' or '[' or '{' => 1,
                ')' or ']' or '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return atom + 1;
            }
        }

        return -1;
    }

    /// <summary>Whether an atom opens a bracket.</summary>
    public static bool Opens(Atom atom) => atom.Kind == AtomKind.Mark && atom.Text[0] is '(' or '[' or '{';
}
