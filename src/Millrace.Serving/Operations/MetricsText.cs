using Millrace.Hosting.Meters;
using Millrace.Hosting;
using Millrace.Hosting.Status;
using Millrace.Quality.Continuous;
using Millrace.Serving.Exposures;

namespace Millrace.Serving.Operations;

/// <summary>
/// The status as Prometheus metrics. Names begin with <c>millrace_</c> and end in their unit, as Prometheus asks.
/// </summary>
internal static class MetricsText
{
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    public static byte[] Write(OperationalReading reading)
    {
        RuntimeStatus status = reading.Runtime;
        PrometheusText text = new();
        text.Family("millrace_up", "gauge", "1 when the runtime runs, 0 when it recovers, is faulted or stops.")
            .Sample("millrace_up", [], status.State == RuntimeState.Running ? 1 : 0);
        WriteSources(text, status.Sources);
        WriteModels(text, status.Models);
        text.Family("millrace_log_position", "counter", "Records and clock readings committed to the log.")
            .Sample("millrace_log_position", [], status.Log.CommittedPosition);
        text.Family("millrace_engine_lag", "gauge", "Committed records and clock readings not processed yet.")
            .Sample("millrace_engine_lag", [], status.Engine.Lag);
        text.Family("millrace_deployment", "gauge", "The number of the deployment that runs.")
            .Sample("millrace_deployment", [], status.Deployment.Number);
        text.Family("millrace_rebuild_left", "gauge", "Records that a changed project's models have still to see.")
            .Sample("millrace_rebuild_left", [], status.Deployment.Of - status.Deployment.Records);
        text.Family("millrace_engine_busy_seconds_total", "counter", "Time spent in steps.")
            .Sample("millrace_engine_busy_seconds_total", [], status.Engine.BusySeconds);
        Histogram(
            text,
            "millrace_commit_seconds",
            "From a request's arrival until it is durable.",
            [("commit", [], status.Log.CommitLatency)]);
        DurabilityMetrics.Write(text, reading);
        WriteConditions(text, reading.Conditions);
        WriteExposures(text, reading.Exposures);
        return text.ToBytes();
    }

    private static void WriteSources(PrometheusText text, IReadOnlyList<SourceStatus> sources)
    {
        Each(text, "millrace_source_records_total", "counter", "Records taken, without duplicates.", sources,
            s => (s.Name, s.Records));
        Each(text, "millrace_source_bad_total", "counter", "Records that could not be read.", sources,
            s => (s.Name, s.Bad));
        Each(text, "millrace_source_duplicates_total", "counter", "Records dropped because they repeat another.",
            sources, s => (s.Name, s.Duplicates));
        Each(text, "millrace_source_state_bytes", "gauge", "Memory by which duplicates are known.", sources,
            s => (s.Name, s.StateBytes));
        Each(text, "millrace_source_rejected_total", "counter", "Records rejected since start.", sources,
            s => (s.Name, s.Rejected));
        Each(text, "millrace_source_last_record_timestamp_seconds", "gauge", "When the last record came.", sources,
            s => (s.Name, s.LastRecordMs / 1000.0 ?? double.NaN));

        static void Each(
            PrometheusText text, string name, string type, string help, IReadOnlyList<SourceStatus> items,
            Func<SourceStatus, (string Name, double Value)> select)
        {
            text.Family(name, type, help);
            foreach (SourceStatus item in items)
            {
                (string label, double value) = select(item);
                text.Sample(name, "source", label, value);
            }
        }
    }

    private static void WriteModels(PrometheusText text, IReadOnlyList<ModelStatus> models)
    {
        Each("millrace_model_rows_in_total", "counter", "Rows read.", m => m.RowsIn);
        Each("millrace_model_rows_out_total", "counter", "Rows written to the model's topic.", m => m.RowsOut);
        Each("millrace_model_late_total", "counter", "Rows that came for a closed window.", m => m.Late);
        Each("millrace_model_bad_total", "counter", "Rows for which an expression failed.", m => m.Bad);
        Each("millrace_model_unmatched_total", "counter", "Rows of a join that met no version.", m => m.Unmatched);
        Each("millrace_model_late_versions_total", "counter",
            "Versions that came too late for events they applied to.", m => m.LateVersions);
        Each("millrace_model_open_groups", "gauge", "Groups in open windows.", m => m.OpenGroups);
        Each("millrace_model_state_bytes", "gauge", "Memory that the model's state takes, about.", m => m.StateBytes);

        text.Family("millrace_operator_state_bytes", "gauge", "Memory of an operator's state, about.");
        foreach (ModelStatus model in models)
        {
            foreach (OperatorStatus @operator in model.Operators)
            {
                text.Sample("millrace_operator_state_bytes",
                    [("model", model.Name), ("operator", @operator.Name), ("kind", @operator.Kind)],
                    @operator.StateBytes);
            }
        }

        void Each(string name, string type, string help, Func<ModelStatus, double> select)
        {
            text.Family(name, type, help);
            foreach (ModelStatus model in models)
            {
                text.Sample(name, "model", model.Name, select(model));
            }
        }
    }

    private static void WriteConditions(PrometheusText text, IReadOnlyList<Condition> conditions)
    {
        text.Family("millrace_condition", "gauge", "0 unknown, 1 ok, 2 warning, 3 error.");
        foreach (Condition condition in conditions)
        {
            text.Sample("millrace_condition",
                [("subject", condition.Subject), ("table", condition.Table), ("check", condition.Check)],
                (int)condition.Health);
        }
    }

    private static void WriteExposures(PrometheusText text, IReadOnlyList<ExposureMeter> exposures)
    {
        Histogram(text, "millrace_exposure_seconds", "How long an exposure's answers took.",
            [.. exposures.Select(e => (e.Exposure.Name, new[] { ("exposure", e.Exposure.Name) }, e.Latency))]);
        text.Family("millrace_exposure_failed_total", "counter", "Answers that failed by the server's fault.");
        foreach (ExposureMeter meter in exposures)
        {
            text.Sample("millrace_exposure_failed_total", "exposure", meter.Exposure.Name, meter.Failed);
        }

        text.Family("millrace_exposure_sla_seconds", "gauge", "The promised 99th percentile.");
        foreach (ExposureMeter meter in exposures.Where(m => m.Exposure.Sla?.LatencyP99Ms is not null))
        {
            text.Sample("millrace_exposure_sla_seconds", "exposure", meter.Exposure.Name,
                meter.Exposure.Sla!.LatencyP99Ms!.Value / 1000);
        }
    }

    private static void Histogram(
        PrometheusText text,
        string name,
        string help,
        (string Key, (string, string)[] Labels, LatencyHistogram Values)[] series)
    {
        text.Family(name, "histogram", help);
        foreach ((_, (string, string)[] labels, LatencyHistogram values) in series)
        {
            foreach (double bound in Bounds)
            {
                string le = bound.ToString(System.Globalization.CultureInfo.InvariantCulture);
                text.Sample($"{name}_bucket", [.. labels, ("le", le)], values.CountWithin(TimeSpan.FromSeconds(bound)));
            }

            text.Sample($"{name}_bucket", [.. labels, ("le", "+Inf")], values.Count);
            text.Sample($"{name}_sum", labels, values.Sum.TotalSeconds);
            text.Sample($"{name}_count", labels, values.Count);
        }
    }
}
