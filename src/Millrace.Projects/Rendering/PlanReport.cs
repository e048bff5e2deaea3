using System.Text;
using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>What <c>millrace compile</c> prints: the plan of each model, as EXPLAIN writes it.</summary>
public static class PlanReport
{
    public static string Text(CompiledProject project)
    {
        StringBuilder text = new();
        foreach (CompiledModel model in project.Models)
        {
            text.Append(model.Name).Append('\n');
            foreach (string line in ExplainPrinter.Print(model.Plan).TrimEnd('\n').Split('\n'))
            {
                text.Append("  ").Append(line).Append('\n');
            }

            text.Append('\n');
        }

        text.Length -= text.Length > 0 ? 1 : 0;
        return text.ToString();
    }

    public static string Json(CompiledProject project) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (CompiledModel model in project.Models)
        {
            json.WriteStartObject();
            json.WriteString("name", model.Name);
            json.WriteString("materialized", model.Materialization.ToString().ToLowerInvariant());
            JsonText.WriteStrings(json, "inputs", model.Inputs);
            json.WriteString("sql", model.Sql);
            JsonText.WriteStrings(json, "plan", ExplainPrinter.Print(model.Plan).TrimEnd('\n').Split('\n'));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
