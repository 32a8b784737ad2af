using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VetBooking.Web.Website;

/// <summary>What is wrong with a list of origins: a word for the text that says it, and what it is about.</summary>
public sealed record OriginProblem(string Kind, string About);

/// <summary>
/// Reads the websites somebody typed, one a line, as origins (RFC 6454): <c>https://www.example.org</c>. They end up in a
/// header, so the list of what may be in one is short.
/// </summary>
public static partial class AllowedOrigins
{
    /// <summary>More would make a header that proxies refuse.</summary>
    public const int Most = 20;

    private const int LongestHost = 253;

    private static readonly SearchValues<char> NeverInOne = SearchValues.Create("*\\?#@%");

    /// <summary>Each origin once, in the order they were typed; or the first thing that is wrong.</summary>
    public static (ImmutableArray<string> Origins, OriginProblem? Problem) Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length > Most) return ([], new OriginProblem("many", lines.Length.ToString(CultureInfo.InvariantCulture)));
        var origins = ImmutableArray.CreateBuilder<string>();
        foreach (var line in lines)
        {
            if (ReadOne(line) is not { } origin) return ([], new OriginProblem(WhatIsWrong(line), line));
            if (!origins.Contains(origin)) origins.Add(origin);
        }
        return (origins.ToImmutable(), null);
    }

    private static string? ReadOne(string line) =>
        Url(line) is { } url && url.UserInfo.Length == 0 && url.PathAndQuery == "/" && url.Fragment.Length == 0 && !line.AsSpan().ContainsAny(NeverInOne)
        && (url.Scheme == Uri.UriSchemeHttps ? Name().IsMatch(url.IdnHost) : IsThisMachine(url)) && url.IdnHost.Length <= LongestHost
            ? $"{url.Scheme}://{url.IdnHost}{(url.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{url.Port}"))}"
            : null;

    private static string WhatIsWrong(string line) => line switch
    {
        _ when line.Contains('*', StringComparison.Ordinal) => "wildcard",
        _ when Url(line) is not { } url || url.IdnHost.Length == 0 => "address",
        _ when line.Contains('@', StringComparison.Ordinal) => "user",
        _ when Url(line) is { } url && url.Scheme != Uri.UriSchemeHttps && !IsThisMachine(url) => "scheme",
        _ when Url(line) is { } url && (url.PathAndQuery != "/" || line.AsSpan().ContainsAny('?', '#')) => "path",
        _ => "address",
    };

    /// <summary>Browsers trust a page of the machine they run on as one that came by https; whoever builds a website needs that.</summary>
    private static bool IsThisMachine(Uri url) => url is { Scheme: "http", IdnHost: "localhost" or "127.0.0.1" };

    private static Uri? Url(string line) => line.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(line, UriKind.Absolute, out var url) ? url : null;

    /// <summary>A name with a dot in it, as ASCII. An address in numbers is no website's; policies do not know them either.</summary>
    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\z")]
    private static partial Regex Name();
}
