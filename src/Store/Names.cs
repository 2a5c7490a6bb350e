using System.Text;

namespace Bongsu.Store;

/// <summary>Which names tenants, tables and collections may have. None of them ever becomes a path as it is.</summary>
internal static class Names
{
    private const int MaxTenantLength = 63;
    private const int MaxTableLength = 200;

    public static void CheckTenant(string name)
    {
        if (!IsPlain(name))
        {
            throw Invalid("tenant", name, $"1 to {MaxTenantLength} of a-z, 0-9, '-' and '_', beginning with a letter or digit");
        }
    }

    public static void CheckCollection(string name)
    {
        if (!IsPlain(name))
        {
            throw Invalid("collection", name, $"1 to {MaxTenantLength} of a-z, 0-9, '-' and '_', beginning with a letter or digit");
        }
    }

    public static void CheckTable(string name)
    {
        bool isValid = name.Length is > 0 and <= MaxTableLength;
        bool isFirst = true;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool isWord = (Rune.IsLetterOrDigit(rune) && rune != Rune.ReplacementChar) || rune.Value == '_';
            isValid &= isWord || (!isFirst && rune.Value is '-' or '.' or '@');
            isFirst = false;
        }

        if (!isValid || name.Contains("..", StringComparison.Ordinal))
        {
            throw Invalid("table", name, $"1 to {MaxTableLength} letters, digits, '_', '-', '.' and '@', beginning with a letter, digit or '_'");
        }
    }

    private static bool IsPlain(string name)
    {
        bool isValid = name.Length is > 0 and <= MaxTenantLength && name[0] is not ('-' or '_');
        foreach (char letter in name)
        {
            isValid &= letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_';
        }

        return isValid;
    }

    private static StoreException Invalid(string kind, string name, string expected)
    {
        string shown = name.Length > 80 ? name[..80] + "…" : name;
        return new StoreException("invalid_name", $"{kind} name '{shown}' is not allowed: expected {expected}");
    }
}
