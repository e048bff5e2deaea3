using Millrace.Engine;

namespace Millrace.Hosting.Running;

/// <summary>Takes nothing: the steps are done for the state that they leave.</summary>
internal sealed class StateOnly : IStepOutput
{
    public void Rows(ModelSpec model, OutputRows rows)
    {
    }

    public bool WantsValues(ModelSpec model) => false;

    public void Bad(in BadRow row)
    {
    }

    public void Late(in LateRow row)
    {
    }
}
