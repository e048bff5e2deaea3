using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Storage.Verification;

namespace Millrace.Cli.Screens;

/// <summary>
/// Shows what verification finds, as it finds it, and what it has looked at; and says whether all is well. Notes and
/// warnings are no damage.
/// </summary>
internal static class VerificationScreen
{
    public static int Show(FolderVerification verification)
    {
        foreach (VerificationFinding finding in verification.Run())
        {
            string severity = finding.Severity.ToString().ToLowerInvariant();
            Console.Out.WriteLine($"{severity}: {Place(finding)}: {finding.Message}");
        }

        VerificationTotals totals = verification.Totals;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Count(totals.Files, "file")}, {totals.Bytes / 1048576.0:N1} MiB: "
            + $"{Count(totals.Batches, "batch", "batches")} of {Count(totals.Records, "record")}, "
            + $"{Count(totals.LedgerEntries, "ledger entry", "ledger entries")}, "
            + $"{Count(totals.Snapshots, "snapshot")}"));
        Console.Out.WriteLine(
            $"{Count(totals.Errors, "error")}, {Count(totals.Warnings, "warning")}, {Count(totals.Notes, "note")}");
        return CodeOf(totals);
    }

    public static int ShowJson(FolderVerification verification)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("findings");
            foreach (VerificationFinding finding in verification.Run())
            {
                Write(json, finding);
            }

            json.WriteEndArray();
            Write(json, verification.Totals);
            json.WriteEndObject();
        }

        Console.Out.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
        return CodeOf(verification.Totals);
    }

    private static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    private static int CodeOf(VerificationTotals totals) => totals.Errors == 0 ? ExitCode.Ok : ExitCode.Error;

    private static string Place(VerificationFinding finding)
    {
        string byteAt = finding.Position < 0 ? "" : $" at byte {finding.Position}";
        string offsets = finding.FirstOffset < 0 ? ""
            : finding.LastOffset > finding.FirstOffset ? $", offsets {finding.FirstOffset} to {finding.LastOffset}"
            : $", offset {finding.FirstOffset}";
        string topic = finding.Topic is null ? "" : $" (topic {finding.Topic}, partition {finding.Partition}{offsets})";
        return finding.Path + byteAt + topic;
    }

    private static void Write(Utf8JsonWriter json, VerificationFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("path", finding.Path);
        Number(json, "position", finding.Position);
        json.WriteString("message", finding.Message);
        json.WriteString("topic", finding.Topic);
        Number(json, "partition", finding.Partition);
        Number(json, "first_offset", finding.FirstOffset);
        Number(json, "last_offset", finding.LastOffset);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VerificationTotals totals)
    {
        json.WriteStartObject("totals");
        json.WriteNumber("files", totals.Files);
        json.WriteNumber("bytes", totals.Bytes);
        json.WriteNumber("batches", totals.Batches);
        json.WriteNumber("records", totals.Records);
        json.WriteNumber("ledger_entries", totals.LedgerEntries);
        json.WriteNumber("snapshots", totals.Snapshots);
        json.WriteNumber("errors", totals.Errors);
        json.WriteNumber("warnings", totals.Warnings);
        json.WriteNumber("notes", totals.Notes);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long value)
    {
        if (value < 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }
}
