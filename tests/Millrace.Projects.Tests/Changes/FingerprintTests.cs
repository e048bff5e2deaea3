using System.Reflection;
using Millrace.Data;
using Millrace.Plans;
using Xunit;

namespace Millrace.Projects.Tests;

/// <summary>What a fingerprint must see: nothing that decides a value may be left out of it.</summary>
public sealed class FingerprintTests
{
    [Fact]
    public void Every_kind_of_expression_has_a_print()
    {
        Expression one = Literal.OfInt(1);
        Expression[] all =
        [
            one,
            new InputColumn(0, "a", SqlType.Int),
            new CallExpression(ScalarFunction.Abs, [one], SqlType.Int),
            new CastExpression(one, SqlType.BigInt),
            new CaseExpression([new CaseBranch(Literal.OfBoolean(true), one)], one, SqlType.Int),
            new InListExpression(one, [Literal.OfInt(2)], SqlType.Boolean),
        ];
        IEnumerable<Type> kinds = typeof(Expression).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Expression)) && !t.IsAbstract);
        Assert.Equal(kinds.Select(t => t.Name).Order(), all.Select(e => e.GetType().Name).Order());
        Assert.Equal(all.Length, all.Select(e => Deep(e)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_differs_has_another_print(Expression a, Expression b) => Assert.NotEqual(Deep(a), Deep(b));

    public static TheoryData<Expression, Expression> Pairs => new()
    {
        { Literal.OfInt(1), Literal.OfInt(2) },
        { Literal.OfInt(1), new Literal(1L, SqlType.BigInt.NotNull()) },
        { Literal.OfString("a, b"), Literal.OfString("a', 'b") },
        { In("a", "b"), In("a, b") },
        { In("a"), In("a", "a") },
        { Call(ScalarFunction.Add), Call(ScalarFunction.Subtract) },
        { Cast(SqlType.BigInt), Cast(SqlType.BigInt, isTry: true) },
        { Cast(SqlType.BigInt), Cast(SqlType.Double) },
    };

    /// <summary>A node that the printer does not know would be compared as if it were not there.</summary>
    [Fact]
    public void Every_kind_of_node_is_known()
    {
        string source = File.ReadAllText(
            Path.Combine(Checkout.Root, "src", "Millrace.Projects", "Changes", "PlanPrinter.cs"));
        string[] unknown =
        [
            .. typeof(PlanNode).Assembly.GetTypes()
                .Where(t => t.IsSubclassOf(typeof(PlanNode)) && !t.IsAbstract)
                .Select(t => t.Name).Where(n => !source.Contains($"        {n} ", StringComparison.Ordinal)),
        ];
        Assert.Empty(unknown);
    }

    /// <summary>Settings of a table that a comparison has to look at; a new one must be thought of.</summary>
    [Fact]
    public void Every_property_of_a_source_is_compared_or_without_effect()
    {
        string[] known =
        [
            "Name", "Topic", "Columns", "Schema", "Table", "KeyColumn", "EventTime", "Versioning", "IsVersioned",
            "IsVersionedOnly", "Description", "Owner", "Tags", "Location", "Freshness", "Dedup",
        ];
        PropertyInfo[] all = typeof(CompiledSource).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        Assert.Equal(known.Order(), all.Select(p => p.Name).Order());
    }

    private static Expression In(params string[] items) =>
        new InListExpression(Literal.OfString("x"), [.. items.Select(Literal.OfString)], SqlType.Boolean);

    private static CastExpression Cast(SqlType type, bool isTry = false) => new(Literal.OfInt(1), type, isTry);

    private static Expression Call(ScalarFunction function) =>
        new CallExpression(function, [Literal.OfInt(1), Literal.OfInt(2)], SqlType.Int);

    private static string Deep(Expression expression) =>
        ExpressionPrint.Of(expression, [new Print("a", "column a", [])]).Deep;
}
