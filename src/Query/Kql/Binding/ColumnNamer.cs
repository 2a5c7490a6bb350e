using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Gives the columns of one result distinct names; made-up names give way, written ones must be
/// distinct.</summary>
internal sealed class ColumnNamer
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private int _unnamed;

    /// <summary>A name that the query wrote.</summary>
    /// <exception cref="QueryException">It was written before.</exception>
    public string Write(NameSyntax name)
    {
        if (!_written.Add(name.Name))
        {
            throw new QueryException(
                "name",
                $"column '{name.Name}' is given twice; write {name.Name}2 = … for one of them",
                name.Span);
        }

        return Suggest(name.Name);
    }

    /// <summary>A name that was made up: gets a number where it is taken; null makes <c>Column1</c> and so
    /// on.</summary>
    public string Suggest(string? name)
    {
        if (name is null)
        {
            do
            {
                name = "Column" + (++_unnamed).ToString(CultureInfo.InvariantCulture);
            }
            while (!_taken.Add(name));
            return name;
        }

        string unique = name;
        for (int number = 1; !_taken.Add(unique); number++)
        {
            unique = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    /// <summary>Marks the names of columns that stay.</summary>
    public void Take(Schema schema)
    {
        foreach (Column column in schema.Columns)
        {
            _taken.Add(column.Name);
        }
    }
}
