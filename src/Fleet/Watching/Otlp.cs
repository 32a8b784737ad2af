using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Watching;

/// <summary>Metrics as OpenTelemetry's own protocol over HTTP, in its JSON form.</summary>
internal static class Otlp
{
    /// <summary>Where the operator wants metrics sent; null for nowhere.</summary>
    /// <exception cref="RefusedException">There metrics must not go.</exception>
    public static Uri? Receiver(FleetSettings settings) => settings.Metrics switch
    {
        "" => null,
        var address when Uri.TryCreate(address, UriKind.Absolute, out var receiver) && receiver.UserInfo.Length == 0
            && (receiver.Scheme == Uri.UriSchemeHttps || receiver.Scheme == Uri.UriSchemeHttp && receiver.IsLoopback) => receiver,
        _ => throw new RefusedException("\"metrics\" in fleet.json is no receiver of metrics. Write the whole address, like https://otel.example/v1/metrics; http only on this machine, as in http://127.0.0.1:4318/v1/metrics. Nothing was changed."),
    };

    /// <summary>One line: an ExportMetricsServiceRequest.</summary>
    public static string Of(SeenHost host)
    {
        // By the protocol's JSON form, 64-bit numbers are strings.
        var at = JsonValue.Create((new DateTimeOffset(host.At).ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture));
        return new JsonObject
        {
            ["resourceMetrics"] = new JsonArray(new JsonObject
            {
                ["resource"] = new JsonObject { ["attributes"] = Attributes([("service.name", "vetfleet"), ("service.version", host.Version), ("host.name", host.Name)]) },
                ["scopeMetrics"] = new JsonArray(new JsonObject
                {
                    ["scope"] = new JsonObject { ["name"] = "vetfleet", ["version"] = host.Version },
                    ["metrics"] = new JsonArray([.. Metrics.Of(host).Where(metric => metric.Points.Count > 0).Select(metric => new JsonObject
                    {
                        ["name"] = metric.Name,
                        ["description"] = metric.About,
                        ["unit"] = metric.Unit,
                        ["gauge"] = new JsonObject
                        {
                            ["dataPoints"] = new JsonArray([.. metric.Points.Select(point => new JsonObject
                            {
                                ["attributes"] = Attributes(point.Labels),
                                ["timeUnixNano"] = at.DeepClone(),
                                ["asDouble"] = JsonValue.Create(Math.Round(point.Value, 3)),
                            })]),
                        },
                    })]),
                }),
            }),
        }.ToJsonString();
    }

    /// <summary>Sends them; says what went wrong, or null.</summary>
    public static async Task<string?> Send(Uri receiver, string metrics)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
        using var body = new StringContent(metrics, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var answer = await http.PostAsync(receiver, body);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"The page is written, but the receiver of metrics at {receiver.Authority} answers {(int)answer.StatusCode}. Look whether its address in fleet.json is right; the next try is in five minutes.");
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
        {
            return $"The page is written, but the receiver of metrics at {receiver.Authority} cannot be reached. Look whether it runs; the next try is in five minutes.";
        }
    }

    private static JsonArray Attributes(IEnumerable<(string Key, string Value)> labels) =>
        new([.. labels.Select(label => new JsonObject { ["key"] = label.Key, ["value"] = new JsonObject { ["stringValue"] = label.Value } })]);
}
