using RealtimeHub.Cli.Jobs;

namespace RealtimeHub.Tests.Cli.Jobs;

public class LineSplitterTests
{
    private readonly List<string> _lines = [];
    private readonly LineSplitter _splitter;

    public LineSplitterTests() => _splitter = new LineSplitter(_lines.Add);

    [Fact]
    public void Write_cuts_lines_wherever_the_parts_end()
    {
        foreach (var part in new[] { "on", "e\ntw", "o\r\n", "\n", "rest" })
        {
            _splitter.Write(part);
        }

        _splitter.Complete();

        Assert.Equal(["one", "two", "", "rest"], _lines);
    }

    [Fact]
    public void Write_keeps_what_a_line_that_overwrites_itself_ends_as()
    {
        _splitter.Write("10 %\r50 %\r100 %\r\n");

        Assert.Equal(["100 %"], _lines);
    }

    [Fact]
    public void Write_cuts_what_has_no_end()
    {
        _splitter.Write(new string('x', (2 * LineSplitter.MaxLineLength) + 1));
        _splitter.Complete();

        Assert.Equal([LineSplitter.MaxLineLength, LineSplitter.MaxLineLength, 1], _lines.Select(l => l.Length));
    }
}
