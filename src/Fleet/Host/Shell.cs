using System.Diagnostics;

namespace VetBooking.Fleet.Host;

/// <summary>Runs the host's programs.</summary>
internal static class Shell
{
    /// <summary>What a program did.</summary>
    public sealed record Ended(int Code, string Output, string Errors)
    {
        /// <summary>The last line that says something, for people.</summary>
        public string LastWords => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"exit code {Code}";
    }

    public static async Task<Ended> Run(IReadOnlyList<string> command, string? input = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }
}
