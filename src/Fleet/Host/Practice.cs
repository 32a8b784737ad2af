namespace VetBooking.Fleet.Host;

/// <summary>What the host's folders say about one practice. Nothing in it comes from inside the practice.</summary>
internal sealed record Practice(string Name)
{
    /// <summary>Its names on the network, the first being its address.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The release it is pinned to; null if none.</summary>
    public string? Release { get; init; }

    /// <summary>The release it was pinned to before.</summary>
    public string? Before { get; init; }

    public bool IsSuspended { get; init; }

    /// <summary>Whether a change of its release was cut off.</summary>
    public bool IsHeld { get; init; }

    public bool HasUser { get; init; }

    /// <summary>Whether there is a database in its folder.</summary>
    public bool HasData { get; init; }

    /// <summary>Whether its folder was never made to the end.</summary>
    public bool IsHalfMade { get; init; }

    /// <summary>Whether it is on the network: listened for at every start, and every name routed.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether everything a practice needs is there.</summary>
    public bool IsWhole => Hosts.Count > 0 && Release is not null && HasUser && HasData && !IsHalfMade && (IsOpen || IsSuspended);
}
