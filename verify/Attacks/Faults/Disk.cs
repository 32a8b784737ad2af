using System.Text;

namespace VetBooking.Verify.Attacks.Faults;

/// <summary>
/// A disk whose power may go: what was flushed is there, of the rest anything may be, in any order, in pieces of 512 bytes.
/// Names are kept in their order, and any flush makes those before it durable, as the journal of ext4 does.
/// </summary>
internal sealed class Disk
{
    private const int Sector = 512;

    private readonly Dictionary<string, Inode> now = [];
    private readonly Dictionary<string, Inode> durable = [];
    private readonly List<(string Path, Inode? Inode)> names = [];

    private sealed class Inode
    {
        public byte[] Content { get; set; } = [];
        public List<Step> Waiting { get; } = [];
    }

    /// <summary>What becomes of what was not flushed.</summary>
    public enum Loss
    {
        Everything,
        Nothing,
        Some,
        Torn,
    }

    public static Disk Of(string folder)
    {
        var disk = new Disk();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            disk.durable.Add(Path.GetRelativePath(folder, file), disk.now[Path.GetRelativePath(folder, file)] = new Inode { Content = File.ReadAllBytes(file) });
        return disk;
    }

    public void Take(Step step)
    {
        switch (step.What)
        {
            case Step.Kind.Sync:
                foreach (var (path, inode) in names)
                {
                    if (inode is null) durable.Remove(path);
                    else durable[path] = inode;
                }
                names.Clear();
                if (now.TryGetValue(step.Path, out var flushed))
                {
                    flushed.Content = Apply(flushed.Content, flushed.Waiting, null);
                    flushed.Waiting.Clear();
                }
                break;
            case Step.Kind.Rename:
                if (!now.Remove(step.Path, out var moved)) break;
                var to = Encoding.UTF8.GetString(step.Data);
                now[to] = moved;
                names.Add((step.Path, null));
                names.Add((to, moved));
                break;
            case Step.Kind.Unlink:
                if (now.Remove(step.Path)) names.Add((step.Path, null));
                break;
            default:
                if (!now.TryGetValue(step.Path, out var written)) names.Add((step.Path, now[step.Path] = written = new Inode()));
                written.Waiting.Add(step);
                break;
        }
    }

    /// <summary>Whether a file is there to the last byte whatever happens.</summary>
    public bool Keeps(string path) => durable.TryGetValue(path, out var inode) && inode.Waiting.Count == 0 && names.TrueForAll(one => one.Path != path);

    /// <summary>What is left of some files once the power is back.</summary>
    public void Crash(string into, Loss loss, Random random, params ReadOnlySpan<string> files)
    {
        // Names come in their order: a file and its new name are one step.
        var known = loss switch { Loss.Everything => 0, Loss.Nothing => names.Count, _ => random.Next(names.Count + 1) };
        foreach (var file in files)
        {
            var inode = durable.GetValueOrDefault(file);
            foreach (var (path, other) in names.Take(known)) if (path == file) inode = other;
            var target = Path.Combine(into, file);
            if (inode is null) File.Delete(target);
            else File.WriteAllBytes(target, Content(inode, loss, random));
        }
    }

    private static byte[] Content(Inode inode, Loss loss, Random random) => loss == Loss.Everything
        ? inode.Content
        : Apply(inode.Content, inode.Waiting.Where(_ => loss != Loss.Some || random.Next(2) == 0), loss == Loss.Torn ? random : null);

    /// <summary>Writes and truncations, one after the other; with chance, only some of their sectors.</summary>
    private static byte[] Apply(byte[] content, IEnumerable<Step> steps, Random? chance)
    {
        using var file = new MemoryStream(content.Length * 2);
        file.Write(content);
        foreach (var step in steps)
        {
            if (step.What == Step.Kind.Truncate)
            {
                if (chance?.Next(2) != 0) file.SetLength(step.At);
                continue;
            }
            file.SetLength(Math.Max(file.Length, step.At + step.Data.Length));
            for (var from = 0; from < step.Data.Length;)
            {
                // Sectors of the disk, not of the write.
                var length = Math.Min(step.Data.Length - from, Sector - (int)((step.At + from) % Sector));
                file.Position = step.At + from;
                if (chance?.Next(2) != 0) file.Write(step.Data, from, length);
                from += length;
            }
        }
        return file.ToArray();
    }
}
