namespace Millrace.Data.Json;

/// <summary>Which types JSON can carry.</summary>
public static class JsonFormat
{
    /// <summary>Whether values of a type can be read and written: keys of MAP and MULTISET must be texts.</summary>
    public static bool Supports(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Map => type.Key!.IsCharacter && Supports(type.Element!),
        SqlTypeKind.Multiset => type.Element!.IsCharacter,
        SqlTypeKind.Array => Supports(type.Element!),
        SqlTypeKind.Row => type.Fields.Items.All(f => Supports(f.Type)),
        _ => true,
    };

    internal static void RequireSupported(SqlType type)
    {
        if (!Supports(type))
        {
            throw new ArgumentException($"JSON has no form for {type}: keys must be texts", nameof(type));
        }
    }
}
