namespace VetBooking.Fleet.Host;

/// <summary>Something found on the host forbids what was asked for; nothing was changed. The message says what to do.</summary>
internal sealed class RefusedException(string message) : Exception(message)
{
    /// <summary>Whether not the host but what was typed is the reason.</summary>
    public bool IsWrongUsage { get; init; }
}
