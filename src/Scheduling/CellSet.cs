using System.Collections.Immutable;
using System.Numerics;

namespace VetBooking.Scheduling;

/// <summary>
/// An immutable set of cells within a window, one bit each. Cells outside the window are never in the set.
/// Changing it copies it: a window of 400 days is 14 KB, and readers of the old set are never disturbed.
/// </summary>
internal sealed class CellSet
{
    private readonly CellRange window;
    private readonly ulong[] words;

    private CellSet(CellRange window, ulong[] words)
    {
        this.window = window;
        this.words = words;
    }

    public static CellSet Empty(CellRange window) => new(window, new ulong[(window.Length + 63) / 64]);

    public static CellSet Of(CellRange window, IEnumerable<CellRange> ranges) => Empty(window).Fill(ranges, present: true);

    public CellSet With(params IEnumerable<CellRange> ranges) => Copy().Fill(ranges, present: true);

    public CellSet Without(params IEnumerable<CellRange> ranges) => Copy().Fill(ranges, present: false);

    public CellSet Intersect(CellSet other)
    {
        var both = Copy();
        Bits.Keep(both.words, other.words);
        return both;
    }

    public bool Contains(int cell) => window.From <= cell && cell < window.To && Bits.Has(words, cell - window.From);

    /// <summary>Copies the bits from <paramref name="fromCell"/> on into <paramref name="into"/>, lowest bit first.</summary>
    public void CopyTo(Span<ulong> into, int fromCell)
    {
        var offset = fromCell - window.From;
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

    /// <summary>The longest stretches of <paramref name="range"/> that are in the set, in order.</summary>
    public ImmutableArray<CellRange> Runs(CellRange range)
    {
        var runs = ImmutableArray.CreateBuilder<CellRange>();
        for (var cell = range.From; cell < range.To; cell++)
        {
            if (!Contains(cell)) continue;
            var from = cell;
            while (cell < range.To && Contains(cell)) cell++;
            runs.Add(new CellRange(from, cell));
        }
        return runs.ToImmutable();
    }

    private ulong Word(int index) => index >= 0 && index < words.Length ? words[index] : 0;

    private CellSet Copy() => new(window, (ulong[])words.Clone());

    /// <summary>Changes this set itself: only for one that nobody else has seen yet.</summary>
    private CellSet Fill(IEnumerable<CellRange> ranges, bool present)
    {
        foreach (var range in ranges)
        {
            Bits.Fill(words, Math.Max(range.From, window.From) - window.From, Math.Min(range.To, window.To) - window.From, present);
        }
        return this;
    }
}
