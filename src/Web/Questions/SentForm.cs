using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Questions;

/// <summary>A photo as it was sent.</summary>
/// <param name="Question">Id of the question it was sent for.</param>
/// <param name="Content">The file; null if it is longer than is read.</param>
public sealed record SentPhoto(string Question, byte[]? Content);

/// <summary>
/// The last form of a booking, with the photos that may come with it. Anybody may send it, so a photo is read up to its bound
/// and no further, and the rest of a longer one is passed over: what was typed is there nevertheless.
/// </summary>
/// <param name="Fields">What was typed.</param>
/// <param name="Photos">What was sent, one more than is allowed at the most.</param>
public sealed record SentForm(IFormCollection Fields, IReadOnlyList<SentPhoto> Photos)
{
    /// <summary>What the name of a photo's field begins with; the question's id follows.</summary>
    public const string PhotoField = "foto-";

    // Three photos straight from a large camera still get a sentence, and not a connection that is cut off.
    private const long LongestBody = 128 * 1024 * 1024;
    private const int LongestField = 16 * 1024;
    private const int MostFields = 200;

    // Each may hold four photos in memory. Whoever is slow, or means to be, keeps nobody else from booking.
    private static readonly SemaphoreSlim AtOnce = new(3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRead = TimeSpan.FromMinutes(4);

    /// <summary>Whether photos are missing because they did not arrive whole, or there was no room for them.</summary>
    public bool IsCut { get; init; }

    /// <summary>Reads what was sent.</summary>
    public static async Task<SentForm> Read(Visitor visitor, bool takesPhotos)
    {
        var request = visitor.Http.Request;
        if (!takesPhotos || request.GetTypedHeaders().ContentType is not { } type || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 70 } boundary)
        {
            return new SentForm(await visitor.Form(), []);
        }
        if (visitor.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LongestBody;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(visitor.Http.RequestAborted);
        stop.CancelAfter(LongestWait + LongestRead);
        var hasRoom = await AtOnce.WaitAsync(LongestWait, stop.Token);
        try
        {
            return await Read(new MultipartReader(boundary, request.Body), hasRoom, stop.Token);
        }
        finally
        {
            if (hasRoom) AtOnce.Release();
        }
    }

    private static async Task<SentForm> Read(MultipartReader parts, bool hasRoom, CancellationToken stop)
    {
        var (fields, photos, count, isCut) = (new Dictionary<string, StringValues>(), new List<SentPhoto>(), 0, false);
        try
        {
            while (await parts.ReadNextSectionAsync(stop) is { } part)
            {
                if (++count > MostFields) throw new InvalidDataException("Too many fields.");
                if (part.GetContentDispositionHeader() is not { } disposition || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name) continue;
                if (!name.StartsWith(PhotoField, StringComparison.Ordinal))
                {
                    var text = await Bytes(part.Body, LongestField, stop) ?? throw new InvalidDataException("A field is too long.");
                    fields[name] = StringValues.Concat(fields.GetValueOrDefault(name), Encoding.UTF8.GetString(text));
                }
                else if (photos.Count <= Photo.Most && await Bytes(part.Body, hasRoom ? Photo.MostBytes : 0, stop) is var content && content is not { Length: 0 })
                {
                    isCut |= !hasRoom;
                    photos.Add(new SentPhoto(name[PhotoField.Length..], content));
                }
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // It breaks off, or goes on for ever. What came before is kept, and a page says so; the message stands after the photos.
            isCut = true;
        }
        return new SentForm(new FormCollection(fields), photos) { IsCut = isCut };
    }

    /// <summary>What is in a part; null if it is longer than <paramref name="most"/>. It is read to its end in any case.</summary>
    private static async Task<byte[]?> Bytes(Stream part, int most, CancellationToken stop)
    {
        var (buffer, kept, isTooLong) = (new byte[16 * 1024], new MemoryStream(), false);
        for (int read; (read = await part.ReadAsync(buffer, stop)) > 0;)
        {
            isTooLong |= kept.Length + read > most;
            if (isTooLong) kept.SetLength(0);
            else kept.Write(buffer, 0, read);
        }
        return isTooLong ? null : kept.ToArray();
    }
}
