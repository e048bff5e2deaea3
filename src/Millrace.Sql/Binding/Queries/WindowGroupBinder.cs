using Millrace.Data;
using Millrace.Plans;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Binding;

/// <summary>
/// Binds SELECT .. GROUP BY keys, TUMBLE(..): below the aggregate a projection of what it reads, the aggregate,
/// HAVING above it and the SELECT list over keys, aggregates and window properties.
/// </summary>
internal sealed class WindowGroupBinder(BindingContext context, SelectSyntax select, PlanNode input, Scope scope)
{
    private readonly ExpressionList inputs = new();
    private readonly List<int> keys = [];
    private readonly List<AggregateCall> calls = [];
    private readonly List<WindowProperty> properties = [];
    private WindowClause? window;
    private ExpressionBinder below = null!;

    public PlanNode? Bind()
    {
        below = new ExpressionBinder(context, scope) { Place = "GROUP BY" };
        if (!BindGroupBy() || window is null)
        {
            return null;
        }

        // Twice: the columns of the window's properties stand behind those of the aggregates, whose number is known
        // only when the whole SELECT has been seen once.
        BindingContext real = context;
        context = real.Trial();
        BindAbove();
        context = real;
        if (BindAbove() is not { } above)
        {
            return null;
        }

        WindowAggregate aggregate = BuildAggregate(window);
        PlanNode plan = above.Having is { } having ? new Filter(aggregate, having) : aggregate;
        Field[] fields = [.. above.Output.Select(o => FieldOf(o, aggregate))];
        return new Project(plan, [.. above.Output.Select(o => o.Expression)], fields);
    }

    private (Expression? Having, List<OutputColumn> Output)? BindAbove()
    {
        ExpressionBinder above = new(context, Scope.Empty) { Intercept = TryBind, Place = "SELECT" };
        Expression? having = select.Having is { } clause ? above.BindCondition(clause.Condition, "HAVING") : null;
        List<OutputColumn>? output = new SelectListBinder(context, scope).Bind(select.Items, above, isGrouped: true);
        return output is null || (select.Having is not null && having is null) ? null : (having, output);
    }

    private bool BindGroupBy()
    {
        bool isWhole = true;
        foreach (GroupingElementSyntax element in select.GroupBy!.Elements)
        {
            if (element is not GroupingExpressionSyntax { Expression: var syntax })
            {
                context.Report(SqlSupportDiagnostics.ClauseNotSupported(context.At(element), "GROUPING SETS"));
                isWhole = false;
            }
            else if (WindowClause.IsWindow(syntax))
            {
                isWhole &= BindWindow((FunctionCallSyntax)syntax);
            }
            else if (below.Bind(syntax) is { } key)
            {
                int column = inputs.Add(key);
                if (!keys.Contains(column))
                {
                    keys.Add(column);
                }
            }
            else
            {
                isWhole = false;
            }
        }

        return isWhole;
    }

    private bool BindWindow(FunctionCallSyntax syntax)
    {
        if (window is not null)
        {
            context.Report(StreamDiagnostics.TwoWindows(context.At(syntax)));
            return false;
        }

        WindowClause? bound = WindowClause.Bind(syntax, below, scope, input, context);
        window = bound;
        return bound is not null;
    }

    /// <summary>Takes window properties, aggregates, group keys; refuses other columns of the input.</summary>
    private bool TryBind(ExpressionSyntax syntax, ExpressionBinder binder, out Expression? bound)
    {
        bound = null;
        if (syntax is FunctionCallSyntax call)
        {
            if (WindowClause.PropertyOf(call) is { } property)
            {
                bound = BindProperty(call, property);
                return true;
            }

            if (FunctionNames.IsAggregate(call.Name.Last.ToUpperInvariant()) && call.Over is null)
            {
                bound = BindAggregate(call);
                return true;
            }
        }

        if (KeyOf(syntax) is { } key)
        {
            bound = key;
            return true;
        }

        if (syntax is not NameExpressionSyntax name)
        {
            return false;
        }

        if (below.Bind(name) is not null)
        {
            context.Report(BindingDiagnostics.NotGrouped(context.At(name), name.ToString()));
        }

        return true;
    }

    /// <summary>The key's column when a construct is, bound over the input, the same as a group key.</summary>
    private InputColumn? KeyOf(ExpressionSyntax syntax)
    {
        if (syntax is NumberLiteralSyntax or StringLiteralSyntax or KeywordLiteralSyntax)
        {
            return null;
        }

        BindingContext trial = context.Trial();
        if (new ExpressionBinder(trial, scope).Bind(syntax) is not { } expression)
        {
            return null;
        }

        int place = keys.IndexOf(inputs.Find(expression));
        return place < 0 ? null : new InputColumn(place, syntax.ToString(), expression.Type);
    }

    private InputColumn? BindProperty(FunctionCallSyntax call, WindowProperty property)
    {
        WindowClause? same = call.Arguments.Count == 2 ? BindArguments(call) : null;
        if (same is null || same.Window != window!.Window || !ExpressionEquality.AreEqual(same.Time, window.Time))
        {
            context.Report(StreamDiagnostics.WindowFunctionWithoutWindow(context.At(call), call.Name.Last));
            return null;
        }

        int place = properties.IndexOf(property);
        if (place < 0)
        {
            place = properties.Count;
            properties.Add(property);
        }

        SqlType type = property == WindowProperty.RowTime ? window.Time.Type.Nullable()
            : SqlType.Timestamp(3).NotNull();
        return new InputColumn(keys.Count + calls.Count + place, property.ToString(), type);
    }

    private WindowClause? BindArguments(FunctionCallSyntax call)
    {
        ExpressionBinder trial = new(context.Trial(), scope);
        return trial.Bind(call.Arguments[0]) is { } time
            && trial.Bind(call.Arguments[1]) is Literal { Value: long size }
            ? new WindowClause(new TumbleWindow(size), time)
            : null;
    }

    private InputColumn? BindAggregate(FunctionCallSyntax call)
    {
        bool isStar = call.Arguments is [StarExpressionSyntax { Qualifier: null }];
        if (AggregateBinder.Find(call, context) is not { } function || !CheckCount(call, function, isStar))
        {
            return null;
        }

        ExpressionBinder inside = new(context, scope) { Place = $"another aggregate ({function.Name})" };
        InputColumn? argument = null;
        if (!isStar && (argument = Column(inside, call.Arguments[0], function)) is null)
        {
            return null;
        }

        Expression? condition = call.Filter is { } clause ? inside.BindCondition(clause.Condition, "FILTER") : null;
        if (call.Filter is not null && condition is null)
        {
            return null;
        }

        if (AggregateBinder.TypeOf(call, function, argument?.Type, context) is not { } type)
        {
            return null;
        }

        InputColumn? filter = condition is null ? null : AsColumn(condition);
        bool isExtremum = function == AggregateFunction.Min || function == AggregateFunction.Max;
        AggregateCall bound = new(function, argument, call.IsDistinct && !isExtremum, filter, type);
        int place = calls.FindIndex(c => c.ToString() == bound.ToString());
        if (place < 0)
        {
            place = calls.Count;
            calls.Add(bound);
        }

        return new InputColumn(keys.Count + place, $"agg{place}", type);
    }

    private bool CheckCount(FunctionCallSyntax call, AggregateFunction function, bool isStar)
    {
        if (isStar ? function == AggregateFunction.Count && !call.IsDistinct : call.Arguments.Count == 1)
        {
            return true;
        }

        context.Report(BindingDiagnostics.ArgumentCount(
            context.At(call), function.Name, "one argument", isStar ? null : call.Arguments.Count));
        return false;
    }

    private InputColumn? Column(ExpressionBinder inside, ExpressionSyntax syntax, AggregateFunction function)
    {
        if (inside.Bind(syntax) is not { } argument)
        {
            return null;
        }

        if (function == AggregateFunction.Sum || function == AggregateFunction.Avg)
        {
            inside.DemandOf(syntax, argument, TypeFamily.Numeric, $"in {function.Name}");
        }

        if (argument.Type.Kind == SqlTypeKind.Null)
        {
            context.Report(BindingDiagnostics.UntypedNull(context.At(syntax)));
            return null;
        }

        return AsColumn(argument);
    }

    private InputColumn AsColumn(Expression expression)
    {
        int column = inputs.Add(expression);
        return new InputColumn(column, expression is InputColumn c ? c.Name : $"expr{column}", expression.Type);
    }

    private WindowAggregate BuildAggregate(WindowClause clause)
    {
        int time = inputs.Add(clause.Time);
        Field[] fields = [.. inputs.Expressions.Select(InputField)];
        Project project = new(input, inputs.Expressions, fields);
        return new WindowAggregate(project, clause.Window, time, keys, calls, properties);
    }

    private Field InputField(Expression expression, int index) => expression is InputColumn column
        ? input.Fields[column.Index]
        : new Field($"expr{index}", expression.Type, RowTimes.IsKept(expression, input.Fields));

    private static Field FieldOf(OutputColumn output, WindowAggregate aggregate) =>
        output.Expression is InputColumn column
        ? aggregate.Fields[column.Index] with { Name = output.Name }
        : new Field(output.Name, output.Expression.Type);
}
