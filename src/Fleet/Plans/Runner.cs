using System.Text.Json;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Plans;

/// <summary>How a plan ended.</summary>
/// <param name="Subject">The practice, or the host.</param>
/// <param name="Problem">What went wrong; null if nothing did.</param>
internal sealed record Outcome(string Subject, string? Problem)
{
    /// <summary>What the practice's verbs answered, by verb.</summary>
    public IReadOnlyDictionary<string, JsonElement> Answers { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>How many steps were done.</summary>
    public int Steps { get; init; }

    /// <summary>Whether nothing was changed because of what was found.</summary>
    public bool IsRefused { get; init; }

    public double Seconds { get; init; }
}

/// <summary>Does what a plan says, step by step, and stops at the first that fails.</summary>
internal static class Runner
{
    public static async Task<Outcome> Perform(Plan plan)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        var course = new Course();
        string? problem = null;
        var done = 0;
        foreach (var look in plan.Looks)
            if ((problem = await Do(look, course)) is not null)
                return new Outcome(plan.Subject, problem) { IsRefused = true, Seconds = started.Elapsed.TotalSeconds };
        foreach (var step in plan.Steps)
        {
            problem = await Do(step, course);
            if (problem is not null) break;
            done++;
        }
        if (problem is not null && done >= plan.Looking)
            foreach (var step in plan.Undo)
                await Do(step, course);
        return new Outcome(plan.Subject, problem) { Answers = course.Answers, IsRefused = course.IsRefused && done == 0, Steps = done, Seconds = started.Elapsed.TotalSeconds };
    }

    // What has come of a plan so far.
    private sealed class Course
    {
        public Dictionary<string, JsonElement> Answers { get; } = [];

        /// <summary>Whether the practice's own program has refused.</summary>
        public bool IsRefused { get; set; }
    }

    private static async Task<string?> Do(Step step, Course course)
    {
        try
        {
            return step switch
            {
                Step.Folder folder => await Ran("install", "-d", "-m", folder.Mode, "-o", folder.Owner, "-g", folder.Group, folder.Path),
                Step.Text text => await Write(text),
                Step.Owned owned => await Piped(owned.Content, "runuser", "-u", Names.UserOf(owned.Practice), "--", "sh", "-c", "umask 077; cat >\"$1.new\" && mv -T \"$1.new\" \"$1\"", "-", owned.Path),
                Step.Fetch fetch => await Piped(null, "sh", "-c", "umask 077; runuser -u \"$1\" -- cat -- \"$2\" >\"$3.part\" && mv -T \"$3.part\" \"$3\"", "-", Names.UserOf(fetch.Practice), fetch.From, fetch.To),
                Step.Link link => await Relink(link),
                Step.Remove remove => Remove(remove.Path),
                Step.Run run => await Ran([.. run.Command]) is { } failed && !run.MayFail ? failed : null,
                Step.Verb verb => await Asked(verb.Command, Path.GetFileName(verb.Executable), verb.Arguments[0], course),
                Step.Beside beside => await Asked(beside.Command, "vetbooking", beside.Arguments[0], course),
                Step.Act act => await Acted(act, course.Answers),
                _ => throw new InvalidOperationException(step.ToString()),
            };
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or RefusedException or System.ComponentModel.Win32Exception)
        {
            return $"{step}: {failed.Message}";
        }
    }

    private static Task<string?> Ran(params string[] command) => Piped(null, command);

    private static async Task<string?> Piped(string? input, params string[] command)
    {
        var ended = await Shell.Run(command, input);
        return ended.Code == 0 ? null : $"{command[0]} {command.ElementAtOrDefault(1)}: {ended.LastWords}";
    }

    private static async Task<string?> Asked(IReadOnlyList<string> command, string program, string word, Course course)
    {
        var ended = await Shell.Run(command);
        if (Json(ended.Output) is { } answer) course.Answers[word] = answer;
        course.IsRefused = ended.Code == (int)ExitCode.Refused;
        return ended.Code == 0 ? null : $"{program} {word}: {ended.LastWords}";
    }

    private static async Task<string?> Acted(Step.Act act, Dictionary<string, JsonElement> answers)
    {
        if (await act.Do() is { } answer) answers[act.Says.Split(' ')[0]] = answer;
        return null;
    }

    private static JsonElement? Json(string output)
    {
        try
        {
            return JsonDocument.Parse(output).RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Beside and then over it: whoever reads sees the old file or the new one.
    private static async Task<string?> Write(Step.Text text)
    {
        var beside = text.Path + ".new";
        var mode = (UnixFileMode)Convert.ToInt32(text.Mode, 8);
        File.Delete(beside);
        await using (var file = new StreamWriter(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode })) await file.WriteAsync(text.Content);
        File.SetUnixFileMode(beside, mode);
        File.Move(beside, text.Path, overwrite: true);
        return null;
    }

    private static async Task<string?> Relink(Step.Link link)
    {
        if (Directory.Exists(link.Path) && new FileInfo(link.Path).LinkTarget is null) return $"{link.Path} is a folder and in the way. Look what it is, and move it away.";
        var beside = link.Path + ".new";
        File.Delete(beside);
        File.CreateSymbolicLink(beside, link.Target);
        // .NET moves what a link leads to, or nothing if that is not there yet.
        return await Ran("mv", "--force", "--no-target-directory", beside, link.Path);
    }

    private static string? Remove(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists || file.LinkTarget is not null) file.Delete();
        else if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        return null;
    }
}
