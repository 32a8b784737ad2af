using System.Text;

namespace VetBooking.Web.FrontDesk;

/// <summary>
/// What the search compares: for each owner the folded words of their name and their animals' names, and the digits of their
/// telephone, one after the other in one block of bytes. 20,000 owners are about 1.5 MB, and going through all of them is
/// faster than any tree would have to be. Not for several threads at a time.
/// </summary>
internal sealed class OwnerIndex
{
    private const byte Blank = (byte)' ', Between = (byte)'\n';

    private readonly List<(long Owner, int From, int To)> entries = [];
    private readonly Dictionary<long, int> places = [];
    private byte[] text = new byte[64 * 1024];
    private int used;
    private int wasted;

    /// <summary>Whether so much has been replaced that it is time to begin anew.</summary>
    public bool IsWorn => wasted > 64 * 1024 && wasted > used / 3;

    public int Count => places.Count;

    /// <summary>Takes an owner in, instead of what was there before.</summary>
    public void Put(long owner, string names, IEnumerable<string> phones)
    {
        Remove(owner);
        // Each word begins with a blank, so that a beginning can be told from a middle.
        var entry = Encoding.UTF8.GetBytes(" " + Folding.Words(names) + "\n" + string.Join(' ', phones.Select(Folding.Digits)));
        if (used + entry.Length > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, used + entry.Length));
        entry.CopyTo(text, used);
        places[owner] = entries.Count;
        entries.Add((owner, used, used += entry.Length));
    }

    /// <summary>Takes an owner out.</summary>
    public void Remove(long owner)
    {
        if (!places.Remove(owner, out var place)) return;
        wasted += entries[place].To - entries[place].From;
        entries[place] = (0, 0, 0);
    }

    /// <summary>Owners whose telephone number contains these digits.</summary>
    public List<long> ByPhone(string digits, int most)
    {
        var wanted = Encoding.ASCII.GetBytes(digits);
        var found = new List<long>();
        foreach (var (owner, from, to) in entries)
        {
            if (found.Count == most) break;
            var entry = text.AsSpan(from, to - from);
            if (owner != 0 && entry[(entry.IndexOf(Between) + 1)..].IndexOf(wanted) >= 0) found.Add(owner);
        }
        return found;
    }

    /// <summary>Owners that all the words fit, best first: whole words before beginnings, and those before words with mistakes.</summary>
    public List<long> ByWords(string words, int most)
    {
        Wanted[] wanted = [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6).Select(word => new Wanted(Encoding.UTF8.GetBytes(word)))];
        if (wanted.Length == 0) return [];
        var found = Look(wanted, tolerant: false);
        // Mistakes are only made up for where what was typed leads to nobody, or to few.
        if (found.Count < most) found = Look(wanted, tolerant: true);
        return [.. found.OrderBy(one => one.Penalty).ThenByDescending(one => one.Owner).Take(most).Select(one => one.Owner)];
    }

    private List<(long Owner, int Penalty)> Look(Wanted[] wanted, bool tolerant)
    {
        var found = new List<(long, int)>();
        foreach (var (owner, from, to) in entries)
        {
            if (owner == 0) continue;
            var entry = text.AsSpan(from, to - from);
            var penalty = 0;
            foreach (var word in wanted)
            {
                if (word.PenaltyIn(entry[..entry.IndexOf(Between)], tolerant) is not { } more)
                {
                    penalty = -1;
                    break;
                }
                penalty += more;
            }
            if (penalty >= 0) found.Add((owner, penalty));
        }
        return found;
    }

    /// <summary>One word that was typed.</summary>
    private sealed class Wanted(byte[] word)
    {
        private readonly byte[] beginning = [Blank, .. word];
        private readonly Likeness likeness = new(word);

        /// <summary>0 for the word itself, 1 for its beginning, more for each mistake; null if it is not there.</summary>
        public int? PenaltyIn(ReadOnlySpan<byte> names, bool tolerant)
        {
            var at = names.IndexOf(beginning);
            if (at >= 0) return at + beginning.Length == names.Length || names[at + beginning.Length] == Blank ? 0 : 1;
            if (!tolerant || likeness.Allowed == 0) return null;
            var fewest = int.MaxValue;
            foreach (var range in names.Split(Blank))
            {
                if (names[range] is var name && likeness.MayBe(name.Length)) fewest = Math.Min(fewest, likeness.MistakesIn(name));
            }
            return fewest <= likeness.Allowed ? 2 + fewest : null;
        }
    }
}
