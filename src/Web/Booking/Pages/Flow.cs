using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using VetBooking.Web.Protection;

namespace VetBooking.Web.Booking;

/// <summary>
/// What an owner has answered so far. It travels in the address as one encrypted token, so back, reload and links work
/// without a cookie or a session, and logs hold nothing readable. Contact data never gets in.
/// </summary>
public sealed record Flow
{
    public string VisitType { get; init; } = "";

    /// <summary>Whether the red flags were asked; what was answered is not kept anywhere.</summary>
    public bool AskedRedFlags { get; init; }

    public ImmutableArray<VisitingAnimal> Animals { get; init; } = [];

    public Instant? Start { get; init; }

    public string? Vet { get; init; }

    /// <summary>Makes the booking happen once, however often the form is sent. Made anew when a time is chosen.</summary>
    public string Key { get; init; } = "";

    /// <summary>When this token was made.</summary>
    public Instant Made { get; init; }

    /// <summary>A key nobody can guess.</summary>
    public static string NewKey() => SecretToken.Create();
}

/// <summary>Seals answers into tokens and opens them again.</summary>
public sealed class FlowTokens(IDataProtectionProvider protection, IClock clock)
{
    private const byte Version = 1;

    /// <summary>Enough for six animals with all that may be typed about them, and short enough for one line of a request.</summary>
    private const int Longest = 6144;

    private static readonly Duration Life = Duration.FromHours(2);

    private readonly IDataProtector protector = protection.CreateProtector("booking-flow");

    /// <summary>The token for these answers, as of now or of when they were first given.</summary>
    public string Seal(Flow flow, Instant? made = null)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write((made ?? clock.GetCurrentInstant()).ToUnixTimeMilliseconds());
        writer.Write(flow.VisitType);
        writer.Write(flow.AskedRedFlags);
        writer.Write((byte)flow.Animals.Length);
        foreach (var animal in flow.Animals)
        {
            writer.Write(animal.Name);
            writer.Write(animal.Species);
            writer.Write(animal.Born ?? "");
            writer.Write(animal.Reason);
        }
        writer.Write(flow.Start?.ToUnixTimeSeconds() ?? 0);
        writer.Write(flow.Vet ?? "");
        writer.Write(flow.Key);
        writer.Flush();
        return Base64Url.EncodeToString(protector.Protect(bytes.ToArray()));
    }

    /// <summary>The answers in a token; null if it is none of ours, or too old.</summary>
    public Flow? Open(string token)
    {
        if (token.Length is 0 or > Longest) return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(protector.Unprotect(Base64Url.DecodeFromChars(token))));
            if (reader.ReadByte() != Version) return null;
            var made = Instant.FromUnixTimeMilliseconds(reader.ReadInt64());
            if (clock.GetCurrentInstant() - made > Life) return null;
            var flow = new Flow { Made = made, VisitType = reader.ReadString(), AskedRedFlags = reader.ReadBoolean() };
            var animals = ImmutableArray.CreateBuilder<VisitingAnimal>();
            for (var left = reader.ReadByte(); left > 0; left--)
            {
                animals.Add(new VisitingAnimal(reader.ReadString(), reader.ReadString(), reader.ReadString() is { Length: > 0 } born ? born : null, reader.ReadString()));
            }
            return flow with
            {
                Animals = animals.ToImmutable(),
                Start = reader.ReadInt64() is var start && start != 0 ? Instant.FromUnixTimeSeconds(start) : null,
                Vet = reader.ReadString() is { Length: > 0 } vet ? vet : null,
                Key = reader.ReadString(),
            };
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException or EndOfStreamException)
        {
            return null;
        }
    }
}
