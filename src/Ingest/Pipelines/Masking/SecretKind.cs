namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Kinds of personal data that are found by their form.</summary>
[Flags]
internal enum SecretKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Korean resident registration number, foreigners' included.</summary>
    ResidentNumber = 1,

    /// <summary>Korean telephone number.</summary>
    Phone = 2,

    /// <summary>Payment card number.</summary>
    Card = 4,

    /// <summary>Mail address.</summary>
    Email = 8,

    /// <summary>Bearer token, or JSON web token.</summary>
    Token = 16,

    /// <summary>All of them.</summary>
    All = ResidentNumber | Phone | Card | Email | Token,

    /// <summary>Those made of digits.</summary>
    Digits = ResidentNumber | Phone | Card,
}
