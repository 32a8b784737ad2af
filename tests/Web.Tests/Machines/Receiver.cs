using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VetBooking.Tests.Machines;

/// <summary>What a receiver was sent.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => (string)Json["type"]!;

    /// <summary>Whether it is signed with this secret, worked out from the specification alone.</summary>
    public bool IsSignedWith(string secret) =>
        Signature == "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
}

/// <summary>A real HTTP server on this machine that takes messages, and behaves as badly as a test wants.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = [];

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>What it does with a request it has read; 204, unless a test says otherwise. Gets how many there were before.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (http, _) => With(http, 204);

    public string Address => app.Urls.First() + "/hier";

    public IReadOnlyList<Received> All => [.. received];

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelCore();
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.Take);
        await receiver.app.StartAsync();
        return receiver;
    }

    public static Task With(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Waits until so many have come, and a moment longer to see that no more come.</summary>
    public async Task<IReadOnlyList<Received>> Until(int count)
    {
        for (var tries = 0; received.Count < count; tries++)
        {
            Assert.True(tries < 400, $"{received.Count} of {count} messages came.");
            await Task.Delay(25);
        }
        await Task.Delay(100);
        Assert.Equal(count, received.Count);
        return All;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var before = received.Count;
        received.Enqueue(new Received(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body));
        await Answer(http, before);

        string Header(string name) => http.Request.Headers[name].ToString();
    }
}
