using VetBooking.Fleet.Host;

namespace VetBooking.Tests.Fleet;

/// <summary>A host's folders in a place of their own, to read facts from and make plans for; nothing is run.</summary>
internal sealed class Hosted : IDisposable
{
    public Layout Layout { get; } = new(Directory.CreateTempSubdirectory("vetfleet-tests-").FullName);

    public HostFacts Facts => HostFacts.Read(Layout);

    public Hosted()
    {
        foreach (var folder in new[] { Layout.Practices, Layout.ByHost, Layout.Releases, Layout.Data, Layout.Units, Path.Combine(Layout.Units, "sockets.target.wants") }) Directory.CreateDirectory(folder);
        File.WriteAllText(Layout.Settings, """{"instance":{"mail":{"transport":"smtp","host":"relay.example"}}}""");
        foreach (var (path, content) in HostFiles.All(Layout, FleetSettings.Load(Layout.Settings)).Where(file => file.Path.StartsWith(Layout.Units, StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
        File.WriteAllText(Layout.Users, "root:x:0:0:root:/root:/bin/bash\n");
    }

    public Hosted With(params string[] releases)
    {
        foreach (var release in releases) Directory.CreateDirectory(Layout.Release(release));
        return this;
    }

    /// <summary>A practice as <c>add</c> leaves it.</summary>
    public Hosted Practice(string name, string release, params string[] hosts)
    {
        Directory.CreateDirectory(Layout.Of(name));
        File.WriteAllLines(Layout.NamesOf(name), hosts);
        File.CreateSymbolicLink(Layout.PinOf(name), Layout.Release(release));
        File.AppendAllText(Layout.Users, $"{Names.UserOf(name)}:x:900:900::/:/usr/sbin/nologin\n");
        Directory.CreateDirectory(Layout.DataOf(name));
        File.WriteAllText(Path.Combine(Layout.DataOf(name), "practice.db"), "");
        File.CreateSymbolicLink(Layout.WantOf(name), Path.Combine(Layout.Units, "vetbooking@.socket"));
        foreach (var host in hosts) File.CreateSymbolicLink(Layout.RouteOf(host), Layout.SocketOf(name));
        return this;
    }

    public void Dispose() => Directory.Delete(Layout.Root, recursive: true);
}
