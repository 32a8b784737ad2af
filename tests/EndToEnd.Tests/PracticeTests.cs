using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VetBooking.Tests.EndToEnd;

/// <summary>The whole way, with the executable that is shipped.</summary>
public partial class PracticeTests
{
    [Fact]
    public async Task From_an_empty_folder_to_a_confirmed_visit()
    {
        await using var instance = new Instance();
        var (code, made) = await Instance.Run("init", "--data", instance.Data, "--name", "Tierarztpraxis Berg", "--email", "praxis@berg.example");
        Assert.Equal(0, code);
        var setUp = new Uri(made.GetProperty("setupLink").GetString()!).AbsolutePath;

        await instance.Serve();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await instance.Http.GetAsync(instance.Url("/buchen"))).StatusCode);
        var administrator = new FirstAdministrator(instance);
        var cookie = await administrator.SignsUp(setUp);
        Assert.Equal(HttpStatusCode.NotFound, (await instance.Http.GetAsync(instance.Url(setUp))).StatusCode);
        await administrator.SetsUp(cookie);

        var number = await Book(instance);
        var link = Link().Match(await instance.Mail("please-confirm")).Groups[1].Value;
        Assert.Equal(HttpStatusCode.SeeOther, (await instance.Http.PostAsync(instance.Url(link + "/bestaetigung"), null)).StatusCode);
        Assert.Contains("gebucht", await instance.Http.GetStringAsync(instance.Url(link)), StringComparison.Ordinal);
        Assert.Contains($"UID:{number}@", await instance.Http.GetStringAsync(instance.Url(link + "/kalender.ics")), StringComparison.Ordinal);
        await instance.Mail("confirmed");

        (code, var check) = await Instance.Run("check", "--data", instance.Data);
        Assert.Equal(0, code);
        Assert.Empty(check.GetProperty("problems").EnumerateArray());
        Assert.Equal(1, check.GetProperty("counts").GetProperty("appointments").GetInt32());
    }

    [Fact]
    public async Task A_stopped_practice_started_from_a_copy_of_its_folder_is_the_same_practice()
    {
        await using var instance = new Instance();
        await Instance.Run("demo", "--data", instance.Data);
        var first = await instance.Serve();
        var number = await Book(instance);
        Assert.Equal(0, Terminate(first));

        var moved = instance.Data + "-moved";
        CopyFolder(instance.Data, moved);
        Directory.Delete(instance.Data, recursive: true);
        Directory.Move(moved, instance.Data);
        await instance.Serve();
        // The very same request is answered, not booked again: keys, answers and appointments came along.
        Assert.Equal(number, await Book(instance));
    }

    [Fact]
    public async Task A_sleeping_practice_wakes_for_a_request_on_its_socket_and_sleeps_again()
    {
        await using var instance = new Instance();
        await Instance.Run("demo", "--data", instance.Data);
        var behind = instance.Behind("systemd-socket-activate", ["-l", $"127.0.0.1:{instance.Port}"], "--idle-exit", "2s");
        await instance.Listening();
        Assert.Contains("Tierarztpraxis am Park", await instance.Http.GetStringAsync(instance.Url("/buchen")), StringComparison.Ordinal);
        // Whoever only asks how it is does not keep it awake.
        for (var i = 0; i < 50 && !behind.WaitForExit(TimeSpan.FromMilliseconds(300)); i++) await Ask(instance);
        Assert.True(behind.HasExited, "It did not go to sleep.");
        Assert.Equal(0, behind.ExitCode);
        // What it leaves behind is the minute of its next reminder; awake it wants nothing.
        var wake = Path.Combine(instance.Data, "wake");
        Assert.True(File.GetLastWriteTimeUtc(wake) > DateTime.UtcNow);
        Assert.Empty(await File.ReadAllBytesAsync(wake));
        await instance.Serve();
        Assert.False(File.Exists(wake));
    }

    [Fact]
    public async Task Where_it_is_started_is_nothing_to_it()
    {
        await using var instance = new Instance();
        await Instance.Run("demo", "--data", instance.Data);
        var practice = await instance.Serve();
        // systemd starts it in "/": whatever watches the working directory watches the whole disk.
        var open = new DirectoryInfo($"/proc/{practice.Id}/fd").GetFiles().Select(file => file.LinkTarget ?? "").ToList();
        Assert.Contains(open, target => target.EndsWith("practice.db", StringComparison.Ordinal));
        Assert.DoesNotContain(open, target => target.Contains("inotify", StringComparison.Ordinal));
    }

    private static async Task Ask(Instance instance)
    {
        try
        {
            using var answer = await instance.Http.GetAsync(instance.Url("/health/live"));
        }
        catch (HttpRequestException)
        {
            // It has gone to sleep meanwhile.
        }
    }

    private static async Task<string> Book(Instance instance)
    {
        var slots = await instance.Http.GetFromJsonAsync<JsonElement>(instance.Url("/api/v1/slots?visitType=impfung&species=dog&days=14"));
        // The last one: time passes while the test runs.
        var start = slots.GetProperty("slots").EnumerateArray().Last().GetProperty("start").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Post, instance.Url("/api/v1/bookings")) { Content = JsonContent.Create(Wish(start, instance)) };
        request.Headers.Add("Idempotency-Key", "the-one-booking-of-this-test");
        var answer = await instance.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()!;
    }

    private static object Wish(string? start, Instance instance)
    {
        // Asked again with the same key, the request must be the same to the letter.
        var kept = Path.Combine(instance.Folder, "start");
        if (!File.Exists(kept)) File.WriteAllText(kept, start);
        return new
        {
            visitType = "impfung",
            start = File.ReadAllText(kept),
            owner = new { name = "Ben Kaya", email = "ben@beispiel.example" },
            animals = new[] { new { name = "Rex", species = "dog" } },
        };
    }

    private static int Terminate(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), "It did not stop.");
        return process.ExitCode;
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from)) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    [GeneratedRegex(@"https?://[^/\s]+(/termin/[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
