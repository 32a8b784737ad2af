namespace VetBooking.Fleet.Host;

/// <summary>Something found on the host forbids what was asked for; nothing was changed. The message says what to do.</summary>
internal sealed class RefusedException(string message) : Exception(message);
