using System.Numerics;

namespace VetBooking.Scheduling;

/// <summary>
/// An immutable set of cells within a window, one bit each. Cells outside the window are never in the set.
/// Changing it copies it: a window of 400 days is 14 KB, and readers of the old set are never disturbed.
/// </summary>
internal sealed class CellSet
{
    private readonly int first;
    private readonly ulong[] words;

    private CellSet(int first, ulong[] words)
    {
        this.first = first;
        this.words = words;
    }

    public static CellSet Empty(CellRange window) => new(window.From, new ulong[(window.Length + 63) / 64]);

    public static CellSet Of(CellRange window, IEnumerable<CellRange> ranges)
    {
        var set = Empty(window);
        foreach (var range in ranges) set.Fill(range, present: true);
        return set;
    }

    public CellSet With(CellRange range) => Changed(range, present: true);

    public CellSet Without(CellRange range) => Changed(range, present: false);

    public CellSet Intersect(CellSet other)
    {
        var both = (ulong[])words.Clone();
        for (var i = 0; i < both.Length; i++) both[i] &= other.words[i];
        return new CellSet(first, both);
    }

    public bool Contains(int cell)
    {
        var bit = cell - first;
        return bit >= 0 && bit < words.Length * 64 && (words[bit >> 6] >> (bit & 63) & 1) != 0;
    }

    /// <summary>Copies the bits from <paramref name="fromCell"/> on into <paramref name="into"/>, lowest bit first.</summary>
    public void CopyTo(Span<ulong> into, int fromCell)
    {
        var offset = fromCell - first;
        var word = offset >> 6;
        var shift = offset & 63;
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = shift == 0
                ? Word(word + i)
                : Word(word + i) >> shift | Word(word + i + 1) << 64 - shift;
        }
    }

    /// <summary>How many cells of <paramref name="range"/> are in the set.</summary>
    public int Count(CellRange range)
    {
        var count = 0;
        Span<ulong> bits = stackalloc ulong[1];
        for (var cell = range.From; cell < range.To; cell += 64)
        {
            CopyTo(bits, cell);
            var rest = range.To - cell;
            count += BitOperations.PopCount(rest >= 64 ? bits[0] : bits[0] & (1UL << rest) - 1);
        }
        return count;
    }

    private ulong Word(int index) => index >= 0 && index < words.Length ? words[index] : 0;

    private CellSet Changed(CellRange range, bool present)
    {
        var changed = new CellSet(first, (ulong[])words.Clone());
        changed.Fill(range, present);
        return changed;
    }

    private void Fill(CellRange range, bool present)
    {
        var from = Math.Max(range.From - first, 0);
        var to = Math.Min(range.To - first, words.Length * 64);
        while (from < to)
        {
            var upTo = Math.Min(to, (from | 63) + 1);
            var mask = (upTo - from == 64 ? ulong.MaxValue : (1UL << upTo - from) - 1) << (from & 63);
            if (present) words[from >> 6] |= mask;
            else words[from >> 6] &= ~mask;
            from = upTo;
        }
    }
}
