namespace Millrace.Hosting.Deployments;

/// <summary>A project cannot take the place of the one that the data folder comes from. Nothing was changed.</summary>
public sealed class DeploymentFault(string message) : Exception(message);
