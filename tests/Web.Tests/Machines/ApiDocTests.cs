using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Machines;

/// <summary>docs/api.md, run: every command in it, with real curl and openssl, against the running program.</summary>
public sealed partial class ApiDocTests(PracticeFixture fixture)
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/api.md"));

    [Fact]
    public async Task Every_curl_line_answers_what_the_document_says()
    {
        await using var practice = await fixture.Start();
        var folder = Directory.CreateTempSubdirectory("api-doc-");
        try
        {
            var slots = await practice.Api.Slots("impfung");
            var environment = new Dictionary<string, string>
            {
                ["BASE"] = practice.Http.BaseAddress!.ToString().TrimEnd('/'),
                ["TOKEN"] = await practice.MakeToken("day:read", "appointments:write"),
                ["START"] = slots[0].Start,
                ["VET"] = slots[0].Vet,
                ["DAY"] = slots[^1].Start[..10],
                ["LATER"] = slots[^1].Start,
            };
            var commands = Commands().Matches(Document).Where(match => match.Groups["command"].Value.StartsWith("curl", StringComparison.Ordinal)).ToList();
            Assert.True(commands.Count >= 10, "The commands were not found.");
            foreach (Match match in commands)
            {
                var says = Status().Match(match.Groups["before"].Value);
                Assert.True(says.Success, "No status is said before " + match.Value);
                var command = match.Groups["command"].Value.Replace("curl -s", "curl -s -o answer -w '%{http_code}'", StringComparison.Ordinal);
                var (code, status) = await Bash(command, folder.FullName, environment);
                var answer = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "answer"));
                Assert.True(code == 0 && status == says.Groups[1].Value, $"{says.Groups[1].Value} expected, {status} came ({code}):\n{command}\n{answer}");
                if (JsonNode.Parse(answer)!["number"] is { } number) environment["NUMBER"] = (string)number!;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_shell_verifies_a_message_as_the_document_says()
    {
        var command = Assert.Single(Commands().Matches(Document), match => match.Groups["command"].Value.Contains("openssl", StringComparison.Ordinal)).Groups["command"].Value;
        await using var receiver = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near());
        var (desk, page, secret) = await practice.AddHook(receiver.Address);
        await desk.Browser.Press(page, "form[action$='/probe'] button");
        var message = (await receiver.Until(1))[0];
        var folder = Directory.CreateTempSubdirectory("api-doc-");
        try
        {
            var environment = new Dictionary<string, string> { ["ID"] = message.Id, ["TIMESTAMP"] = message.Timestamp, ["SIGNATURE"] = message.Signature, ["SECRET"] = secret };
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "body"), message.Body);
            Assert.Equal(0, (await Bash(command, folder.FullName, environment)).Code);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "body"), message.Body.Replace("test", "tess", StringComparison.Ordinal));
            Assert.Equal(1, (await Bash(command, folder.FullName, environment)).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> Bash(string command, string folder, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output.Trim());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    /// <summary>A block of shell, and the paragraph before it.</summary>
    [GeneratedRegex(@"(?<before>[^\n]*)\n\n```sh\n(?<command>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Commands();

    [GeneratedRegex(@": (\d{3})\b")]
    private static partial Regex Status();
}
