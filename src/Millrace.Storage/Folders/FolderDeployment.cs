namespace Millrace.Storage.Folders;

/// <summary>What a data folder runs: the deployment's number, from 1, and the bytes stored with it.</summary>
public sealed record FolderDeployment(long Number, ReadOnlyMemory<byte> Bytes);
