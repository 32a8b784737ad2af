using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>
/// The grid all occupancy lives on: cells of 5 minutes, numbered from the Unix epoch in UTC.
/// Every zone offset in use is a multiple of 5 minutes, so local times fall on the grid too.
/// </summary>
public static class Cells
{
    /// <summary>Length of one cell in minutes.</summary>
    public const int Minutes = 5;

    /// <summary>Length of one cell in seconds.</summary>
    public const int Seconds = Minutes * 60;

    /// <summary>The cell that contains <paramref name="instant"/>.</summary>
    public static int At(Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return (int)(seconds / Seconds) - (seconds % Seconds < 0 ? 1 : 0);
    }

    /// <summary>The first instant of a cell.</summary>
    public static Instant Start(int cell) => Instant.FromUnixTimeSeconds((long)cell * Seconds);

    /// <summary>Whether <paramref name="instant"/> is exactly the start of a cell.</summary>
    public static bool IsOnGrid(Instant instant) => Start(At(instant)) == instant;

    /// <summary>How many cells cover <paramref name="minutes"/> minutes, rounded up.</summary>
    public static int Covering(int minutes) => (minutes + Minutes - 1) / Minutes;
}

/// <summary>A stretch of cells, half-open: <see cref="From"/> is in it, <see cref="To"/> is not.</summary>
public readonly record struct CellRange(int From, int To)
{
    /// <summary>Number of cells.</summary>
    public int Length => To - From;

    /// <summary>Whether the two stretches share a cell. Stretches that only touch do not overlap.</summary>
    public bool Overlaps(CellRange other) => From < other.To && other.From < To;

    /// <summary>Whether all of <paramref name="other"/> lies inside this stretch.</summary>
    public bool Contains(CellRange other) => From <= other.From && other.To <= To;
}
