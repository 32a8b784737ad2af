using System.Security.Cryptography;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Releases;

namespace VetBooking.Tests.Fleet;

/// <summary>Only what its makers signed becomes a release here.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly Hosted host = new Hosted().With("0.3.0");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly string folder = Directory.CreateTempSubdirectory("vetfleet-release-").FullName;

    public ReleaseTests()
    {
        File.WriteAllText(host.Layout.ReleaseKey, key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(folder, "vetbooking"), "the program");
        Sign("0.4.0");
    }

    public void Dispose()
    {
        host.Dispose();
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_signed_release_is_put_beside_the_others_under_another_name_until_it_is_whole()
    {
        var steps = Planned().Steps;
        Assert.Equal(new Step.Run("mv", "-T", Path.Combine(host.Layout.Releases, ".0.4.0"), host.Layout.Release("0.4.0")), steps[^1]);
        Assert.Contains(steps, step => step is Step.Run { Command: ["install", "-m", "0755", _, var to] } && to.EndsWith("/.0.4.0/vetbooking", StringComparison.Ordinal));
    }

    [Fact]
    public void Changed_cut_off_foreign_or_added_to_it_is_refused()
    {
        File.AppendAllText(Path.Combine(folder, "extra"), "x");
        Refused("does not know");
        File.Delete(Path.Combine(folder, "extra"));
        File.AppendAllText(Path.Combine(folder, "vetbooking"), "!");
        Refused("was cut off or changed");
        File.Delete(Path.Combine(folder, "vetbooking"));
        Refused("lacks vetbooking");
        File.WriteAllText(Path.Combine(folder, "vetbooking"), "the program");
        Assert.NotEmpty(Planned().Steps);
        var manifest = Path.Combine(folder, Release.ManifestFile);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("0.4.0", "0.5.0", StringComparison.Ordinal));
        Refused("not signed with the key");
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Sign("0.4.0", stranger);
        Refused("not signed with the key");
    }

    [Fact]
    public void An_older_one_only_if_it_is_meant()
    {
        Sign("0.2.9");
        Refused("is older than 0.3.0");
        Assert.NotEmpty(Bring.Plan(host.Layout, host.Facts, folder, allowOlder: true).Steps);
        Sign("0.3.0");
        Assert.Empty(Planned().Steps);
        Sign("../../etc");
        Refused("version is none");
    }

    private Plan Planned() => Bring.Plan(host.Layout, host.Facts, folder, allowOlder: false);

    private void Refused(string reason) => Assert.Contains(reason, Assert.Throws<RefusedException>(Planned).Message, StringComparison.Ordinal);

    private void Sign(string version, ECDsa? by = null)
    {
        var sum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "vetbooking"))));
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new { version, schema = 28, files = new Dictionary<string, string> { ["vetbooking"] = sum } });
        File.WriteAllBytes(Path.Combine(folder, Release.ManifestFile), manifest);
        File.WriteAllBytes(Path.Combine(folder, Release.SignatureFile), (by ?? key).SignData(manifest, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence));
    }
}
