using System.Text.Json.Nodes;
using VetBooking.Fleet;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Swarm;

namespace VetBooking.Tests.Fleet;

/// <summary>What would be done to a swarm, and what is refused; no Docker is asked here.</summary>
public sealed class SwarmTests : IDisposable
{
    private static readonly Node Ash = new("ash", "10.0.0.1") { IsSelf = true, Place = "ash" };
    private static readonly Node Oak = new("oak", "10.0.0.2") { Place = "oak" };
    private static readonly Placed Berg = new("berg") { Hosts = ["termin.berg.example"], Release = "0.3.0", Place = "oak", Image = "sha256:old" };
    private readonly Hosted host = new();

    public void Dispose() => host.Dispose();

    private static SwarmFacts Facts => new()
    {
        Settings = new FleetSettings(),
        IsPrepared = true,
        Images = new Dictionary<string, string> { ["0.3.0"] = "sha256:old", ["0.4.0"] = "sha256:new" },
        Nodes = [Ash, Oak],
        Practices = new Dictionary<string, Placed> { ["berg"] = Berg },
    };

    [Fact]
    public void A_new_practice_gets_its_service_when_its_data_are_whole()
    {
        var plan = Added(new AddWish("tal", ["termin.tal.example", "www.tal.example"]) { Demo = true });
        var steps = plan.Steps.ToList();
        var made = steps.FindIndex(step => step is Step.Beside { Arguments: ["demo", ..] });
        var service = steps.FindIndex(step => step is Step.Run { Command: ["docker", "service", "create", ..] });
        Assert.True(made > 0 && service > made);
        Assert.Contains("-H ssh://root@10.0.0.2 run --rm --network none --read-only --cap-drop ALL", string.Join(' ', ((Step.Beside)steps[made]).Command), StringComparison.Ordinal);
        var words = ((Step.Run)steps[service]).Command;
        Assert.Contains("name=vetbooking,alias=termin.tal.example.vetbooking,alias=www.tal.example.vetbooking", words);
        Assert.Contains("node.labels.vetbooking.place==oak", words);
        Assert.Contains("sha256:new", words);
        Assert.Equal("stop-first", words[words.ToList().IndexOf("--update-order") + 1]);
        Assert.Equal("rollback", words[words.ToList().IndexOf("--update-failure-action") + 1]);
        Assert.DoesNotContain(steps.OfType<Step.Run>(), run => run.Command is ["docker", "volume", "create", ..]);
    }

    [Fact]
    public void The_same_again_is_nothing_to_do() => Assert.Empty(Added(new AddWish("berg", ["termin.berg.example"]) { Demo = true }, lies: true).Steps);

    [Fact]
    public void It_refuses_what_one_host_refuses()
    {
        var wish = new AddWish("tal", ["termin.tal.example"]) { Title = "Tal", Email = "tal@example.org" };
        Assert.Contains("--no-mail-check", Assert.Throws<RefusedException>(() => Added(wish)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Added(wish with { NoMailCheck = true }).Steps);
        Assert.True(Assert.Throws<RefusedException>(() => Facts.Chosen([], all: false)).IsWrongUsage);
        string[] update = ["update", "--all", "--to", "0.4.0", "--wave", "5", "--engine", "swarm"];
        Assert.Contains("--wave wants", Assert.Single(Verbs.Of(host.Layout, update).Parse(update).Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tal", "termin.tal.example", false, "cannot be a practice's name")]
    [InlineData("tal", "tal", false, "is no host name")]
    [InlineData("tal", "termin.berg.example", false, "leads to the practice \"berg\" already")]
    [InlineData("berg", "neu.berg.example", true, "There is a practice \"berg\" already")]
    [InlineData("tal", "termin.tal.example", true, "is in the way")]
    public void What_cannot_be_is_refused_with_the_reason(string name, string address, bool lies, string reason) =>
        Assert.Contains(reason, Assert.Throws<RefusedException>(() => Added(new AddWish(name, [address]) { Demo = true }, lies)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_update_is_tried_on_a_copy_in_a_volume_of_its_own_before_Swarm_is_asked()
    {
        var steps = SwarmUpdate.Plan(host.Layout, Facts, Berg, "0.4.0", DateTime.UnixEpoch).Steps.ToList();
        var backup = steps.FindIndex(step => step is Step.Beside { Arguments: ["backup", ..] });
        var tried = steps.FindIndex(step => step is Step.Beside { Arguments: ["check", ..] });
        var changed = steps.FindIndex(step => step is Step.Run { Command: ["docker", "service", "update", ..] });
        Assert.True(0 < backup && backup < tried && tried < changed);
        Assert.Contains("vb-berg-trial:/data", ((Step.Beside)steps[tried]).Command);
        Assert.Contains("sha256:new", ((Step.Beside)steps[tried]).Command);
        Assert.Contains("sha256:old", ((Step.Beside)steps[backup]).Command);
        Assert.Contains("vetbooking.before=0.3.0", ((Step.Run)steps[changed]).Command);
        Assert.Empty(SwarmUpdate.Plan(host.Layout, Facts, Berg with { Release = "0.4.0" }, "0.4.0", DateTime.UnixEpoch).Steps);
        Assert.Contains("Release 9.9.9 is not here", Assert.Throws<RefusedException>(() => SwarmUpdate.Plan(host.Layout, Facts, Berg, "9.9.9", DateTime.UnixEpoch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_that_cannot_read_todays_data_is_not_gone_back_to()
    {
        Assert.Contains("had no other release", Assert.Throws<RefusedException>(() => SwarmUpdate.Back(host.Layout, Facts, Berg, _ => 1)).Message, StringComparison.Ordinal);
        var updated = Berg with { Release = "0.4.0", Before = "0.3.0" };
        Assert.Contains("cannot read what 0.4.0 has written", Assert.Throws<RefusedException>(() => SwarmUpdate.Back(host.Layout, Facts, updated, version => version == "0.4.0" ? 2 : 1)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(SwarmUpdate.Back(host.Layout, Facts, updated, _ => 1).Steps);
    }

    [Fact]
    public void A_practice_whose_node_is_lost_is_told_its_new_place_when_its_data_are_there()
    {
        var lost = Facts with { Nodes = [Ash, Oak with { IsReady = false }] };
        Assert.Contains("is down", Assert.Throws<RefusedException>(() => SwarmRestore.Plan(host.Layout, lost, Berg, "oak", ("/b/x.vetbackup", "/b/key"))).Message, StringComparison.Ordinal);
        var steps = SwarmRestore.Plan(host.Layout, lost, Berg, "ash", ("/b/x.vetbackup", "/b/key")).Steps.ToList();
        var stopped = steps.FindIndex(step => step is Step.Run { Command: ["docker", "service", "scale", ..] });
        var brought = steps.FindIndex(step => step is Step.Beside { Arguments: ["restore", ..] });
        var placed = steps.FindIndex(step => step is Step.Run { Command: ["docker", "service", "update", ..] });
        Assert.True(0 < stopped && stopped < brought && brought < placed);
        Assert.Contains("node.labels.vetbooking.place==ash", ((Step.Run)steps[placed]).Command);
        Assert.DoesNotContain(steps, step => step.ToString()!.Contains("10.0.0.2", StringComparison.Ordinal));
        // Where it was, it is first waited for until nothing of it runs.
        Assert.Contains(SwarmRestore.Plan(host.Layout, Facts, Berg, "oak", ("/b/x.vetbackup", "/b/key")).Steps, step => step.ToString() == "wait until nothing of berg runs on oak");
    }

    [Fact]
    public void A_practice_does_not_leave_while_a_node_that_may_have_something_of_it_is_down()
    {
        Assert.Contains("oak is down", Assert.Throws<RefusedException>(() => SwarmRetire.Plan(host.Layout, Facts with { Nodes = [Ash, Oak with { IsReady = false }] }, "berg", "/tmp")).Message, StringComparison.Ordinal);
        Assert.Equal(new Step.Run("docker", "service", "rm", "vb-berg"), SwarmRetire.Plan(host.Layout, Facts, "berg", "/tmp").Steps[^1]);
    }

    [Fact]
    public void What_Docker_says_about_a_service_and_a_node_is_read()
    {
        var placed = SwarmFacts.PlacedOf(JsonNode.Parse("""
            {"ID":"x","Spec":{"Name":"vb-berg","Labels":{"vetbooking.practice":"berg","vetbooking.hosts":"a.example,b.example","vetbooking.release":"0.4.0","vetbooking.before":"0.3.0"},
             "TaskTemplate":{"ContainerSpec":{"Image":"sha256:new"},"Placement":{"Constraints":["node.labels.vetbooking.place==oak"]}},"Mode":{"Replicated":{"Replicas":0}}},
             "UpdateStatus":{"State":"completed","StartedAt":"2026-11-28T20:00:00Z"}}
            """)!);
        Assert.Equivalent(new Placed("berg") { Hosts = ["a.example", "b.example"], Release = "0.4.0", Before = "0.3.0", Place = "oak", Image = "sha256:new", IsOpen = false, UpdatedAt = "2026-11-28T20:00:00Z" }, placed, strict: true);
        var node = SwarmFacts.NodeOf(JsonNode.Parse("""{"ID":"n2","Spec":{"Labels":{"vetbooking.place":"oak"}},"Description":{"Hostname":"oak"},"Status":{"State":"down","Addr":"10.0.0.2"}}""")!, "n1");
        Assert.Equal(Oak with { Id = "n2", IsReady = false }, node);
    }

    [Fact]
    public async Task The_same_files_make_the_same_image_wherever_and_whenever()
    {
        var folder = Directory.CreateDirectory(Path.Combine(host.Layout.Root, "release")).FullName;
        foreach (var name in new[] { "vetbooking", "libe_sqlite3.so", "vetfleet", "release.json" }) await File.WriteAllTextAsync(Path.Combine(folder, name), name);
        var (one, other) = (Path.Combine(host.Layout.Root, "one.tar"), Path.Combine(host.Layout.Root, "other.tar"));
        await Image.Make(folder, "0.3.0", one);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "vetbooking"), DateTime.UnixEpoch);
        await Image.Make(folder, "0.3.0", other);
        Assert.Equal(await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(other));
        await File.WriteAllTextAsync(Path.Combine(folder, "vetbooking"), "another");
        File.Delete(other);
        await Image.Make(folder, "0.3.0", other);
        Assert.NotEqual(Image.NumberOf(one), Image.NumberOf(other));
        var about = JsonNode.Parse(await Text(one, Image.NumberOf(one)["sha256:".Length..] + ".json"))!["config"]!;
        Assert.Equal("10001:10001", (string?)about["User"]);
        Assert.Equal(["CMD", "/app/vetbooking", "ready", "--url", "http://127.0.0.1:8080"], about["Healthcheck"]!["Test"]!.AsArray().Select(word => (string?)word));
        var own = await Names(one, "layer1.tar");
        Assert.Equal(["app/libe_sqlite3.so", "app/vetbooking"], own);
        Assert.Contains(await Names(one, "layer0.tar"), name => name.StartsWith("lib/x86_64-linux-gnu/libssl.so.", StringComparison.Ordinal));
        Assert.DoesNotContain(await Names(one, "layer0.tar"), name => name.EndsWith("/libssl.so", StringComparison.Ordinal));
        Assert.DoesNotContain(await Names(one, "layer0.tar"), name => name.StartsWith("bin/", StringComparison.Ordinal) || name.EndsWith("/sh", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "add", "berg", "--engine", "swarm")]
    [InlineData(true, "--engine=swarm", "list")]
    [InlineData(false, "add", "swarm", "--engine", "systemd")]
    [InlineData(false, "list")]
    public void The_engine_is_what_the_command_line_names(bool swarm, params string[] words) => Assert.Equal(swarm, SwarmVerbs.AreMeant(words));

    private Plan Added(AddWish wish, bool lies = false) => SwarmAdd.Plan(host.Layout, Facts, wish, Oak, lies);

    private static async Task<string> Text(string archive, string name)
    {
        await using var bytes = await Entry(archive, name);
        using var text = new StreamReader(bytes);
        return await text.ReadToEndAsync();
    }

    private static async Task<List<string>> Names(string archive, string layer)
    {
        await using var bytes = await Entry(archive, layer);
        await using var tar = new System.Formats.Tar.TarReader(bytes);
        var names = new List<string>();
        while (await tar.GetNextEntryAsync() is { } entry) names.Add(entry.Name);
        return names;
    }

    private static async Task<Stream> Entry(string archive, string name)
    {
        await using var file = File.OpenRead(archive);
        await using var tar = new System.Formats.Tar.TarReader(file);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name != name) continue;
            var copy = new MemoryStream();
            await entry.DataStream!.CopyToAsync(copy);
            copy.Position = 0;
            return copy;
        }
        throw new FileNotFoundException(name);
    }
}
