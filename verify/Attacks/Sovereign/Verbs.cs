using System.Diagnostics;
using System.Text.Json;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>How a verb ended.</summary>
/// <param name="Code">Its exit code; -1 if it did not end by itself.</param>
/// <param name="Json">Its line of JSON; undefined if there was none.</param>
/// <param name="Said">What it told people.</param>
internal sealed record Outcome(int Code, JsonElement Json, string Said)
{
    public const int Done = 0, Refused = 3;

    public string Error => Text("error");
    public string File => Text("file");
    public string Digest => Text("digest");

    /// <summary>Refused, with a reason, as docs/instance.md has it.</summary>
    public bool RefusedProperly => Code == Refused && Error.Length > 0;

    public override string ToString() => $"exit code {Code}: {Said.Split('\n')[0]}";

    private string Text(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}

/// <summary>Runs the executable's verbs as an operator does.</summary>
internal sealed class Verbs(string executable)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private int restores;

    /// <summary>How many restores were tried.</summary>
    public int Restores => restores;

    public Task<Outcome> Backup(string data, string to, string level = "practice") => Run([], "backup", "--data", data, "--to", to, "--level", level);

    public Task<Outcome> Verify(string from, string key) => Run([], "verify", "--from", from, "--key", key);

    public Task<Outcome> Export(string data, string to) => Run([], "export", "--data", data, "--to", to);

    public Task<Outcome> Check(string data) => Run([], "check", "--data", data);

    public Task<Outcome> Init(string data) => Run([], "init", "--data", data, "--name", "Another", "--email", "another@example.org");

    public Task<Outcome> Erase(string data, long owner) => Run([], "erase", "--data", data, "--owner", $"{owner}");

    /// <summary>Restores with a key that is named, or with the folder's own.</summary>
    public Task<Outcome> Restore(string from, string data, string? key = null) => RestoreUnder([], from, data, key);

    /// <summary>Restores under another program.</summary>
    public Task<Outcome> RestoreUnder(IReadOnlyList<string> program, string from, string data, string? key)
    {
        Interlocked.Increment(ref restores);
        string[] keys = key is null ? [] : ["--key", key];
        return Run(program, ["restore", "--from", from, "--data", data, .. keys]);
    }

    /// <summary>Does what must succeed for the attack to make sense.</summary>
    public static async Task<Outcome> MustDo(Task<Outcome> verb) =>
        await verb is { Code: Outcome.Done } done ? done : throw new InvalidOperationException($"A verb that must succeed left with {await verb}");

    private async Task<Outcome> Run(IReadOnlyList<string> under, params string[] verb)
    {
        List<string> all = [.. under, executable, .. verb, "--json"];
        var start = new ProcessStartInfo(all[0], all.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A build for developers opens a door for debuggers; its files are not what is counted here.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var (words, said) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new Outcome(-1, default, $"{string.Join(' ', verb)} did not end within {Patience.TotalSeconds:0} s");
        }
        return new Outcome(process.ExitCode, Parse(await words), await said);
    }

    private static JsonElement Parse(string words)
    {
        try
        {
            using var json = JsonDocument.Parse(words);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
