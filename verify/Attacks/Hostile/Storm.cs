using System.Collections.Concurrent;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>Puts payload after payload into every place. Passes are short, so that no place waits until another has had all of its own.</summary>
internal sealed class Storm(Run run, Practice practice, IReadOnlyList<Payload> payloads, Judge judge)
{
    private const int PerPass = 4;
    private readonly ConcurrentDictionary<string, int> cursors = new();
    private readonly ConcurrentDictionary<Place, int> tries = new();
    private int requests;
    private int saved;

    public int Requests => requests;

    /// <summary>How many previews were pressed on, so that what was typed is saved.</summary>
    public int Saved => saved;

    public bool WasCut { get; private set; }

    /// <summary>How often the place with the fewest tries was tried.</summary>
    public int Least => tries.IsEmpty ? 0 : tries.Values.Min();

    /// <summary>Answers in which a payload came back, a few of each place, to look at without any policy.</summary>
    public ConcurrentDictionary<string, string> Echoes { get; } = new();

    /// <summary>How many payloads each kind of place has met.</summary>
    public IReadOnlyDictionary<string, int> Met => cursors.ToDictionary(one => one.Key, one => Math.Min(one.Value, payloads.Count));

    public async Task Blow(IReadOnlyList<Place> places, int rounds)
    {
        foreach (var place in places) tries[place] = 0;
        var goals = places.GroupBy(one => one.Kind).ToDictionary(kind => kind.Key, kind => Math.Max(rounds, (payloads.Count + kind.Count() - 1) / kind.Count()));
        var order = new List<Payload>(payloads);
        var shuffled = order.ToArray();
        run.RandomFor(1).Shuffle(shuffled);
        for (var pass = 0; pass * PerPass < goals.Values.Max(); pass++)
        {
            // What shares a form is done together, on a form fetched freshly.
            var groups = places.Where(one => pass * PerPass < goals[one.Kind]).GroupBy(one => one.Sheet is { } sheet ? (object)sheet : one).ToList();
            await Parallel.ForEachAsync(groups, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (group, _) =>
            {
                if (run.TimeIsUp) return;
                var fresh = group.Key is Sheet sheet ? await Fresh(sheet) : null;
                foreach (var place in group)
                {
                    for (var i = 0; i < Math.Min(PerPass, goals[place.Kind] - pass * PerPass) && !run.TimeIsUp; i++)
                    {
                        await Try(place, fresh, shuffled[(cursors.AddOrUpdate(place.Kind, 1, (_, count) => count + 1) - 1) % shuffled.Length]);
                    }
                }
            });
            if (run.TimeIsUp)
            {
                WasCut = true;
                break;
            }
            if (!await IsWhole()) await practice.PutBack();
            run.Report.Say($"pass {pass + 1}: {requests} requests, {judge.Findings.Count} findings");
        }
    }

    private async Task Try(Place place, Sheet? fresh, Payload payload)
    {
        var at = fresh is null ? -1 : fresh.Fields.ToList().FindIndex(one => place.Name.EndsWith(" " + one.Name, StringComparison.Ordinal));
        var shot = at >= 0 ? FormBody.Of(fresh!, at, payload.Bytes) : place.With(payload.Bytes);
        var authority = practice.Target.Url.Authority;
        var reply = await practice.Send(place.Role, shot);
        var number = Interlocked.Increment(ref requests);
        tries.AddOrUpdate(place, 1, (_, count) => count + 1);
        judge.See(place.Name, payload, reply, authority);
        if (!reply.IsPage) return;
        if (reply.Body.Contains("vbmark(", StringComparison.Ordinal)) Echoes.TryAdd($"{place.Name} {reply.Status}", reply.Body);
        // Some of the previews are gone on from; all of them would leave no practice to attack.
        if (fresh is null || number % 4 != 0 || Harvest.SheetsOf(place.Role, fresh.Source, reply.Body).Find(one => one.IsPreview) is not { } preview) return;
        judge.See(place.Name + " saved", payload, await practice.Send(place.Role, FormBody.Of(preview)), authority);
        Interlocked.Increment(ref saved);
    }

    /// <summary>The form as it stands now, with its revision; as it was, if it is gone.</summary>
    private async Task<Sheet> Fresh(Sheet sheet)
    {
        var reply = await practice.Send(sheet.Role, Shot.Get(sheet.Source));
        if (!reply.IsPage) return sheet;
        return Harvest.SheetsOf(sheet.Role, sheet.Source, reply.Body)
            .Find(one => one.Method == sheet.Method && one.Path.Split('?')[0] == sheet.Path.Split('?')[0] && one.Fields.Count == sheet.Fields.Count) ?? sheet;
    }

    /// <summary>Whether there is still something to book and somebody may still come in.</summary>
    private async Task<bool> IsWhole()
    {
        var (types, board) = (await practice.Send("anonymous", Shot.Get("/api/v1/visit-types")), await practice.Send("administrator", Shot.Get("/praxis/tag")));
        return types.Body.Contains("\"vets\":[\"", StringComparison.Ordinal) && board.Status == 200;
    }
}
