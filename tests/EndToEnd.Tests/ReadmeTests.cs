using System.Text.RegularExpressions;

namespace VetBooking.Tests.EndToEnd;

/// <summary>What the README tells a stranger to do can be done.</summary>
public partial class ReadmeTests
{
    [Fact]
    public void Every_script_the_documents_name_is_there_and_can_be_run()
    {
        string[] documents = [.. Directory.GetFiles(Instance.Root, "*.md"), .. Directory.GetFiles(Path.Combine(Instance.Root, "docs"), "*.md", SearchOption.AllDirectories)];
        var scripts = documents.SelectMany(file => Script().Matches(File.ReadAllText(file)).Select(match => match.Value)).Distinct().ToList();
        Assert.Contains("bin/demo", scripts);
        Assert.Contains("bin/test", scripts);
        Assert.All(scripts, script => Assert.True(
            File.Exists(Path.Combine(Instance.Root, script)) && File.GetUnixFileMode(Path.Combine(Instance.Root, script)).HasFlag(UnixFileMode.UserExecute), script));
    }

    [Fact]
    public void Every_file_the_documents_link_to_is_there()
    {
        string[] documents = [.. Directory.GetFiles(Instance.Root, "*.md"), .. Directory.GetFiles(Path.Combine(Instance.Root, "docs"), "*.md", SearchOption.AllDirectories)];
        var missing = documents.SelectMany(file => Target().Matches(File.ReadAllText(file))
            .Select(match => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, match.Groups[1].Value)))
            .Where(target => !File.Exists(target) && !Directory.Exists(target))
            .Select(target => $"{Path.GetRelativePath(Instance.Root, file)} → {Path.GetRelativePath(Instance.Root, target)}"));
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"(?<![\w/.])bin/[a-z]+\b(?!/)")]
    private static partial Regex Script();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)([^)#\s]+)")]
    private static partial Regex Target();
}
