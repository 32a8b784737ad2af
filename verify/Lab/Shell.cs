using System.Diagnostics;

namespace VetBooking.Verify.Lab;

/// <summary>What a command said, and how it ended.</summary>
internal sealed record Ran(int Exit, string Out, string Error)
{
    public bool Done => Exit == 0;

    public override string ToString() => $"exit {Exit}: {Out.Trim()} {Error.Trim()}".TrimEnd();
}

/// <summary>Starts a program and listens until it ends.</summary>
internal static class Shell
{
    public static async Task<Ran> Run(IReadOnlyList<string> command, string? input, TimeSpan patience, CancellationToken stop)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (words, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
        }
        catch (IOException)
        {
            // It ended without reading to the end; what it said counts.
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (stop.IsCancellationRequested) throw;
            throw new TimeoutException($"Not done within {patience.TotalSeconds} s: {string.Join(' ', command)}");
        }
        return new(process.ExitCode, await words, await errors);
    }

    public static async Task<string> MustRun(IReadOnlyList<string> command, TimeSpan patience, CancellationToken stop = default)
    {
        var ran = await Run(command, null, patience, stop);
        return ran.Done ? ran.Out : throw new InvalidOperationException($"{string.Join(' ', command)} left with {ran}");
    }
}
