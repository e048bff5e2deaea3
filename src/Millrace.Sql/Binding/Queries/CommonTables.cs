using System.Collections.Immutable;
using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// The tables of WITH that are visible at a place: they hide the catalog's. Of two of one name the later wins.
/// </summary>
internal sealed class CommonTables
{
    public static readonly CommonTables None = new(ImmutableDictionary<string, PlanNode?>.Empty);

    private readonly ImmutableDictionary<string, PlanNode?> plans;

    private CommonTables(ImmutableDictionary<string, PlanNode?> plans)
    {
        this.plans = plans;
    }

    /// <summary>Adds a table; null for one that is wrong: whoever names it need not be told again.</summary>
    public CommonTables With(string name, PlanNode? plan) => new(plans.SetItem(name, plan));

    /// <summary>Whether there is such a table; its plan is null when it is wrong.</summary>
    public bool TryFind(string name, out PlanNode? plan) => plans.TryGetValue(name, out plan);
}
