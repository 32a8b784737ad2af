using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Watching;

namespace VetBooking.Tests.Fleet;

/// <summary>The numbers of the status, in both of their forms; bin/verify fleet gives them to a parser and a receiver of others.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public void OpenMetrics_names_types_and_units_belong_together()
    {
        var text = OpenMetrics.Of(Metrics.Of(WatchingTests.Ash(WatchingTests.Berg())));
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE vetbooking_practice_backup_age_seconds gauge\n# UNIT vetbooking_practice_backup_age_seconds seconds\n# HELP vetbooking_practice_backup_age_seconds Since the newest backup.\nvetbooking_practice_backup_age_seconds{practice=\"berg\"} 36000\n", text, StringComparison.Ordinal);
        Assert.Contains("vetbooking_practice_errors{practice=\"berg\",code=\"102\"} 3\n", text, StringComparison.Ordinal);
        // A sleeping practice has no memory: what is not known is left out, with its name.
        Assert.DoesNotContain("vetbooking_practice_memory", text, StringComparison.Ordinal);
        Assert.Contains(@"{unit=""a\\b\""c\n""}", OpenMetrics.Of([new Metric("a", "1", "") { Points = [([("unit", "a\\b\"c\n")], 1)] }]), StringComparison.Ordinal);
    }

    [Fact]
    public void No_label_can_name_a_person()
    {
        var named = Metrics.Of(WatchingTests.Ash(WatchingTests.Berg())).SelectMany(metric => metric.Points).SelectMany(point => point.Labels).ToList();
        Assert.Equal(["code", "practice", "release", "unit"], named.Select(label => label.Key).Distinct().Order());
        Assert.Equal(["0.3.0", "102", "berg", "caddy.service"], named.Select(label => label.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Otlp_reaches_a_receiver_as_it_is_and_what_the_receiver_says_counts()
    {
        var host = WatchingTests.Ash(WatchingTests.Berg());
        using var receiver = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        receiver.Prefixes.Add(address);
        receiver.Start();
        var said = new List<string>();
        var answering = Task.Run(async () =>
        {
            foreach (var status in new[] { 200, 429 })
            {
                var asked = await receiver.GetContextAsync();
                using (var body = new StreamReader(asked.Request.InputStream)) said.Add($"{asked.Request.HttpMethod} {asked.Request.RawUrl} {asked.Request.ContentType}\n{await body.ReadToEndAsync()}");
                asked.Response.StatusCode = status;
                asked.Response.Close();
            }
        });
        var to = new Uri(address + "v1/metrics");
        Assert.Null(await Otlp.Send(to, Otlp.Of(host)));
        Assert.Contains("answers 429", await Otlp.Send(to, Otlp.Of(host)), StringComparison.Ordinal);
        await answering;
        receiver.Stop();
        Assert.Contains("cannot be reached", await Otlp.Send(to, Otlp.Of(host)), StringComparison.Ordinal);
        Assert.StartsWith("POST /v1/metrics application/json", said[0], StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said[0][(said[0].IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        var resource = JsonDocument.Parse(said[0].Split('\n', 2)[1]).RootElement.GetProperty("resourceMetrics")[0];
        Assert.Equal("vetfleet", resource.GetProperty("resource").GetProperty("attributes")[0].GetProperty("value").GetProperty("stringValue").GetString());
        var disk = resource.GetProperty("scopeMetrics")[0].GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == "vetbooking.practice.disk");
        var point = Assert.Single(disk.GetProperty("gauge").GetProperty("dataPoints").EnumerateArray());
        Assert.Equal(2_500_000, point.GetProperty("asDouble").GetDouble());
        Assert.Equal("1795867200000000000", point.GetProperty("timeUnixNano").GetString());
        Assert.Equal("By", disk.GetProperty("unit").GetString());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("https://otel.example/v1/metrics", true)]
    [InlineData("http://127.0.0.1:4318/v1/metrics", true)]
    [InlineData("http://localhost:4318/v1/metrics", true)]
    [InlineData("http://otel.example/v1/metrics", false)]
    [InlineData("https://user:secret@otel.example/v1/metrics", false)]
    [InlineData("otel.example", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Metrics_go_over_a_network_in_cipher_or_not_at_all(string address, bool mayBe)
    {
        var settings = new FleetSettings { Metrics = address };
        if (mayBe) Assert.Equal(address, Otlp.Receiver(settings)?.ToString() ?? "");
        else Assert.DoesNotContain("secret", Assert.Throws<RefusedException>(() => Otlp.Receiver(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_names_every_metric()
    {
        var document = File.ReadAllText(OperatingTests.Document);
        var known = Name().Matches(document).SelectMany(match => Expanded(match.Value)).ToHashSet();
        Assert.Equal(Metrics.Of(WatchingTests.Ash(WatchingTests.Berg())).Select(metric => metric.Name).Order(), known.Order());
    }

    // "`vetbooking.practice.ok`, `.awake`" are two names.
    private static IEnumerable<string> Expanded(string row)
    {
        var stem = "";
        foreach (var name in row.Split('`').Where((_, place) => place % 2 == 1))
        {
            if (!name.StartsWith('.')) stem = string.Join('.', name.Split('.').Take(name.StartsWith("vetbooking.host.disk", StringComparison.Ordinal) ? 3 : 2));
            yield return name.StartsWith('.') ? stem + name : name;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^\| (`vetbooking\.[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Name();
}
