using System.Globalization;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>Follows one appointment through what happened to it, and compares where that leads with its row.</summary>
internal sealed class History(PlanRow row, IEnumerable<StaffAct> acts, IEnumerable<OwnerAct> owners)
{
    private readonly List<StaffAct> open = [.. acts];
    private readonly List<OwnerAct> byOwner = [.. owners];
    private readonly HashSet<string> seen = [];
    private State now = new([], null, 0);
    private State before = new([], null, 0);
    private IReadOnlyList<string> whenCalledOff = [];
    private int revision;

    /// <summary>What it may be in; when it begins, if that is known; how long it takes.</summary>
    private sealed record State(IReadOnlyList<string> Words, long? Start, int Minutes);

    /// <summary>What was taken back.</summary>
    public List<TakenBack> Undone { get; init; } = [];

    public void Begin(string state, long start, int minutes, int at = 0) => (now, revision) = (new State([state], start, minutes), at);

    public IEnumerable<Finding> Follow(IEnumerable<Entry> entries)
    {
        var findings = entries.Select(Next).OfType<Finding>().ToList();
        findings.AddRange(open.Select(one => seen.Contains(Key(one.Sent))
            ? new Finding(Finding.Overwritten, $"{one} was acknowledged, and so was another act at the same revision")
            : new Finding(Finding.Lost, $"{one} was acknowledged and never happened")));
        findings.AddRange(Undone.Select(one => new Finding(Finding.Lost, $"{one} was acknowledged and never happened")));
        findings.AddRange(byOwner.Where(one => !IsTrue(one)).Select(one => new Finding(Finding.Lost, $"{one} was acknowledged and never happened")));
        var starts = now.Start is { } start ? [start] : byOwner.Where(one => one.Start is not null).Select(one => one.Start!.Value.ToUnixTimeSeconds()).ToList();
        if (!now.Words.Contains(row.State) || !starts.Contains(row.Start) || row.Minutes != now.Minutes && now.Minutes != 0 || row.Revision != revision)
        {
            findings.Add(new Finding(Finding.Lost, $"{row} should be {string.Join(" or ", now.Words)} from {string.Join(" or ", starts)} for {now.Minutes} min at revision {revision}"));
        }
        return findings;
    }

    /// <summary>Takes the next step; a finding, if nobody was told of it.</summary>
    private Finding? Next(Entry entry)
    {
        var act = entry.Act;
        if (act is "appointment.made" or "appointment.squeezed-in") return null;
        if (act == "appointment.lapsed")
        {
            now = now with { Words = ["lapsed"] };
            return null;
        }
        if (act == "act.undone") return TakeBack(entry);
        if (entry.Actor == "owner") return ByOwner(entry);

        var told = open.FindIndex(one => Actor(one.Account) == entry.Actor && one.Act == act && one.Sent == revision);
        if (told < 0) return new Finding(Finding.Phantom, $"{entry} happened at revision {revision}, and nobody was told so");
        var done = open[told];
        open.RemoveAt(told);
        Step(act switch
        {
            "appointment.moved" => now with { Start = done.Start!.Value.ToUnixTimeSeconds(), Minutes = done.Minutes ?? now.Minutes },
            "appointment.cancelled" or "appointment.declined" => now with { Words = ["cancelled"] },
            "appointment.approved" => now with { Words = ["booked"] },
            _ => now,
        });
        seen.Add(act);
        return null;
    }

    private Finding? ByOwner(Entry entry)
    {
        if (!byOwner.Exists(one => one.Act == entry.Act)) return new Finding(Finding.Phantom, $"{entry} happened, and the owner was not told so");
        Step(entry.Act switch
        {
            // An owner's move may be one of several; none of them changes the length.
            "appointment.moved" => now with { Start = null },
            "appointment.cancelled" => now with { Words = ["cancelled"] },
            "appointment.restored" => now with { Words = whenCalledOff },
            "appointment.confirmed" => now with { Words = ["booked", "requested"] },
            _ => now,
        });
        seen.Add(entry.Act);
        return null;
    }

    private Finding? TakeBack(Entry entry)
    {
        var told = Undone.FindIndex(one => Actor(one.Account) == entry.Actor && one.What.Word == entry.Detail);
        if (told < 0) return new Finding(Finding.Phantom, $"{entry} happened, and nobody was told so");
        Undone.RemoveAt(told);
        Step(entry.Detail == "made" ? now with { Words = ["cancelled"] } : before);
        seen.Add("undone " + entry.Detail);
        return null;
    }

    private void Step(State next)
    {
        seen.Add(Key(revision++));
        if (!now.Words.Contains("cancelled")) whenCalledOff = now.Words;
        (before, now) = (now, next);
    }

    /// <summary>Whether what the owner was told is so: it happened, or it was so already.</summary>
    private bool IsTrue(OwnerAct told) => told.Act switch
    {
        "appointment.cancelled" => seen.Overlaps([told.Act, "appointment.declined", "undone made"]),
        "appointment.moved" => seen.Contains(told.Act) || told.Start?.ToUnixTimeSeconds() == now.Start,
        _ => true,
    };

    private static string Actor(long account) => string.Create(CultureInfo.InvariantCulture, $"account:{account}");

    private static string Key(int at) => string.Create(CultureInfo.InvariantCulture, $"revision {at}");
}
