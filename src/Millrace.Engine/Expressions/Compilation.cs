using Millrace.Data;
using Millrace.Engine.Expressions.Casts;
using Millrace.Engine.Expressions.Texts;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>Makes the kernels of one expression, from the leaves up.</summary>
internal sealed class Compilation(SessionZone zone)
{
    public Kernel Compile(Expression expression)
    {
        expression = Negation.Push(expression);
        Kernel kernel = Construct(expression);
        return expression is Literal or InputColumn || expression.InputColumns().Count > 0
            ? kernel
            : ConstantFolding.Fold(kernel);
    }

    private Kernel Construct(Expression expression) => expression switch
    {
        InputColumn e => new InputColumnKernel(e),
        Literal e => new LiteralKernel(e),
        CallExpression e => Call(e, [.. e.Arguments.Select(Compile)]),
        CaseExpression e => Case(e),
        InListExpression e => InList(e),
        CastExpression e => CastFactory.Create(Compile(e.Operand), e.Type, e.IsTry, zone),
        _ => throw new NotSupportedException($"no kernel for {expression}"),
    };

    private static Kernel Call(CallExpression call, Kernel[] arguments)
    {
        ScalarFunction function = call.Function;
        SqlType type = call.Type;
        return function == ScalarFunction.And ? new ConnectiveKernel(arguments[0], arguments[1], isOr: false, type)
            : function == ScalarFunction.Or ? new ConnectiveKernel(arguments[0], arguments[1], isOr: true, type)
            : function == ScalarFunction.Not ? new NotKernel(arguments[0], type)
            : function == ScalarFunction.IsNull ? new NullTestKernel(arguments[0], isNull: true, type)
            : function == ScalarFunction.IsNotNull ? new NullTestKernel(arguments[0], isNull: false, type)
            : TruthTestKernel.Handles(function) ? new TruthTestKernel(function, arguments[0], type)
            : function == ScalarFunction.Concat ? new ConcatKernel(arguments, type)
            : function == ScalarFunction.Substring
                ? new SubstringKernel(arguments[0], arguments[1], arguments.ElementAtOrDefault(2), type)
            : function == ScalarFunction.SplitIndex
                ? new SplitIndexKernel(arguments[0], arguments[1], arguments[2], type)
            : function == ScalarFunction.Coalesce ? new CoalesceKernel(arguments, type)
            : ComparisonFactory.Handles(function) ? ComparisonFactory.Create(call, arguments[0], arguments[1])
            : ArithmeticFactory.Create(call, arguments);
    }

    private CaseKernel Case(CaseExpression expression) => new(
        [.. expression.Branches.Select(b => Compile(b.Condition))],
        [.. expression.Branches.Select(b => Compile(b.Result)), Compile(expression.Otherwise)],
        expression.Type);

    private Kernel InList(InListExpression expression)
    {
        Kernel value = Compile(expression.Value);
        bool hasNull = expression.Items.Any(i => i.Value is null);

        // One number is compared as = does, several by their bits: visible for -0.0 only, and so in Flink.
        bool isOne = expression.Items.Select(i => i.Value).Distinct().Count() == 1;
        if (isOne && !hasNull && expression.Value.Type.IsApproximate)
        {
            CallExpression equal = new(ScalarFunction.Equal, [expression.Value, expression.Items[0]], expression.Type);
            return ComparisonFactory.Create(equal, value, Compile(expression.Items[0]));
        }

        ValueSet items = ValueSet.Create(expression.Value.Type, expression.Items);
        return new InListKernel(value, items, hasNull, expression.Type);
    }
}
