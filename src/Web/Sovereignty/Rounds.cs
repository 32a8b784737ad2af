namespace VetBooking.Web.Sovereignty;

/// <summary>How often it is looked whether something of the night is due.</summary>
internal static class Rounds
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Looks soon after the practice woke, because one that sleeps again after a few minutes would never come to it; then every ten minutes until it stops.</summary>
    public static async Task Keep(Func<Task> look, CancellationToken stop)
    {
        using var pauses = new PeriodicTimer(Pause);
        try
        {
            await Task.Delay(FirstLook, stop);
            do await look();
            while (await pauses.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The next time it wakes.
        }
    }
}
