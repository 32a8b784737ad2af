using System.Collections.Immutable;
using VetBooking.Web.Shared.Forms;

namespace VetBooking.Web.Setup.Forms;

/// <summary>A part of a form: a heading, and the fields under it.</summary>
public sealed record SettingPart(string Heading, string Lead)
{
    public List<SettingField> Fields { get; } = [];

    /// <summary>Where the part leads on to.</summary>
    public List<(string Url, string Words)> Links { get; } = [];
}

/// <summary>One field: how it looks, and what stands in it as things are and as they would be, in words for the preview.</summary>
public sealed record SettingField(FieldModel Model, string Known, string Shown)
{
    /// <summary>The boxes to tick, if it consists of such.</summary>
    public ImmutableArray<(string Value, string Words, bool IsTicked)> Ticks { get; init; } = [];

    /// <summary>Whether the one box is the whole field.</summary>
    public bool IsSingleTick { get; init; }

    /// <summary>Whether it would be changed.</summary>
    public bool IsChanged => Known != Shown;
}
