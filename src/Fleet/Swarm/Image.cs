using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Releases;

namespace VetBooking.Fleet.Swarm;

/// <summary>A file of an image.</summary>
/// <param name="Path">Where it lies in the image, without a leading slash.</param>
/// <param name="From">The file here; null for a folder.</param>
internal sealed record ImageFile(string Path, string? From)
{
    /// <summary>What is in it, if no file here has it.</summary>
    public string? Content { get; init; }

    public UnixFileMode Mode { get; init; } = (UnixFileMode)0b111_101_101;

    /// <summary>Whether the image's own user owns it.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>
/// Makes images as <c>docker load</c> takes them, without a Docker: the same files give the same bytes everywhere, and the
/// image's number is the sum of them. No shell, no package manager; nothing in it may be written but /data and /carry.
/// </summary>
internal static class Image
{
    private const string Libraries = "lib/x86_64-linux-gnu";
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    // Found when a program looks for them, not by ldd: ICU, OpenSSL and the C library's resolver. Names without a number are for compilers.
    private static readonly string[] LookedFor = ["libicuuc.so.", "libicui18n.so.", "libssl.so.", "libgcc_s.so.", "libstdc++.so.", "libresolv.so."];

    /// <summary>What every image has: the libraries this machine has for programs, the authorities the system trusts, and a user.</summary>
    public static async Task<IReadOnlyList<ImageFile>> Base(params IReadOnlyList<string> programs)
    {
        var known = (await Docker.Ask("/sbin/ldconfig", "-p")).Split('\n').Select(line => line.Split("=>", 2)).Where(pair => pair.Length == 2 && pair[0].Contains("x86-64", StringComparison.Ordinal))
            .Select(pair => (Name: pair[0].Trim().Split(' ')[0], Path: pair[1].Trim())).ToList();
        var roots = LookedFor.Select(start => known.Where(library => library.Name.StartsWith(start, StringComparison.Ordinal)).Select(library => library.Path).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new RefusedException($"This machine has no {start.TrimEnd('.')}, which an image needs: 'vetfleet prepare --engine swarm' installs it. Nothing was changed.")).ToList();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var root in roots) files[$"{Libraries}/{Path.GetFileName(root)}"] = root;
        // Of each library only what the system has: what lies beside a program comes with it. It fails at programs that need none.
        foreach (var line in (await Shell.Run(["ldd", "/bin/true", .. programs, .. roots])).Output.Split('\n').Where(line => line.StartsWith('\t') && line.Contains(" (", StringComparison.Ordinal)))
        {
            var path = line.Split("=>")[^1].Trim().Split(' ')[0];
            if (path.Contains("/ld-linux", StringComparison.Ordinal)) files[$"lib64/{Path.GetFileName(path)}"] = path;
            else if (path.StartsWith("/lib/", StringComparison.Ordinal) || path.StartsWith("/usr/lib/", StringComparison.Ordinal)) files[$"{Libraries}/{Path.GetFileName(path)}"] = path;
        }
        var folders = new[] { "app", "etc", "etc/ssl", "etc/ssl/certs", "lib", Libraries, "lib64" };
        return
        [
            .. folders.Select(folder => new ImageFile(folder, null)),
            new ImageFile("tmp", null) { Mode = (UnixFileMode)0b001_111_111_111 },
            new ImageFile("data", null) { Mode = (UnixFileMode)0b111_000_000, IsOwn = true },
            new ImageFile("carry", null) { Mode = (UnixFileMode)0b111_000_000, IsOwn = true },
            new ImageFile("etc/passwd", null) { Content = $"root:x:0:0::/:/\nvetbooking:x:{Docker.User}:{Docker.User}::/data:/\n", Mode = (UnixFileMode)0b110_100_100 },
            new ImageFile("etc/group", null) { Content = $"root:x:0:\nvetbooking:x:{Docker.User}:\n", Mode = (UnixFileMode)0b110_100_100 },
            new ImageFile("etc/nsswitch.conf", null) { Content = "hosts: files dns\n", Mode = (UnixFileMode)0b110_100_100 },
            new ImageFile("etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/ca-certificates.crt") { Mode = (UnixFileMode)0b110_100_100 },
            .. files.Select(file => new ImageFile(file.Key, file.Value)),
        ];
    }

    /// <summary>The image of a release: everything in its folder but the operator's program and the lists.</summary>
    public static async Task Make(string folder, string version, string archive)
    {
        var files = Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) is not ("vetfleet" or Release.ManifestFile or Release.SignatureFile) && !path.EndsWith(".cdx.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        await Write(archive, $"vetbooking:{version}", [await Base([.. files.Where(IsProgram)]), [.. files.Select(file => new ImageFile("app/" + Path.GetFileName(file), file))]], new JsonObject
        {
            ["User"] = $"{Docker.User}:{Docker.User}",
            ["Env"] = new JsonArray("DOTNET_GCgen0size=80000"),
            ["Entrypoint"] = new JsonArray("/app/vetbooking"),
            ["Cmd"] = new JsonArray("serve", "--data", "/data", "--urls", "http://0.0.0.0:8080"),
            ["WorkingDir"] = "/data",
            ["StopSignal"] = "SIGTERM",
            ["ExposedPorts"] = new JsonObject { ["8080/tcp"] = new JsonObject() },
            ["Labels"] = new JsonObject { ["org.opencontainers.image.version"] = version },
            ["Healthcheck"] = new JsonObject
            {
                ["Test"] = new JsonArray("CMD", "/app/vetbooking", "ready", "--url", "http://127.0.0.1:8080"),
                ["Interval"] = 5_000_000_000, ["Timeout"] = 6_000_000_000, ["StartPeriod"] = 10_000_000_000, ["Retries"] = 3,
            },
        });
    }

    /// <summary>Writes an archive as <c>docker load</c> takes it; the numbers come first, so that they can be read without the rest.</summary>
    public static async Task Write(string archive, string name, IReadOnlyList<IReadOnlyList<ImageFile>> layers, JsonObject config)
    {
        var parts = new List<(string Name, string File, string Sum)>();
        try
        {
            foreach (var layer in layers)
            {
                var part = $"{archive}.layer{parts.Count}";
                await using (var file = File.Create(part))
                await using (var tar = new TarWriter(file, TarEntryFormat.Ustar))
                    foreach (var entry in layer) await Add(tar, entry);
                await using var bytes = File.OpenRead(part);
                parts.Add(($"layer{parts.Count}.tar", part, Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes))));
            }
            var about = new JsonObject
            {
                ["architecture"] = "amd64", ["os"] = "linux", ["created"] = "1970-01-01T00:00:00Z", ["config"] = config,
                ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. parts.Select(part => (JsonNode)$"sha256:{part.Sum}")]) },
                ["history"] = new JsonArray([.. parts.Select(_ => (JsonNode)new JsonObject { ["created"] = "1970-01-01T00:00:00Z", ["created_by"] = "vetfleet" })]),
            }.ToJsonString();
            var number = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(about)));
            var manifest = new JsonArray(new JsonObject { ["Config"] = number + ".json", ["RepoTags"] = new JsonArray(name), ["Layers"] = new JsonArray([.. parts.Select(part => (JsonNode)part.Name)]) });
            await using (var file = File.Create(archive + ".part"))
            await using (var tar = new TarWriter(file, TarEntryFormat.Ustar))
            {
                await Add(tar, new ImageFile("manifest.json", null) { Content = manifest.ToJsonString() });
                await Add(tar, new ImageFile(number + ".json", null) { Content = about });
                foreach (var part in parts) await Add(tar, new ImageFile(part.Name, part.File));
            }
            File.Move(archive + ".part", archive, overwrite: true);
        }
        finally
        {
            foreach (var part in parts) File.Delete(part.File);
        }
    }

    /// <summary>The number of the image in an archive, as a service names it: no other bytes can be started under it, and nothing is ever fetched for it.</summary>
    public static string NumberOf(string archive)
    {
        using var file = File.OpenRead(archive);
        using var tar = new TarReader(file);
        using var manifest = tar.GetNextEntry()?.DataStream ?? throw new RefusedException($"{archive} is no image. Remove it, and bring the release again.");
        return "sha256:" + Path.GetFileNameWithoutExtension((string)JsonNode.Parse(manifest)![0]!["Config"]!);
    }

    // A program or library of the machine's, rather than a script or a list.
    private static bool IsProgram(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> first = stackalloc byte[4];
        return file.ReadAtLeast(first, 4, throwOnEndOfStream: false) == 4 && first.SequenceEqual("\u007fELF"u8);
    }

    private static async Task Add(TarWriter tar, ImageFile file)
    {
        var owner = file.IsOwn ? int.Parse(Docker.User, System.Globalization.CultureInfo.InvariantCulture) : 0;
        await using var bytes = file.Content is { } content ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) : file.From is { } from ? File.OpenRead(from) : (Stream?)null;
        var entry = new UstarTarEntry(bytes is null ? TarEntryType.Directory : TarEntryType.RegularFile, bytes is null ? file.Path + "/" : file.Path) { Mode = file.Mode, ModificationTime = Epoch, Uid = owner, Gid = owner };
        if (bytes is not null) entry.DataStream = bytes;
        await tar.WriteEntryAsync(entry);
    }
}
