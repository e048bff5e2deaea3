using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql;

namespace Millrace.Projects;

/// <summary>Puts together what is declared and what was inferred of each table.</summary>
internal sealed class TableCompiler
{
    private readonly ProjectDefinition project;
    private readonly TypedProject typed;
    private readonly VersionUses versions;
    private readonly InferenceLog log;
    private readonly EventTimes times;
    private readonly KeyColumns keys;

    public TableCompiler(ProjectDefinition project, TypedProject typed, VersionUses versions, InferenceLog log)
    {
        this.project = project;
        this.typed = typed;
        this.versions = versions;
        this.log = log;
        times = new EventTimes(typed, versions, log);
        keys = new KeyColumns(typed, versions, log);
    }

    public CompiledSource Source(SourceDefinition source)
    {
        TableDefinition table = typed.Tables[source.Name];
        CompiledTopic topic = TopicOf(source, project.TopicDefaults);
        LogTypes(source);
        return new CompiledSource
        {
            Name = source.Name,
            Location = source.Location,
            Description = source.Description,
            Owner = source.Owner,
            Tags = source.Tags,
            Topic = topic,
            Columns = ColumnsOf(source, table),
            Schema = SchemaOf(table),
            Table = table,
            KeyColumn = keys.OfSource(source, table),
            EventTime = times.Of(source, table),
            Versioning = times.VersioningOf(source, table),
            IsVersionedOnly = versions.IsVersionedOnly(source.Name),
            Freshness = source.Freshness,
            Dedup = source.Dedup is { } dedup ? new CompiledDedup(
                table.Fields.ToList().FindIndex(f => f.Name == dedup.Key.Value), dedup.WindowMs.Value) : null,
        };
    }

    public CompiledModel Model(ModelNode node)
    {
        ModelDefinition model = node.Model;
        TableDefinition table = typed.Tables[model.Name];
        PlanNode plan = typed.Plans[model.Name];
        return new CompiledModel
        {
            Name = model.Name,
            Location = model.Location,
            Description = model.Description,
            Owner = model.Owner,
            Tags = model.Tags,
            Materialization = Materializer.Of(node, plan, log),
            Topic = TopicOf(model, project.ModelTopicDefaults),
            Columns = ColumnsOf(model, table),
            Schema = SchemaOf(table),
            Table = table,
            KeyColumn = KeyColumns.Declared(model, table),
            EventTime = times.Of(model, table),
            Versioning = times.VersioningOf(model, table),
            IsVersionedOnly = versions.IsVersionedOnly(model.Name),
            Plan = plan,
            Inputs = node.Inputs,
            Sql = node.Sql.Text.Text,
            Flink = model.Flink,
        };
    }

    private CompiledTopic TopicOf(TableDeclaration table, TopicDefinition defaults)
    {
        TopicDefinition said = table.Topic;
        if (said.Name is null)
        {
            log.Add(InferenceKind.TopicName, table.Name, table.Name, $"the {table.Kind} names no topic");
        }

        int? partitions = said.Partitions ?? defaults.Partitions ?? project.TopicDefaults.Partitions;
        if (partitions is null)
        {
            log.Add(InferenceKind.Partitions, table.Name, "1", "nothing else is said");
        }

        int? replicas = said.ReplicationFactor ?? defaults.ReplicationFactor ?? project.TopicDefaults.ReplicationFactor;
        IReadOnlyDictionary<string, string> config =
            Layered(project.TopicDefaults.Config, defaults.Config, said.Config);
        return new CompiledTopic(TableNames.TopicOf(table), partitions ?? 1, replicas, config)
        {
            Settings = TopicSettings.Of(config),
        };
    }

    /// <summary>The settings of all layers; the later win.</summary>
    private static Dictionary<string, string> Layered(params IReadOnlyDictionary<string, string>[] layers)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach ((string name, string value) in layers.SelectMany(l => l))
        {
            all[name] = value;
        }

        return all;
    }

    private static CompiledColumn[] ColumnsOf(TableDeclaration declaration, TableDefinition table) =>
    [
        .. table.Fields.Select(f => (Field: f, Said: declaration.FindColumn(f.Name))).Select(
            c => new CompiledColumn(c.Field.Name, c.Field.Type, c.Said?.Description, c.Said?.Classification)),
    ];

    private static Schema SchemaOf(TableDefinition table) =>
        new([.. table.Fields.Select(f => new SchemaColumn(f.Name, f.Type))]);

    private void LogTypes(SourceDefinition source)
    {
        foreach (ColumnDefinition said in source.Columns.Where(c => c.Type is null))
        {
            TypedColumn column = typed.Types.Find(new ColumnOrigin(source.Name, said.Name))!;
            TypeDemand? use = column.DecidedBy;
            string reason = use is not null ? $"it is used {use.Use}"
                : column.IsDeclared ? "it is the event time"
                : "no use asks for another type";
            log.Add(InferenceKind.ColumnType, column.Origin.ToString(), column.Type.ToString(), reason, use?.Location);
        }
    }
}
