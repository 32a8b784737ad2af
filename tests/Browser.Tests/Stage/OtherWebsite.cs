using System.Net;
using System.Text;

namespace VetBooking.Tests.Browser;

/// <summary>A website of somebody's on an origin of its own: one page, with whatever was copied into it.</summary>
internal sealed class OtherWebsite : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task answering;

    public OtherWebsite()
    {
        Address = $"http://127.0.0.1:{PracticeServer.FreePort()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        answering = Answer();
    }

    /// <summary>Its origin.</summary>
    public string Address { get; }

    /// <summary>What stands in its page.</summary>
    public string Content { get; set; } = "";

    /// <summary>What it lets its own pages do; as strict as websites are that take security seriously.</summary>
    public string Policy { get; set; } = "";

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await answering;
        listener.Close();
    }

    private async Task Answer()
    {
        while (listener.IsListening)
        {
            HttpListenerContext http;
            try
            {
                http = await listener.GetContextAsync();
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var page = Encoding.UTF8.GetBytes($"""
                <!doctype html><html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Unsere Praxis</title>
                <link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css">
                <main><h1>Willkommen in unserer Praxis</h1><p class="tall">Seit 1987 im Kiez.</p>{Content}<p class="tall">Wir freuen uns auf Sie.</p></main></html>
                """);
            if (http.Request.Url!.AbsolutePath == "/site.css") (page, http.Response.ContentType) = ("body { font-family: serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem } .tall { min-height: 300px } a { display: inline-block }"u8.ToArray(), "text/css");
            else http.Response.ContentType = "text/html; charset=utf-8";
            if (Policy.Length > 0) http.Response.Headers["Content-Security-Policy"] = Policy;
            await http.Response.OutputStream.WriteAsync(page);
            http.Response.Close();
        }
    }
}
