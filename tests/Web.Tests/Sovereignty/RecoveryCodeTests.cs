using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Tests.Sovereignty;

/// <summary>A key as a person writes it down.</summary>
public sealed class RecoveryCodeTests
{
    [Fact]
    public void What_is_printed_is_read_back_however_it_is_typed()
    {
        var code = RecoveryCode.Create();
        foreach (var typed in (string[])[code.ToString(), code.ToString().ToLowerInvariant(), code.ToString().Replace("-", " ", StringComparison.Ordinal), code.ToString().Replace('0', 'O').Replace('1', 'l')])
            Assert.Equal(code.Secret, RecoveryCode.Read(typed)?.Secret);
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$", code.ToString());
        Assert.NotEqual(code.ToString(), RecoveryCode.Create().ToString());
    }

    [Fact]
    public void A_letter_that_was_misread_is_noticed()
    {
        const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var code = RecoveryCode.Create().ToString().Replace("-", "", StringComparison.Ordinal);
        for (var place = 0; place < code.Length; place++)
        {
            var letters = code.ToCharArray();
            letters[place] = Digits[(Digits.IndexOf(letters[place], StringComparison.Ordinal) + 1 + place % 31) % 32];
            Assert.Null(RecoveryCode.Read(new string(letters)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ABCD")]
    [InlineData("U000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000")]
    public void What_is_none_is_none(string text) => Assert.Null(RecoveryCode.Read(text));
}
