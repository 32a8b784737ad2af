using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Watching;

/// <summary>What can be seen of a practice without looking into it: times, sizes, states and numbers.</summary>
internal sealed record Seen(Practice Practice)
{
    /// <summary>asleep, awake, ill (awake and not ready), failing, suspended or half.</summary>
    public required string Is { get; init; }

    /// <summary>Why it fails, in systemd's word.</summary>
    public string? Reason { get; init; }

    public int Restarts { get; init; }

    /// <summary>Bytes; null while it sleeps.</summary>
    public long? Memory { get; init; }

    /// <summary>Bytes of everything in its folder.</summary>
    public long Disk { get; init; }

    public DateTime? Backup { get; init; }

    /// <summary>Whether something was written since the newest backup.</summary>
    public bool HasChanged { get; init; }

    public DateTime? Rehearsal { get; init; }

    /// <summary>From when and until when the edge's certificate for its address holds.</summary>
    public (DateTime From, DateTime Until)? Certificate { get; init; }

    /// <summary>When it has to be woken; null if it is awake or wants nothing.</summary>
    public DateTime? Wakes { get; init; }

    /// <summary>How often which error code came in the last day.</summary>
    public IReadOnlyDictionary<string, int> Errors { get; init; } = new Dictionary<string, int>();

    public bool IsAwake => Is is "awake" or "ill";

    public bool IsWell => Is is not ("ill" or "failing" or "half");

    /// <summary>What somebody should look after, each with what to do.</summary>
    public IEnumerable<string> Worries(DateTime now)
    {
        if (Is == "half") yield return "half added, or half retired: run that command again";
        if (Is is "ill" or "failing") yield return $"{Is}{(Reason is null ? "" : $" ({Reason})")}: vetfleet logs {Practice.Name}";
        if (Practice.IsHeld) yield return $"a change of its release was cut off: run that command again";
        if (Is is "half" or "suspended") yield break;
        if (Backup is null) yield return $"no backup yet: vetfleet backup {Practice.Name}";
        else if (HasChanged && now - Backup > TimeSpan.FromHours(50)) yield return $"two nights without a backup: vetfleet backup {Practice.Name}";
        // A new practice is rehearsed on its first Sunday.
        if (Backup is not null && (Rehearsal is { } last ? now - last > TimeSpan.FromDays(9) : now - Backup > TimeSpan.FromDays(9))) yield return $"no rehearsal of its backup for more than a week: vetfleet rehearse {Practice.Name}";
        // One that has ended belongs to a practice nobody has visited: the next visitor gets a new one.
        if (Certificate is { } held && held.Until > now && held.Until - now < (held.Until - held.From) / 6) yield return "its certificate ends soon and was not renewed: journalctl -u caddy";
    }
}

/// <summary>One of the host's own units.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Result">systemd's word for how it ended, or is: <c>success</c>, or what went wrong.</param>
internal sealed record SeenUnit(string Unit, string Result)
{
    public DateTime? Ended { get; init; }

    /// <summary>When its timer runs it again.</summary>
    public DateTime? Next { get; init; }

    public bool IsWell => Result == "success";
}

/// <summary>What can be seen of a host and its practices.</summary>
internal sealed record SeenHost(string Name, DateTime At)
{
    public required string Version { get; init; }

    public IReadOnlyList<Seen> Practices { get; init; } = [];

    public IReadOnlyList<SeenUnit> Units { get; init; } = [];

    /// <summary>Bytes of the disk on which the practices lie, and of those the free ones.</summary>
    public (long Size, long Free) Disk { get; init; }

    /// <summary>What somebody should look after on the host itself.</summary>
    public IEnumerable<string> Worries()
    {
        if (Disk.Free < Disk.Size / 10) yield return "less than a tenth of the disk is free: df -h /var/lib/vetbooking";
        foreach (var unit in Units.Where(unit => !unit.IsWell)) yield return $"{unit.Unit} failed ({unit.Result}): journalctl -u {unit.Unit}";
    }
}
