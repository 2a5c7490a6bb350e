namespace Bongsu.Core.Patterns;

/// <summary>Makes messages read alike that differ in the form of their variables only.</summary>
internal static class AtomSimplifier
{
    /// <summary>The atoms from a place on, with lists, objects and hosts as single variables.</summary>
    public static List<Atom> Simplify(List<Atom> atoms, int start)
    {
        var simple = new List<Atom>();
        for (int atom = start; atom < atoms.Count; atom++)
        {
            Atom current = atoms[atom];
            if (IsObject(atoms, atom, simple) && Brackets.End(atoms, atom) is > 0 and var end)
            {
                // "ws=null", "ws=WorkSource{10113}", "ids=[1, 2]": a value.
                if (!simple[^1].IsVariable)
                {
                    simple.Add(current.AsVariable());
                }

                atom = end - 1;
                continue;
            }

            if (IsHost(atoms, atom) || IsBelow(atoms, atom))
            {
                simple.Add(current.AsVariable());
                atom += current.IsWord ? 2 : 1;
                continue;
            }

            if (current.IsMark(')') && simple.Count > 0 && simple[^1].IsMark('(') && simple[^1].IsSpaced)
            {
                simple.Add(current.AsVariable());
            }

            Add(simple, current);
        }

        return simple;
    }

    // A list of variables is as good as one.
    private static void Add(List<Atom> simple, Atom atom)
    {
        if (atom.IsVariable && simple.Count > 0)
        {
            if (simple[^1].IsVariable)
            {
                return;
            }

            if (simple.Count > 1 && (simple[^1].IsMark(',') || simple[^1].IsMark(':')) && simple[^2].IsVariable)
            {
                simple.RemoveAt(simple.Count - 1);
                return;
            }
        }

        simple.Add(atom);
    }

    private static bool IsObject(List<Atom> atoms, int atom, List<Atom> simple) =>
        simple.Count > 0 && Brackets.Opens(atoms[atom]) && !atoms[atom].IsSpaced &&
        (simple[^1].IsMark('=') || (simple[^1].IsVariable && simple.Count > 1 && simple[^2].IsMark('=')));

    // A dotted name with a port.
    private static bool IsHost(List<Atom> atoms, int atom) =>
        atom + 2 < atoms.Count && atoms[atom].IsWord && atoms[atom].Text.Contains('.', StringComparison.Ordinal) &&
        atoms[atom + 1].IsMark(':') && !atoms[atom + 1].IsSpaced && atoms[atom + 2].IsVariable && !atoms[atom + 2].IsSpaced;

    // "<1 sec" is a time like any other.
    private static bool IsBelow(List<Atom> atoms, int atom) =>
        atom + 2 < atoms.Count && atoms[atom].IsMark('<') && atoms[atom + 1].IsVariable && !atoms[atom + 1].IsSpaced &&
        atoms[atom + 2] is { IsSpaced: true, Text: "sec" or "second" or "seconds" or "ms" or "min" };
}
