using System.Buffers.Binary;
using System.Text;

namespace VetBooking.Verify.Attacks.Faults;

/// <summary>One call that changed the disk, the numbers being those of shim.c; and how long the trace was once it was written down.</summary>
internal sealed record Step(Step.Kind What, string Path, long At, byte[] Data, long End)
{
    public enum Kind
    {
        Write = 1,
        Truncate,
        Sync,
        Rename,
        Unlink,
    }
}

/// <summary>What shim.c wrote down, with paths below the practice's folder.</summary>
internal static class Trace
{
    public static List<Step> Read(string file, string root)
    {
        var (bytes, steps, i) = (File.ReadAllBytes(file), new List<Step>(), 0);
        while (i + 32 <= bytes.Length)
        {
            long Number(int which) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i + (8 * which)));
            var (what, name, at, length) = ((Step.Kind)Number(0), (int)Number(1), Number(2), (int)Number(3));
            var path = System.IO.Path.GetRelativePath(root, Encoding.UTF8.GetString(bytes, i + 32, name));
            var data = bytes.AsSpan(i + 32 + name, length).ToArray();
            i += 32 + name + length;
            if (what == Step.Kind.Rename) data = Encoding.UTF8.GetBytes(System.IO.Path.GetRelativePath(root, Encoding.UTF8.GetString(data)));
            steps.Add(new Step(what, path, at, data, i));
        }
        return steps;
    }

    /// <summary>The same, had the program been content with <c>synchronous = NORMAL</c>: its log is flushed only before it goes into the database.</summary>
    public static List<Step> AsNormal(List<Step> steps) => [.. steps.Where((step, i) =>
        step.What != Step.Kind.Sync || !step.Path.EndsWith("-wal", StringComparison.Ordinal)
        || steps.Skip(i + 1).FirstOrDefault(next => next.What == Step.Kind.Write)?.Path == "practice.db")];
}
