using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace VetBooking.Web.Protection;

/// <summary>A route whose form may hold a file; every other body is a few fields and short.</summary>
/// <param name="mostBytes">How long the whole body may be.</param>
internal sealed class TakesFile(int mostBytes) : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => mostBytes;

    /// <summary>In memory from first to last: personal data has no business in a temporary file.</summary>
    public FormOptions Options { get; } = new() { MemoryBufferThreshold = mostBytes, MultipartBodyLengthLimit = mostBytes, ValueCountLimit = 20 };
}
