using System.Security.Cryptography;
using System.Text;

namespace Millrace.Projects;

/// <summary>A short text that is the same for the same parts, and else, but for chance, another.</summary>
internal static class Fingerprint
{
    public static string Of(params IEnumerable<string> parts)
    {
        StringBuilder text = new();
        foreach (string part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }
}
