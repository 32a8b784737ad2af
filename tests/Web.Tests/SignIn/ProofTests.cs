using System.Text;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn.Proof;

namespace VetBooking.Tests.SignIn;

/// <summary>Codes and passwords by themselves.</summary>
public sealed class ProofTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Encoding.ASCII.GetBytes("12345678901234567890"), Instant.FromUnixTimeSeconds(seconds)));

    [Fact]
    public void A_code_is_taken_one_step_early_or_late_and_never_twice()
    {
        var (secret, now) = (Totp.NewSecret(), Instant.FromUnixTimeSeconds(1_800_000_000));
        foreach (var seconds in (int[])[-60, -30, 0, 30, 60])
        {
            var step = Totp.StepOf(Totp.CodeAt(secret, now + Duration.FromSeconds(seconds)), secret, now, null);
            Assert.Equal(seconds is >= -30 and <= 30, step is not null);
            if (step is { } taken) Assert.Null(Totp.StepOf(Totp.CodeAt(secret, now + Duration.FromSeconds(seconds)), secret, now, taken));
        }
        foreach (var odd in (string[])["", "12345", "1234567", "ⅠⅡⅢⅣⅤⅥ", "000000\0"]) Assert.Null(Totp.StepOf(odd, secret, now, null));
    }

    [Theory]
    [InlineData("passwort1234", PasswordProblem.Common)]
    [InlineData("P4ssw0rt!2024", PasswordProblem.Common)]
    [InlineData("Sommerurlaub2026", PasswordProblem.Common)]
    [InlineData("qwertzuiopasdf", PasswordProblem.Common)]
    [InlineData("123456789012", PasswordProblem.Common)]
    [InlineData("hundehundehunde", PasswordProblem.Common)]
    [InlineData("aaaaaaaaaaaaaa", PasswordProblem.Common)]
    [InlineData("iloveyouschatzi", PasswordProblem.Common)]
    [InlineData("kurz", PasswordProblem.TooShort)]
    [InlineData("Elfmal Weber gesagt", PasswordProblem.Names)]
    [InlineData("Drei Birken am Park", PasswordProblem.Names)]
    [InlineData("Nebel über dem Tisch", null)]
    [InlineData("correct horse battery staple", null)]
    [InlineData("k7#Vq9!mZt2w", null)]
    public async Task A_new_password_is_long_and_not_among_the_first_guesses(string password, PasswordProblem? problem)
    {
        await using var practice = await fixture.Start();
        Assert.Equal(problem, PasswordRules.Check(password, practice.Writer.Current.Profile, "Anna Weber", "a.weber@example.org"));
    }

    [Fact]
    public async Task A_long_password_counts_to_its_last_character()
    {
        using var passwords = new Passwords();
        var password = new string('ä', 100) + " bis zum Ende";
        var hash = (await passwords.Hash(password))!;
        Assert.Equal(PasswordAnswer.Right, await passwords.Compare(hash, password));
        Assert.Equal(PasswordAnswer.Right, await passwords.Compare(hash, password.Normalize(NormalizationForm.FormD)));
        Assert.Equal(PasswordAnswer.Wrong, await passwords.Compare(hash, password[..^1]));
        Assert.Equal(PasswordAnswer.Wrong, await passwords.Compare(null, password));
        Assert.True(PasswordRules.Refused > 3_000);
    }
}
