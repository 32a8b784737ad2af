namespace VetBooking.Scheduling;

/// <summary>Rows of bits packed into words, lowest bit first.</summary>
internal static class Bits
{
    public static bool Has(ReadOnlySpan<ulong> row, int bit) => (row[bit >> 6] >> (bit & 63) & 1) != 0;

    public static bool Any(ReadOnlySpan<ulong> row) => row.ContainsAnyExcept(0UL);

    /// <summary>Sets or clears the bits from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public static void Fill(Span<ulong> row, int from, int to, bool present)
    {
        while (from < to)
        {
            var upTo = Math.Min(to, (from | 63) + 1);
            var mask = (upTo - from == 64 ? ulong.MaxValue : (1UL << upTo - from) - 1) << (from & 63);
            if (present) row[from >> 6] |= mask;
            else row[from >> 6] &= ~mask;
            from = upTo;
        }
    }

    /// <summary>Leaves in <paramref name="row"/> only the bits that <paramref name="other"/> has too.</summary>
    public static void Keep(Span<ulong> row, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < row.Length; i++) row[i] &= other[i];
    }

    /// <summary>Leaves only those bits from which <paramref name="length"/> bits in a row are set.</summary>
    public static void KeepRuns(Span<ulong> row, int length)
    {
        // Each round doubles the run that is certain, so a run of 24 cells takes 5 rounds.
        for (var done = 1; done < length;)
        {
            var step = Math.Min(done, length - done);
            var (word, shift) = (step >> 6, step & 63);
            for (var i = 0; i < row.Length; i++)
            {
                var low = i + word < row.Length ? row[i + word] : 0;
                var high = i + word + 1 < row.Length ? row[i + word + 1] : 0;
                row[i] &= shift == 0 ? low : low >> shift | high << 64 - shift;
            }
            done += step;
        }
    }
}
