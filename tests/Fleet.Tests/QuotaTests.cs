using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Sovereignty;

namespace VetBooking.Tests.Fleet;

/// <summary>A practice's share of the disk: set where the file system holds users to limits, and said where it does not.</summary>
public sealed class QuotaTests : IDisposable
{
    private readonly Hosted host = new Hosted().With("0.3.0");

    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("/dev/vda1 / ext4 rw,relatime,quota,usrquota 0 0", "/")]
    [InlineData("/dev/vda1 / ext4 rw,jqfmt=vfsv1,usrjquota=aquota.user 0 0", "/")]
    [InlineData("/dev/vda1 / ext4 rw,relatime 0 0\n/dev/vdb /var/lib/vetbooking xfs rw,usrquota 0 0", "/var/lib/vetbooking")]
    [InlineData("/dev/vda1 / ext4 rw,usrquota 0 0\n/dev/vdb /var ext4 rw,relatime 0 0", null)]
    [InlineData("/dev/vdb /var/lib/vetbooking xfs rw,uqnoenforce 0 0", null)]
    [InlineData("/dev/vda1 / ext4 rw,quota 0 0", null)]
    [InlineData("/dev/vda1 / ext4 rw 0 0\n/dev/vdb /var/lib/vet ext4 rw,usrquota 0 0", null)]
    [InlineData("", null)]
    public void Limits_hold_where_the_nearest_mount_says_so(string mounts, string? where) =>
        Assert.Equal(where, Quota.Of("/var/lib/vetbooking", mounts.Split('\n'), "/none") is { Holds: true } quota ? quota.Mount : null);

    [Theory]
    [InlineData("vdb", "qgroups", true)]
    [InlineData("vdb", "features", false)]
    [InlineData("vdc", "qgroups", false)]
    public void A_btrfs_limits_folders_once_it_keeps_quotas_itself(string device, string knows, bool holds)
    {
        Knows(device, knows);
        Assert.Equal(new Quota("/var/lib/vetbooking", IsBtrfs: true, holds), Quota.Of("/var/lib/vetbooking", ["/dev/vdb /var/lib/vetbooking btrfs rw,relatime,subvol=/ 0 0"], host.Layout.Btrfs));
    }

    [Theory]
    [InlineData("qgroups", true)]
    [InlineData("features", false)]
    public void On_btrfs_a_practice_gets_a_folder_that_can_be_limited_before_anything_is_written_into_it(string knows, bool holds)
    {
        Keeps("relatime", "btrfs");
        Knows("vda1", knows);
        var data = host.Layout.DataOf("berg");
        var steps = Add.Plan(host.Layout, host.Facts, new AddWish("berg", ["termin.berg.example"]) { Title = "Berg", Email = "praxis@berg.example" }).Steps.ToList();
        var made = steps.IndexOf(new Step.Run("btrfs", "subvolume", "create", data));
        Assert.Equal([new Step.Remove(data), new Step.Folder(data, "0700", "vb-berg")], [steps[made - 1], steps[made + 1]]);
        Assert.Equal(holds ? made + 2 : -1, steps.IndexOf(new Step.Run("btrfs", "qgroup", "limit", "20G", data)));
        Assert.Equal(holds, Quota.Missing(host.Facts).Length == 0);
        Assert.Equal(("/usr/bin/btrfs", "btrfs-progs"), Quota.Needs(host.Facts));
    }

    [Fact]
    public void Who_is_added_is_limited_before_anything_is_written_and_freed_before_the_user_goes()
    {
        Keeps("usrquota");
        var added = Add.Plan(host.Layout, host.Facts, new AddWish("berg", ["termin.berg.example"]) { Title = "Berg", Email = "praxis@berg.example" }).Steps.ToList();
        var limit = added.IndexOf(new Step.Run("setquota", "--user", "vb-berg", "0", "20G", "0", "0", host.Layout.Root));
        Assert.InRange(limit, added.FindIndex(step => step is Step.Run { Command: ["useradd", ..] }) + 1, added.FindIndex(step => step is Step.Verb) - 1);

        host.Practice("tal", "0.3.0", "termin.tal.example");
        var retired = Retire.Plan(host.Layout, host.Facts, "tal", host.Layout.Root).Steps.ToList();
        Assert.Equal(retired.FindIndex(step => step is Step.Run { Command: ["userdel", ..] }) - 1, retired.IndexOf(new Step.Run("setquota", "--user", "vb-tal", "0", "0", "0", "0", host.Layout.Root)));
        Assert.Empty(Quota.Missing(host.Facts));
    }

    [Fact]
    public void Where_nobody_is_held_to_a_limit_none_is_set_and_the_operator_reads_so()
    {
        Keeps("relatime");
        Assert.DoesNotContain(Add.Plan(host.Layout, host.Facts, new AddWish("berg", ["termin.berg.example"]) { Title = "Berg", Email = "praxis@berg.example" }).Steps, step => step is Step.Run { Command: ["setquota", ..] });
        Assert.Contains("No practice has a limit on the disk", Quota.Missing(host.Facts), StringComparison.Ordinal);
    }

    private void Knows(string device, string what)
    {
        var one = Path.Combine(host.Layout.Btrfs, "1f0e");
        Directory.CreateDirectory(Path.Combine(one, "devices", device));
        Directory.CreateDirectory(Path.Combine(one, what));
    }

    private void Keeps(string options, string system = "ext4")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(host.Layout.Mounts)!);
        File.WriteAllText(host.Layout.Mounts, $"/dev/vda1 {host.Layout.Root} {system} rw,{options} 0 0\n");
    }
}
