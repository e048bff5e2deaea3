using System.Reflection;
using Millrace.Plans;
using Xunit;

namespace Millrace.Tidy.Completeness;

/// <summary>Law 9 on this repository, and on bad examples.</summary>
public class CompletenessTests
{
    private static readonly CompletenessRule Here = new(Repository.Exists);

    [Fact]
    public void Every_plan_node_has_an_operator_and_a_spec()
    {
        List<Type> nodes =
            [.. typeof(PlanNode).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PlanNode)) && !t.IsAbstract)];
        Assert.NotEmpty(nodes);
        Tidy.None(nodes.SelectMany(n => Here.Node(n.Name)));
    }

    [Fact]
    public void Every_function_has_a_spec()
    {
        List<string> scalars = Names<ScalarFunction>();
        List<string> aggregates = Names<AggregateFunction>();
        Assert.Equal(ScalarFunction.All.Count, scalars.Count);
        Assert.Equal(AggregateFunction.All.Count, aggregates.Count);
        Tidy.None(scalars.SelectMany(n => Here.Function("functions", n))
            .Concat(aggregates.SelectMany(n => Here.Function("aggregates", n))));
    }

    [Fact]
    public void A_missing_stage_is_told()
    {
        CompletenessRule nothing = new(_ => false);
        Tidy.Says("lacks src/Millrace.Engine/Operators/WindowAggregateOperator.cs", nothing.Node("WindowAggregate"));
        Tidy.Says("lacks specs/sql/window_aggregate", nothing.Node("WindowAggregate"));
        Tidy.Says("lacks specs/functions/is_not_null", nothing.Function("functions", "IsNotNull"));
        Tidy.None(new CompletenessRule(_ => true).Node("Filter"));
    }

    private static List<string> Names<T>() =>
        [.. typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(T))
            .Select(f => f.Name)];
}
