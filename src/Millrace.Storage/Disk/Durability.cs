namespace Millrace.Storage.Disk;

/// <summary>What an acknowledgement promises.</summary>
public enum Durability
{
    /// <summary>Acknowledged means synced: the record survives loss of power. The default.</summary>
    Fsync,

    /// <summary>Acknowledged means written to the page cache: survives a killed process, not loss of power.</summary>
    Os,
}
