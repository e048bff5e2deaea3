using System.Collections.Immutable;
using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// The tables of WITH that are visible at a place: they hide the catalog's. Of two of one name the later wins.
/// </summary>
internal sealed class CommonTables
{
    public static readonly CommonTables None = new(ImmutableDictionary<string, PlanNode>.Empty);

    private readonly ImmutableDictionary<string, PlanNode> plans;

    private CommonTables(ImmutableDictionary<string, PlanNode> plans)
    {
        this.plans = plans;
    }

    public CommonTables With(string name, PlanNode plan) => new(plans.SetItem(name, plan));

    public PlanNode? Find(string name) => plans.GetValueOrDefault(name);
}
