using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace VetBooking.Tests.Browser;

/// <summary>The built executable with a practice of its own, started from outside as an operator would.</summary>
internal sealed class PracticeServer : IAsyncDisposable
{
    /// <summary>A Monday before opening, with Good Friday and the change to summer time in the weeks ahead.</summary>
    public const string Clock = "2027-03-15T07:00:00+01:00";

    private readonly Process process;
    private readonly ConcurrentQueue<string> said = [];

    private PracticeServer(Process process, string data, string listens, string publicUrl)
    {
        (this.process, Data, Listens, Address) = (process, data, listens, publicUrl.Length > 0 ? publicUrl : listens);
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Data { get; }

    /// <summary>Where people reach it, like <c>http://127.0.0.1:40123</c>.</summary>
    public string Address { get; }

    /// <summary>Where it listens itself, if something stands in front of it.</summary>
    public string Listens { get; }

    /// <summary>What its session cookie is called.</summary>
    public string Cookie => Address.StartsWith("https:", StringComparison.Ordinal) ? "__Host-praxis" : "praxis";

    /// <summary>Makes the demo practice, once; every server gets a copy.</summary>
    public static async Task<string> MakeDemo(string root)
    {
        var data = Path.Combine(root, "demo");
        using var process = Run("demo", "--data", data, "--clock", Clock);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? data : throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts a copy of the demo practice, changed by some SQL first.</summary>
    public static async Task<PracticeServer> Start(string demo, string sql = "", bool limits = false, bool named = false, string publicUrl = "")
    {
        var data = Directory.CreateTempSubdirectory("practice-").FullName;
        foreach (var file in Directory.EnumerateFiles(demo, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(data, Path.GetRelativePath(demo, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        if (sql.Length > 0) Change(data, sql);
        var port = FreePort();
        var address = $"http://127.0.0.1:{port}";
        // Passkeys are for names only.
        if (named) publicUrl = address = $"http://localhost:{port}";
        if (publicUrl.Length > 0) await File.WriteAllTextAsync(Path.Combine(data, "instance.json"), $$"""{"publicUrl": "{{publicUrl}}"}""");
        string[] more = limits ? [] : ["--no-limits"];
        var server = new PracticeServer(Run(["serve", "--data", data, "--urls", address, "--clock", Clock, .. more]), data, address, publicUrl);
        await server.Ready();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        process.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>Nobody answers any more, as when the connection fails.</summary>
    public async Task Stop()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>A number out of the practice's database.</summary>
    public long Number(string sql)
    {
        using var db = Open(Data);
        using var command = db.CreateCommand();
#pragma warning disable CA2100 // The tests' own sentences.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Signs somebody in, as far as the database goes; answers the token for their cookie.</summary>
    public string SignIn(string role)
    {
        var token = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
        var now = DateTimeOffset.Parse(Clock, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        Change(Data, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            INSERT INTO account (name, email, email_key, role, ends_at, created_at) VALUES ('Kim Beispiel', '{token}', '{token}', '{role}', {now + 86400}, {now});
            INSERT INTO session (token_hash, account_id, started_at, seen_at, proved_at, device)
            SELECT x'{hash}', max(id), {now}, {now + 86400}, {now + 86400}, 'Test' FROM account;
            """));
        return token;
    }

    private static void Change(string data, string sql)
    {
        using var db = Open(data);
        using var command = db.CreateCommand();
#pragma warning disable CA2100 // The tests' own sentences.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string data)
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(data, "practice.db")};Pooling=False");
        db.Open();
        return db;
    }

    private async Task Ready()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var attempt = 0; attempt < 300 && !process.HasExited; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Listens + "/buchen"));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("The practice did not start: " + string.Join('\n', said));
    }

    private static Process Run(params string[] arguments)
    {
        var executable = Environment.GetEnvironmentVariable("VETBOOKING") ?? Path.Combine(AppContext.BaseDirectory, "vetbooking");
        return Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
