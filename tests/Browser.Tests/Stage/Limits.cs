using System.Runtime.CompilerServices;

namespace VetBooking.Tests.Browser;

/// <summary>A test with a browser that ends: a promise in a page may stay unanswered for ever, and no other limit ends that wait.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Milliseconds; the slowest test takes 25 seconds on a quiet machine.</summary>
    public const int Limit = 180_000;

    public BrowserFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line) => Timeout = Limit;
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line) => Timeout = BrowserFactAttribute.Limit;
}
