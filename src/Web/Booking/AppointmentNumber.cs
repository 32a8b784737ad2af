using System.Security.Cryptography;

namespace VetBooking.Web.Booking;

/// <summary>The number people say on the phone, like <c>4K7-29</c>: random, so that it does not count the practice's bookings.</summary>
public static class AppointmentNumber
{
    // No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: they sound or look alike.
    private const string Letters = "3467ACDEFGHJKMNPQRTWXY9";

    /// <summary>How many letters a number has, the dash in the middle aside.</summary>
    public const int Length = 6;

    /// <summary>Whether numbers have this letter.</summary>
    public static bool Has(char letter) => Letters.Contains(letter, StringComparison.Ordinal);

    /// <summary>A number made with <paramref name="random"/>, which answers a whole number from 0 up to its argument.</summary>
    public static string Next(Func<int, int> random)
    {
        Span<char> number = stackalloc char[7];
        for (var i = 0; i < number.Length; i++) number[i] = i == 3 ? '-' : Letters[random(Letters.Length)];
        return new string(number);
    }

    /// <summary>A number nobody can foresee.</summary>
    public static string Next() => Next(RandomNumberGenerator.GetInt32);
}
