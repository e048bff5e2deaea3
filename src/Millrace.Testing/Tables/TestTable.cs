using Millrace.Engine;
using Millrace.Plans;

namespace Millrace.Testing.Tables;

/// <summary>An input of a test: the table as SQL sees it, and the topic that the engine reads.</summary>
public sealed record TestTable(TableDefinition Definition, TopicSpec Topic)
{
    public string Name => Definition.Name;
}
