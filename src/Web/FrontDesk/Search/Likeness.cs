namespace VetBooking.Web.FrontDesk;

/// <summary>
/// How much a word differs from one that was typed: letters that are wrong, missing, too many or swapped. All letters of the
/// typed word at once, one bit each (Myers 1999, with the swaps of Hyyrö 2003): 20,000 owners' words take a few milliseconds.
/// </summary>
internal sealed class Likeness
{
    /// <summary>The longest word that is looked at, in bytes: what fits into the bits of one number.</summary>
    public const int Longest = 60;

    private readonly ulong[] where = new ulong[256];
    private readonly int length;

    public Likeness(ReadOnlySpan<byte> typed)
    {
        length = Math.Min(typed.Length, Longest);
        for (var i = 0; i < length; i++) where[typed[i]] |= 1UL << i;
        Allowed = length switch { < 4 => 0, < 7 => 1, _ => 2 };
    }

    /// <summary>How many mistakes a word of this length may hold and still be meant.</summary>
    public int Allowed { get; }

    /// <summary>Whether a word of this length could be meant: it is not too short.</summary>
    public bool MayBe(int letters) => letters >= length - Allowed;

    /// <summary>The fewest mistakes between the typed word and any beginning of this one: it may not be finished yet.</summary>
    public int MistakesIn(ReadOnlySpan<byte> word)
    {
        var (positive, negative, diagonal, before) = (ulong.MaxValue, 0UL, 0UL, 0UL);
        var (last, score) = (1UL << length - 1, length);
        var fewest = length;
        for (var i = 0; i < word.Length && i < length + Allowed; i++)
        {
            var same = where[word[i]];
            var swapped = (~diagonal & same) << 1 & before;
            diagonal = unchecked((same & positive) + positive) ^ positive | same | negative | swapped;
            var (up, down) = (negative | ~(diagonal | positive), positive & diagonal);
            if ((up & last) != 0) score++;
            else if ((down & last) != 0) score--;
            up = up << 1 | 1;
            positive = down << 1 | ~(diagonal | up);
            negative = up & diagonal;
            before = same;
            fewest = Math.Min(fewest, score);
        }
        return fewest;
    }
}
