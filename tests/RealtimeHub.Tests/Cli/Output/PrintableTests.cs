using RealtimeHub.Cli.Output;

namespace RealtimeHub.Tests.Cli.Output;

public class PrintableTests
{
    [Theory]
    [InlineData("plain äöü", "plain äöü")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("\u001b[1;31mred\u001b[0m text", "red text")]
    [InlineData("\u001b[1m\u001b[31m", "")]
    [InlineData("\u001b[2J", "\uFFFD[2J")]
    [InlineData("\u001b]0;title\u0007", "\uFFFD]0;title\uFFFD")]
    [InlineData("a\u009bb", "a\uFFFDb")]
    [InlineData("two\nlines", "two\uFFFDlines")]
    public void Text_lets_no_control_character_through(string text, string expected) => Assert.Equal(expected, Printable.Text(text));
}
